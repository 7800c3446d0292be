import type { Folding, Reducers } from './draft.ts';
import { replaceAt } from './draft.ts';
import { definedFields } from './definedFields.ts';
import { finish } from './ledger.ts';
import type { ActionItem } from './state.ts';

/** The post-mortem, the review and the action items. */
export const reduceLearning: Reducers<
  | 'postMortem.written'
  | 'postMortem.completed'
  | 'review.recorded'
  | 'action.added'
  | 'action.edited'
  | 'action.completed'
  | 'action.reopened'
  | 'action.dropped'
> = {
  'postMortem.written': ({ draft }, { at, data }) => {
    draft.postMortem = { ...draft.postMortem, document: data.document, writtenAt: at };
  },

  'postMortem.completed': (folding, { at, data }) => {
    const { draft } = folding;
    const document = data.document ?? draft.postMortem.document;
    draft.postMortem = { ...draft.postMortem, completedAt: at, ...(document === undefined ? {} : { document }) };
    finish(folding, 'postMortem', at);
  },

  'review.recorded': (folding, { data }) => {
    folding.draft.review = data;
    finish(folding, 'review', data.heldAt);
  },

  'action.added': ({ draft, actionAt }, { at, data }) => {
    if (actionAt.has(data.action)) return;
    const { action, ...fields } = data;
    actionAt.set(action, draft.actions.push({ ...fields, id: action, addedAt: at, outcome: { kind: 'open' } }) - 1);
  },

  'action.edited': (folding, { data }) => {
    // Field by field: a later version's further fields must not take the place of what the item is made of.
    const { action, title, owner, dueOn, link } = data;
    change(folding, action, (item) => ({ ...item, ...definedFields({ title, owner, dueOn, link }) }));
  },

  'action.completed': (folding, { at, by, data }) => {
    change(folding, data.action, (item) => ({ ...item, outcome: { kind: 'completed', at, by } }));
  },

  'action.reopened': (folding, { data }) => {
    change(folding, data.action, (item) => ({ ...item, outcome: { kind: 'open' } }));
  },

  'action.dropped': (folding, { at, data }) => {
    change(folding, data.action, (item) => ({ ...item, outcome: { kind: 'dropped', at, reason: data.reason } }));
  },
};

function change({ draft, actionAt }: Folding, action: string, to: (item: ActionItem) => ActionItem): void {
  replaceAt(draft.actions, actionAt.get(action), to);
}
