import { formatDuration, formatTime } from '../../documents/timeText.ts';
import { judgementNames } from '../../documents/wordNames.ts';
import type { CommitMark } from '../../changes/history/commitNotes.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { Suspect } from '../../incident/state.ts';
import type { ListedCommit } from '../../investigate/deployments/listedCommit.ts';
import type { PlacedRepository } from '../../investigate/window/placeRepositories.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** Beyond that nobody reads a list, and drawing it would hold up the window. */
const mostRows = 300;

/** Where a commit row stands. */
export interface CommitPlace {
  readonly repository: PlacedRepository;
  /** Makes row ids unique where there are several repositories. */
  readonly prefix: readonly string[];
  /** False for what does not run: it is not accused. */
  readonly isRunning: boolean;
}

/** Commits, newest first; a merge opens into what it brought. */
export function commitRows(context: RowContext, commits: readonly ListedCommit[], place: CommitPlace): readonly Row[] {
  const shown = commits.slice(0, mostRows).map((commit) => commitRow(context, commit, place));
  const left = commits.length - shown.length;
  const oldest = commits.at(-1);
  if (left === 0 || oldest === undefined) return shown;
  return [
    ...shown,
    {
      id: rowId(context, ...place.prefix, 'more', oldest.id),
      label: `… and ${String(left)} more`,
      description: 'older ones; a shorter window lists fewer',
      icon: { id: 'ellipsis' },
    },
  ];
}

function commitRow(context: RowContext, commit: ListedCommit, place: CommitPlace): Row {
  const { state, zone } = context;
  const suspect = state.suspects.find(({ commit: judged }) => judged === commit.id);
  const words = wordsOf(context, commit, suspect, place);
  const subject = plainLine(commit.subject, 200) || '(no message)';
  const args = { incident: context.id, commit: commit.id, subject, repository: place.repository.directory };
  const { brought = [] } = commit;
  const children = brought.length === 0 ? {} : { children: commitRows(context, brought, place), expanded: false };
  return {
    id: rowId(context, ...place.prefix, 'commit', commit.id),
    label: subject,
    description: words.join(' · '),
    icon: commitIcon(commit, suspect, place),
    tooltip: tooltipOf(commit, subject, zone),
    aria: `Commit ${subject}, ${words.join(', ')}`,
    context: contextOf('commit', { merge: brought.length > 0 }),
    args,
    command: { id: 'mayday.openCommit', args },
    ...children,
  };
}

function wordsOf(
  { now }: RowContext,
  commit: ListedCommit,
  suspect: Suspect | undefined,
  { repository, isRunning }: CommitPlace,
): readonly string[] {
  const { authoredAt, additions, deletions, services = [], notIn = [], brought } = commit;
  return [
    ...(suspect === undefined ? [] : [judgementNames[suspect.judgement]]),
    ...(isRunning ? [] : ['not deployed']),
    ...(notIn.length === 0 ? [] : [`not deployed for ${notIn.map((name) => plainLine(name, 40)).join(', ')}`]),
    ...markWords(commit),
    plainLine(commit.author, 60),
    `${ageOf(commit.committedAt, now)} ago`,
    // Written before the window, though it came within: both dates are told.
    ...(authoredAt !== undefined && authoredAt < repository.window.from
      ? [`written ${ageOf(authoredAt, now)} ago`]
      : []),
    ...(brought === undefined ? [] : [counted(brought.length, 'commit', commit.isCut === true ? ' or more' : '')]),
    commit.unseen === undefined ? counted(commit.files, 'file') : 'its files cannot be seen',
    ...(additions === undefined || deletions === undefined ? [] : [`+${String(additions)} −${String(deletions)}`]),
    ...(services.length === 0 ? [] : [services.map((name) => plainLine(name, 40)).join(', ')]),
    ...(commit.afterImpactStart ? ['after impact start'] : []),
  ];
}

/** How a mark reads; reverts say what they take back. */
const markNames: Readonly<Record<CommitMark, string>> = {
  reverts: 'reverts',
  reverted: 'reverted',
  configuration: 'configuration',
  migration: 'migration',
  dependencies: 'dependencies',
  large: 'large',
  formatting: 'formatting only',
};

/** What there is to know of a commit, in a few words each: `reverts 4f0c976a`, `migration`. Plain text. */
export function markWords({
  marks = [],
  reverts,
  revertedBy,
}: Pick<ListedCommit, 'marks' | 'reverts' | 'revertedBy'>): readonly string[] {
  return marks.map((mark) => {
    if (mark === 'reverts' && reverts !== undefined) return `reverts ${shortName(reverts)}`;
    if (mark === 'reverted' && revertedBy !== undefined) return `reverted by ${revertedBy.slice(0, 8)}`;
    return markNames[mark];
  });
}

function shortName(idOrSubject: string): string {
  return /^[0-9a-f]{7,64}$/.test(idOrSubject) ? idOrSubject.slice(0, 8) : `“${plainLine(idOrSubject, 40)}”`;
}

function tooltipOf({ id, author, committedAt, authoredAt }: ListedCommit, subject: string, zone: string): string {
  return [
    `${id.slice(0, 12)} ${subject}`,
    `${plainLine(author, 200)}, reached the branch ${formatTime(committedAt, zone)}`,
    ...(authoredAt === undefined ? [] : [`written ${formatTime(authoredAt, zone)}`]),
  ].join('\n');
}

function commitIcon(
  { afterImpactStart, marks = [], brought }: ListedCommit,
  suspect: Suspect | undefined,
  { isRunning }: CommitPlace,
): { readonly id: string; readonly color?: string } {
  if (suspect?.judgement === 'confirmed') return { id: 'target', color: 'problemsErrorIcon.foreground' };
  if (suspect?.judgement === 'suspected') return { id: 'target', color: 'problemsWarningIcon.foreground' };
  if (suspect?.judgement === 'cleared') return { id: 'pass' };
  const id = brought === undefined ? (marks.includes('reverts') ? 'discard' : 'git-commit') : 'git-merge';
  return afterImpactStart || !isRunning ? { id, color: 'disabledForeground' } : { id };
}

/** `38 min`; nothing is negative, whatever a clock said. */
export function ageOf(at: IsoTime, now: IsoTime): string {
  return formatDuration(Math.max(0, epochMsOf(now) - epochMsOf(at)));
}

/** `1 file`, `3 commits or more`. */
export function counted(count: number, word: string, behind = ''): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}${behind}`;
}
