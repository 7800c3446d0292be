import * as vscode from 'vscode';
import { ageText } from './hoverText.ts';
import type { FoundPlace } from './markedDocuments.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** VS Code takes so many addresses in one event, and picks some of its own accord where there are more. */
const mostAtOnce = 250;

/** Badges files in the Explorer that differ from what ran before the change window. `files` are all of them. */
export function createChangeBadges(
  files: readonly vscode.Uri[],
  placeOf: (uri: vscode.Uri) => FoundPlace | undefined,
  now: () => string,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  const provider = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    provideFileDecoration: (uri) => {
      const found = placeOf(uri);
      if (found === undefined) return undefined;
      // What does not run is no suspect: it is named, and does not stand out.
      if (found.isPending) return new vscode.FileDecoration('∘', badgeText(found, now()));
      const color = new vscode.ThemeColor('mayday.changedFileForeground');
      const badge = new vscode.FileDecoration('Δ', badgeText(found, now()), color);
      badge.propagate = true;
      return badge;
    },
  });
  // Asked only for files in sight, a folder that is closed would not tell that something in it changed.
  for (let at = 0; at < files.length; at += mostAtOnce) changed.fire(files.slice(at, at + mostAtOnce));
  return vscode.Disposable.from(provider, changed);
}

/** `Changed in the change window, 43 min ago: Write stock in one transaction (Jonas Lindqvist); 2 more` */
function badgeText({ place: { arrivals }, isPending }: FoundPlace, now: string): string {
  const [newest, ...others] = arrivals;
  const changed = isPending ? vscode.l10n.t('Changed, not deployed') : vscode.l10n.t('Changed in the change window');
  if (newest === undefined) return changed;
  const { commit, reachedAt } = newest;
  const what = `${redactedLine(commit.subject, 100)} (${redactedLine(commit.author, 60)})`;
  const text = vscode.l10n.t('{0}, {1}: {2}', changed, ageText(reachedAt, now), what);
  return others.length === 0 ? text : `${text}; ${vscode.l10n.t('{0} more', others.length)}`;
}
