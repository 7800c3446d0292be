import * as vscode from 'vscode';
import { revisionScheme } from '../../contributions.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { toIncidentId } from '../../incident/ids.ts';
import type {
  InvestigatedChange,
  InvestigateLineArgs,
  InvestigatedLines,
} from '../../investigate/code/investigateLine.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { App } from '../app.ts';
import { openRevisionDiff } from '../documents/openRevision.ts';
import { parseRevision } from '../documents/revisionFiles.ts';
import { createPreview } from '../platform/preview.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import { ageText, itemText } from './changeText.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { showInformation } from '../platform/messages.ts';

/** Who changed the line or the selection, newest first; each change opens as the difference that it made there. */
export const investigateLineGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Investigate This Line');
  const lines = knownLines(known) ?? selectedLines();
  const incident = toIncidentId(known['incident']) ?? onlyOpen(app);
  const wish = { ...lines, ...(incident === undefined ? {} : { incident }) };
  const found = await app.withProgress(vscode.l10n.t('Following the lines through the history…'), (signal) =>
    app.run('investigateLine', wish, signal),
  );
  if (found.changes.length === 0) {
    void showInformation(vscode.l10n.t('No commit of this clone changed these lines.'));
    return found;
  }
  await walkChanges(app, title, found);
  return found;
};

type Lines = Omit<InvestigateLineArgs, 'incident'>;

function knownLines(known: Known): Lines | undefined {
  const [path, line] = [knownText(known, 'path'), known['line']];
  if (path === undefined || typeof line !== 'number') return undefined;
  const [repository, revision] = [knownText(known, 'repository'), knownText(known, 'revision')];
  return {
    path,
    line,
    ...(repository === undefined ? {} : { repository }),
    ...(revision === undefined ? {} : { revision }),
  };
}

/** The selection, in the terms of the file on disk or of the revision that its document is of. */
function selectedLines(): Lines {
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri;
  const revision = uri?.scheme === revisionScheme ? parseRevision(uri) : undefined;
  if (editor === undefined || uri === undefined || (uri.scheme !== 'file' && revision === undefined)) {
    throw new IncidentError('notFound', vscode.l10n.t('No file of a repository is open in the active editor.'), {
      hint: vscode.l10n.t('Put the cursor into a line of a file, then do it again.'),
    });
  }
  const { start, end } = editor.selection;
  // A selection of whole lines ends before the first character of the next one.
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  const range = { line: start.line + 1, endLine: last + 1 };
  return revision === undefined
    ? { path: uri.fsPath, text: editor.document.getText(), ...range }
    : { ...revision, ...range };
}

function onlyOpen(app: App): IncidentId | undefined {
  const open = app.store.list().filter((summary) => summary.open);
  return open.find(({ id }) => id === app.focused())?.id ?? open[0]?.id;
}

async function walkChanges(app: App, title: string, found: InvestigatedLines): Promise<void> {
  const preview = createPreview<InvestigatedChange>((change) => openChange(found, change, true), app.log);
  const now = app.context.host.clock.now();
  const change = valueOf(
    await askChoice<InvestigatedChange>({
      title,
      placeholder: placeholderOf(found),
      choices: found.changes.map((change) => ({
        label: itemText(change.subject, 120) || vscode.l10n.t('(no message)'),
        description: [
          change.id.slice(0, 8),
          itemText(change.author, 60),
          ageText(change.committedAt, now),
          ...standingText(change.standing),
        ].join(' · '),
        iconPath: iconOf(change),
        value: change,
      })),
      onActive: (value) => {
        preview.show(value);
      },
    }),
  );
  await preview.end();
  if (change !== undefined) await openChange(found, change, false);
}

function placeholderOf({ path, start, end, changes, isCut, unseen }: InvestigatedLines): string {
  const place = plainLine(path, 100);
  const range = start === end ? `${place}:${String(start)}` : `${place}:${String(start)}-${String(end)}`;
  const count = isCut
    ? vscode.l10n.t('the last {0} changes of {1}', changes.length, range)
    : vscode.l10n.t('{0} changes of {1}', changes.length, range);
  return unseen === undefined ? count : `${count}. ${plainLine(unseen, 160)}`;
}

function standingText(standing: InvestigatedChange['standing']): readonly string[] {
  if (standing === 'inWindow') return [vscode.l10n.t('in the change window')];
  return standing === 'notDeployed' ? [vscode.l10n.t('not deployed')] : [];
}

function iconOf({ standing }: InvestigatedChange): vscode.ThemeIcon {
  if (standing === 'inWindow') {
    return new vscode.ThemeIcon('git-commit', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  }
  return standing === 'notDeployed'
    ? new vscode.ThemeIcon('git-commit', new vscode.ThemeColor('disabledForeground'))
    : new vscode.ThemeIcon('git-commit');
}

async function openChange(
  { repository }: InvestigatedLines,
  { id, parent, path, oldPath, start, subject }: InvestigatedChange,
  keepFocus: boolean,
): Promise<void> {
  await openRevisionDiff(
    {
      ...{ repository, revision: id, path, line: start },
      ...(parent === undefined || oldPath === undefined ? {} : { before: { revision: parent, path: oldPath } }),
      title: plainLine(`${id.slice(0, 8)} ${subject}`, 100),
    },
    { keepFocus },
  );
}
