import * as vscode from 'vscode';
import { draftFile } from '../../contributions.ts';
import { formatTime } from '../../documents/timeText.ts';
import { statusNames, updateKindNames } from '../../documents/wordNames.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { nextUpdateKind } from '../../incident/nextUpdateKind.ts';
import type { UpdateKind, WorkingStatus } from '../../incident/words.ts';
import { workingStatuses } from '../../incident/words.ts';
import type { App, DraftMessage } from '../app.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import { timeZone } from '../platform/settings.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askTime, pickIncident } from './pickers.ts';

/** Renders the message that is due and opens it to edit. */
export const postUpdateGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Post Update');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const kind = nextUpdateKind(handle.state);
  const waiting = (await app.drafts()).find((draft) => draft.incident === handle.id && draft.kind === kind);
  if (waiting !== undefined) {
    const goOn = await askAboutDraft(title, waiting);
    if (goOn === undefined) return undefined;
    if (goOn) {
      await app.openDraft(waiting.path);
      return waiting;
    }
    await app.discardDraft(waiting);
  }
  const status = kind === 'update' ? await askStatus(title, handle) : undefined;
  if (status === 'cancelled') return undefined;
  const message = await app.run('postUpdate', {
    incident: handle.id,
    kind,
    ...(status === undefined ? {} : { status }),
  });
  await openMessage(app, message);
  return message;
};

/** True: go on with the draft that waits. False: write it anew. Undefined: neither. */
async function askAboutDraft(title: string, { kind }: DraftMessage): Promise<boolean | undefined> {
  const answer = await askChoice<boolean>({
    title,
    placeholder: vscode.l10n.t('A draft waits to be posted: {0}', updateKindNames[kind]),
    choices: [
      { label: vscode.l10n.t('Go on with the draft'), value: true },
      {
        label: vscode.l10n.t('Write it anew from the record'),
        description: vscode.l10n.t('the draft is put away'),
        value: false,
      },
    ],
  });
  return valueOf(answer);
}

/** Puts a draft away that nobody will send. */
export const discardUpdateGesture: Gesture = async (app, known) => {
  const draft = await findDraft(app, known);
  await app.discardDraft(draft);
  return { incident: draft.incident, update: draft.update };
};

/** Opens a message that was just written. */
export async function openMessage(
  app: App,
  { draft, problem }: { readonly draft?: string; readonly problem?: string },
): Promise<void> {
  if (draft !== undefined) await app.openDraft(draft, problem);
}

async function askStatus(title: string, { state }: IncidentHandle): Promise<WorkingStatus | 'cancelled' | undefined> {
  const current = workingStatuses.find((status) => status === state.status);
  const answer = await askChoice<WorkingStatus>({
    title,
    placeholder: vscode.l10n.t('Which status does the update say?'),
    ...(current === undefined ? {} : { active: current }),
    choices: workingStatuses.map((status) => ({
      label: statusNames[status],
      ...(status === current ? { description: vscode.l10n.t('as now') } : {}),
      value: status,
    })),
  });
  return valueOf(answer) ?? 'cancelled';
}

export const copyUpdateGesture: Gesture = async (app, known) => {
  const draft = await findDraft(app, known);
  const text = await app.draftText(draft.path);
  const result = await app.run('copyUpdate', {
    incident: draft.incident,
    update: draft.update,
    kind: draft.kind,
    text,
  });
  // Not the draft as it stands: without credentials, and without what only Markdown needs.
  await vscode.env.clipboard.writeText(result.copied);
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(copy) Copied, not yet sent. Post it, then press I Posted It.'),
    10_000,
  );
  return result;
};

/** Records the message as sent: the next clock starts. */
export const sendUpdateGesture: Gesture = async (app, known) => send(app, await findDraft(app, known));

/** The same of a message that went out a while ago: the next clock starts then. */
export const sendUpdateEarlierGesture: Gesture = async (app, known) => {
  const draft = await findDraft(app, known);
  const title = vscode.l10n.t('I Posted It Earlier');
  const at = await askTime(app, { title, prompt: vscode.l10n.t('When was it posted?') });
  return at === undefined ? undefined : send(app, draft, at);
};

async function send(app: App, draft: DraftMessage, at?: string): Promise<unknown> {
  const text = await app.draftText(draft.path);
  const result = await app.run('sendUpdate', {
    incident: draft.incident,
    update: draft.update,
    kind: draft.kind,
    text,
    ...(at === undefined ? {} : { at }),
  });
  await app.closeDraft(draft.path);
  const next = result.nextUpdateAt;
  void vscode.window.setStatusBarMessage(
    next === undefined
      ? vscode.l10n.t('$(pass) Recorded as sent.')
      : vscode.l10n.t('$(pass) Recorded as sent. Next update due {0}.', formatTime(next, timeZone())),
    10_000,
  );
  return result;
}

/**
 * The draft that is meant: the row's, else the one in the active editor, else the only one. What was sent or put away meanwhile
 * never stands for another.
 */
async function findDraft(app: App, known: Known): Promise<DraftMessage> {
  const drafts = await app.drafts();
  const update = knownText(known, 'update');
  if (update !== undefined) return drafts.find((draft) => draft.update === update) ?? notWaiting();
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  if (active !== undefined && draftFile.test(active)) return drafts.find(({ path }) => path === active) ?? notWaiting();
  const found = drafts.length === 1 ? drafts[0] : await askDraft(drafts);
  if (found === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('There is no draft of a message to post.'), {
      hint: vscode.l10n.t('Post Update writes one.'),
    });
  }
  return found;
}

function notWaiting(): never {
  throw new IncidentError('notFound', vscode.l10n.t('This message does not wait to be posted any more.'), {
    hint: vscode.l10n.t('It was sent or put away, or its incident has ended. Post Update writes another.'),
  });
}

async function askDraft<T extends { readonly kind: UpdateKind; readonly path: string; readonly title: string }>(
  drafts: readonly T[],
): Promise<T | undefined> {
  if (drafts.length === 0) return undefined;
  const chosen = valueOf(
    await askChoice({
      title: vscode.l10n.t('Drafts'),
      placeholder: vscode.l10n.t('Which message?'),
      choices: drafts.map((draft) => ({ label: updateKindNames[draft.kind], description: draft.title, value: draft })),
    }),
  );
  if (chosen === undefined) throw new IncidentError('cancelled', vscode.l10n.t('No message was chosen.'));
  return chosen;
}

export const customizeTemplatesGesture: Gesture = async (app) => {
  const picked = await app.pickFolder();
  if (picked.kind === 'cancelled') return undefined;
  const { folder } = picked;
  const result = await app.run('customizeTemplates', folder === undefined ? {} : { folder });
  const [first] = [...result.copied, ...result.kept];
  if (first !== undefined) await app.openFile(first);
  return result;
};
