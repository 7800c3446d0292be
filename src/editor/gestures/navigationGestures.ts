import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import type { Deadline } from '../../incident/deadline.ts';
import { isPending } from '../../incident/deadlinesOf.ts';
import { offerDrill } from '../drillGestures.ts';
import type { Choice } from '../platform/prompts.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import { ask } from '../platform/request.ts';
import { deadlineNames, standingText } from '../rows/deadlineText.ts';
import { remedies } from '../views/reminderMessages.ts';
import type { Gesture } from './gesture.ts';
import { knownText } from './gesture.ts';
import { pickIncident } from './pickers.ts';

/** What a click on the status bar offers: what is due first, and what to do about it. */
export const showNextDeadlineGesture: Gesture = async (app) => {
  const open = app.rowContexts().filter(({ state }) => state.closed === undefined);
  if (open.length === 0) return undefined;
  const due = open
    .flatMap((context) => context.deadlines.filter(isPending).map((deadline) => ({ context, deadline })))
    .sort((a, b) => (a.deadline.dueAt < b.deadline.dueAt ? -1 : a.deadline.dueAt > b.deadline.dueAt ? 1 : 0));
  const choices = [
    ...due.flatMap(({ context, deadline }) => remediesOf(context, deadline)),
    ...open.map(({ id, state }) => ({
      label: vscode.l10n.t('$(list-tree) Show {0}', `${state.severity} ${state.title}`),
      value: () => app.reveal(id),
    })),
  ];
  const chosen = valueOf(
    await askChoice<() => Thenable<unknown>>({
      title: vscode.l10n.t('Due Next'),
      placeholder: vscode.l10n.t('What do you want to do?'),
      choices,
    }),
  );
  await chosen?.();
  return undefined;
};

/** What to do about a deadline, and to be left alone about it. */
function remediesOf({ id, state, now }: RowContext, deadline: Deadline): readonly Choice<() => Thenable<unknown>>[] {
  const remedy = remedies[deadline.kind];
  const action = deadline.kind === 'actionItem' ? { action: deadline.id.replace('actionItem-', '') } : {};
  const known = ask({ incident: id, deadline: deadline.id, ...action });
  const due = `${deadline.title ?? deadlineNames[deadline.kind]} ${standingText(deadline, now)}`;
  const detail = `${state.severity} ${state.title}`;
  return [
    {
      label: remedy.label(),
      description: due,
      detail,
      value: () => vscode.commands.executeCommand(remedy.command, known),
    },
    {
      label: vscode.l10n.t('$(bell-slash) Snooze…'),
      description: due,
      detail,
      value: () => vscode.commands.executeCommand('mayday.snoozeDeadline', known),
    },
  ];
}

export const openIncidentGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Show an Incident'), () => true);
  if (handle === undefined) return undefined;
  await app.reveal(handle.id);
  return { incident: handle.id };
};

export const openTimelineGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Open Timeline'), () => true);
  if (handle === undefined) return undefined;
  await app.openRecord({ incident: handle.id, name: handle.state.name });
  return { incident: handle.id };
};

export const openEventGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Open Timeline Entry'), () => true);
  const entry = handle?.state.entries.find(({ event }) => event.id === known['event']);
  if (handle === undefined || entry === undefined) return undefined;
  const { event } = entry;
  const shown = { incident: handle.id, name: handle.state.name };
  if (event.type === 'update.sent') {
    await app.openRecord({ ...shown, event: event.id });
    return { event: event.id };
  }
  const editor = await app.openRecord(shown);
  const offset = editor.document.getText().toUpperCase().indexOf(event.id);
  if (offset >= 0) {
    const position = editor.document.positionAt(offset);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.AtTop);
  }
  return { event: event.id };
};

export const openDocumentGesture: Gesture = async (app, known) => {
  const path = knownText(known, 'path');
  if (path !== undefined) {
    await app.openDraft(path);
    return { path };
  }
  const handle = await pickIncident(app, known, vscode.l10n.t('Open Document'), () => true);
  const document = knownText(known, 'document');
  if (handle === undefined || document === undefined) return undefined;
  const file = await app.documentFile(handle, document);
  if (file === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('{0} is not there any more.', document), {
      hint: vscode.l10n.t('Write Post-mortem writes it again from the record.'),
    });
  }
  await app.openFile(file);
  return { path: file };
};

/** Links come from people and tools: only web addresses are opened, and VS Code asks before it does. */
export const openLinkGesture: Gesture = async (_app, known) => {
  const link = knownText(known, 'link') ?? '';
  const uri = vscode.Uri.parse(link);
  if (uri.scheme !== 'https' && uri.scheme !== 'http') {
    throw new IncidentError('refused', vscode.l10n.t('“{0}” is no web address, so it is not opened.', link));
  }
  await vscode.env.openExternal(uri);
  return { link };
};

export const openConfigurationGesture: Gesture = async (app) => {
  const picked = await app.pickFolder();
  if (picked.kind === 'cancelled' || picked.folder === undefined) return undefined;
  const { folder } = picked;
  const path = await app.configurationFile(folder);
  await app.openFile(path);
  return { path };
};

export const restoreRecordGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Restore the Record of an Incident'));
  if (handle === undefined) return undefined;
  await app.rescue(handle.id);
  return { incident: handle.id };
};

export const refreshGesture: Gesture = async (app) => {
  await app.refresh();
  return undefined;
};

/** Makes a drill and offers to open it; a script says with `directory` where, and opens it itself. */
export const startDrillGesture: Gesture = async (app, known) => {
  const directory = knownText(known, 'directory');
  const drill = await app.startDrill(directory);
  if (directory === undefined) void offerDrill(drill.directory, app.alertText);
  return drill;
};

export const stopDrillGesture: Gesture = (app) => app.stopDrill();
