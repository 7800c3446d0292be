import * as vscode from 'vscode';
import { describeEvent } from '../../documents/describeEvent.ts';
import { correctableText, isCorrectable } from '../../incident/correctedEvent.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { isRetractable } from '../../incident/foldIncident.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { App } from '../app.ts';
import { askChoice, askText, valueOf } from '../platform/prompts.ts';
import type { Gesture, Known } from './gesture.ts';
import { askPerson, askReason, askTime, pickEvent, pickIncident } from './pickers.ts';
import { showInformation } from '../platform/messages.ts';

export const writePostMortemGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Write Post-mortem'), () => true);
  if (handle === undefined) return undefined;
  const result = await app.run('writePostMortem', { incident: handle.id });
  await app.openFile(result.document);
  if (result.notRefreshed.length > 0) {
    void showInformation(
      vscode.l10n.t('Left as they are, because their markers are gone: {0}.', result.notRefreshed.join(', ')),
    );
  }
  return result;
};

/** Completes the post-mortem, not without a word about what is still to be filled in, and refreshes its generated parts. */
export const completePostMortemGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Complete Post-mortem');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const { document } = handle.state.postMortem;
  const file = document === undefined ? undefined : await app.documentFile(handle, document);
  const gaps = file === undefined ? 0 : ((await app.readText(file)).match(/_To fill in/g) ?? []).length;
  if (gaps > 0 && file !== undefined && !(await askDespiteGaps(title, gaps))) {
    await app.openFile(file);
    return undefined;
  }
  const result = await app.run('completePostMortem', { incident: handle.id });
  if (document !== undefined) await app.run('writePostMortem', { incident: handle.id });
  return result;
};

async function askDespiteGaps(title: string, gaps: number): Promise<boolean> {
  const answer = await askChoice<boolean>({
    title,
    placeholder: vscode.l10n.t('{0} parts are still to be filled in.', gaps),
    choices: [
      { label: vscode.l10n.t('Go on writing'), value: false },
      { label: vscode.l10n.t('Complete it as it is'), value: true },
    ],
  });
  return valueOf(answer) ?? false;
}

export const recordReviewGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Record Review');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const heldAt = await askTime(app, { title, prompt: vscode.l10n.t('When was it held?'), value: 'now' });
  if (heldAt === undefined) return undefined;
  const who = await askReason({ title, prompt: vscode.l10n.t('Who was there? Names with commas.'), optional: true });
  if (who === undefined) return undefined;
  const notes = await askReason({ title, prompt: vscode.l10n.t('What came out of it?'), optional: true });
  if (notes === undefined) return undefined;
  const attendees = who
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return app.run('recordReview', { incident: handle.id, heldAt, attendees, ...(notes === '' ? {} : { notes }) });
};

export const addActionItemGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Add Action Item');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const what = await askReason({ title, prompt: vscode.l10n.t('What is to be done?') });
  if (what === undefined) return undefined;
  const owner = await askPerson(app, { title, placeholder: vscode.l10n.t('Who owns it?') });
  if (owner === undefined) return undefined;
  const dueOn = await askDate(title, '');
  if (dueOn === undefined) return undefined;
  return app.run('addActionItem', { incident: handle.id, title: what, owner, ...(dueOn === '' ? {} : { dueOn }) });
};

async function askDate(title: string, value: string): Promise<string | undefined> {
  return valueOf(
    await askText({
      title,
      prompt: vscode.l10n.t('Due on which date? Empty: the latest that the policy allows.'),
      placeholder: '2026-12-07',
      value,
      validate: (text) =>
        text.trim() === '' || /^\d{4}-\d{2}-\d{2}$/.test(text.trim())
          ? undefined
          : vscode.l10n.t('A date like 2026-12-07, please.'),
    }),
  );
}

