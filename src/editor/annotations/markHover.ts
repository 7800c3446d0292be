import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { revisionScheme } from '../../contributions.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { ask } from '../platform/request.ts';
import { timeZone } from '../platform/settings.ts';
import type { DocumentMarks } from './markedDocuments.ts';
import { hoverText } from './hoverText.ts';
import { marksAt } from './marksAt.ts';

const links = ['mayday.openChangeDiff', 'mayday.openCommit', 'mayday.pinChangedLine'] as const satisfies CommandId[];

/** What a marked line tells when the mouse, or *Show Hover*, asks. */
export function createMarkHover(
  incident: IncidentId,
  marksOf: (uri: vscode.Uri) => DocumentMarks | undefined,
  now: () => IsoTime,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider([{ scheme: 'file' }, { scheme: revisionScheme }], {
    provideHover: (document, { line }) => {
      const { uri } = document;
      const contents = marksAt(marksOf(uri) ?? [], line).map(({ mark, found, commits }) => {
        const { repository, place, isPending } = found;
        const { changes, brought } = repository;
        const commit = mark.commit === undefined ? undefined : commits.get(mark.commit);
        const arrived = mark.commit === undefined ? undefined : brought.get(mark.commit);
        const known = { mark, commit, brought: arrived, place, isPending, changes };
        const text = hoverText({ ...known, now: now(), zone: timeZone() });
        const [only, ...others] = place.arrivals;
        const shown = mark.commit ?? (others.length === 0 ? only?.commit.id : undefined);
        return markdown(text, [
          link(vscode.l10n.t('Open Diff'), 'mayday.openChangeDiff', { uri: uri.toString(), line }),
          ...(shown === undefined
            ? []
            : [
                link(vscode.l10n.t('Show Commit'), 'mayday.openCommit', {
                  incident,
                  commit: shown,
                  repository: changes.repository,
                }),
              ]),
          link(vscode.l10n.t('Pin as Finding'), 'mayday.pinChangedLine', { uri: uri.toString(), line, incident }),
        ]);
      });
      return contents.length === 0 ? undefined : new vscode.Hover(contents, document.lineAt(line).range);
    },
  });
}

function markdown(text: string, actions: readonly string[]): vscode.MarkdownString {
  const content = new vscode.MarkdownString(`${text}\n\n${actions.join(' · ')}`, true);
  // Every word of strangers in it is escaped; should one slip through, it still could run nothing but these.
  content.isTrusted = { enabledCommands: links };
  return content;
}

function link(title: string, command: (typeof links)[number], known: Readonly<Record<string, unknown>>): string {
  // A parenthesis in a path would end the link.
  const args = encodeURIComponent(JSON.stringify([ask(known)])).replace(/[()]/g, (sign) =>
    sign === '(' ? '%28' : '%29',
  );
  return `[${title}](command:${command}?${args})`;
}