export const editActionItemGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Edit Action Item');
  const { handle, action } = await pickAction(app, known, title);
  const field = valueOf(
    await askChoice<'title' | 'owner' | 'dueOn' | 'link'>({
      title,
      placeholder: action.title,
      choices: [
        { label: vscode.l10n.t('Owner'), description: action.owner ?? vscode.l10n.t('none'), value: 'owner' },
        { label: vscode.l10n.t('Due date'), description: action.dueOn, value: 'dueOn' },
        { label: vscode.l10n.t('Title'), description: action.title, value: 'title' },
        { label: vscode.l10n.t('Link'), description: action.link ?? vscode.l10n.t('none'), value: 'link' },
      ],
    }),
  );
  if (field === undefined) return undefined;
  const value =
    field === 'owner'
      ? await askPerson(app, { title, placeholder: action.title })
      : field === 'dueOn'
        ? await askDate(title, action.dueOn)
        : await askReason({ title, prompt: action.title, value: action[field] ?? '' });
  if (value === undefined || value === '') return undefined;
  return app.run('editActionItem', { incident: handle.id, action: action.id, [field]: value });
};

export const completeActionItemGesture: Gesture = async (app, known) => {
  const { handle, action } = await pickAction(app, known, vscode.l10n.t('Complete Action Item'));
  return app.run('completeActionItem', { incident: handle.id, action: action.id });
};

export const reopenActionItemGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Reopen Action Item');
  const { handle, action } = await pickAction(app, known, title);
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?') });
  return reason === undefined
    ? undefined
    : app.run('reopenActionItem', { incident: handle.id, action: action.id, reason });
};

export const dropActionItemGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Drop Action Item');
  const { handle, action } = await pickAction(app, known, title);
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why is it not to be done?') });
  return reason === undefined
    ? undefined
    : app.run('dropActionItem', { incident: handle.id, action: action.id, reason });
};

async function pickAction(
  app: App,
  known: Known,
  title: string,
): Promise<{ readonly handle: IncidentHandle; readonly action: IncidentHandle['state']['actions'][number] }> {
  const handle = await pickIncident(app, known, title, () => true);
  const action = handle?.state.actions.find(({ id }) => id === known['action']);
  if (handle !== undefined && action !== undefined) return { handle, action };
  throw new IncidentError('notFound', vscode.l10n.t('That action item is not there any more.'));
}

export const correctEventGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Correct Timeline Entry');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const describe = (entry: Entry): string => describeEvent(entry.event, handle.state.policy);
  const event = await pickEvent(handle, known, { title, describe }, ({ event: it }) => isCorrectable(it));
  const entry = handle.state.entries.find(({ event: it }) => it.id === event);
  if (entry === undefined) return undefined;
  const what = correctableText(entry.event) === undefined ? 'time' : await askWhatToCorrect(title, describe(entry));
  if (what === undefined) return undefined;
  const text =
    what === 'text'
      ? await askReason({
          title,
          prompt: vscode.l10n.t('The words as they should be'),
          value: correctableText(entry.event) ?? '',
        })
      : undefined;
  const at = what === 'time' ? await askTime(app, { title, prompt: vscode.l10n.t('When did it happen?') }) : undefined;
  if (text === undefined && at === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why? Both versions stay in the record.') });
  if (reason === undefined) return undefined;
  return app.run('correctEvent', {
    incident: handle.id,
    event: entry.event.id,
    reason,
    ...(text === undefined ? {} : { text }),
    ...(at === undefined ? {} : { at }),
  });
};

async function askWhatToCorrect(title: string, placeholder: string): Promise<'text' | 'time' | undefined> {
  const answer = await askChoice<'text' | 'time'>({
    title,
    placeholder,
    choices: [
      { label: vscode.l10n.t('Its words'), value: 'text' },
      { label: vscode.l10n.t('Its time'), value: 'time' },
    ],
  });
  return valueOf(answer);
}

type Entry = IncidentHandle['state']['entries'][number];

export const retractEventGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Retract Timeline Entry');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const describe = (entry: Entry): string => describeEvent(entry.event, handle.state.policy);
  const event = await pickEvent(handle, known, { title, describe }, ({ event: it }) => isRetractable(it));
  if (event === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why? It stays in the record, and counts no more.') });
  return reason === undefined ? undefined : app.run('retractEvent', { incident: handle.id, event, reason });
};
