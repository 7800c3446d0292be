import type { CommitId } from '../changes/history/readsHistory.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { plainLine } from '../safety/plainLine.ts';
import { isCommitId, isSafeRevision } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { isPartialClone, succeeded } from './gitErrors.ts';

/** The commit that a revision names; undefined when it is not in this clone. */
export async function readCommitId(ask: AskGit, revision: string): Promise<CommitId | undefined> {
  requireRevision(revision);
  const outcome = await ask.outcome(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  // A whole id that is not here is an error for git, not a silence.
  return outcome.exitCode === 0 ? outcome.stdout.toString('utf8').trim() : undefined;
}

/** The best common ancestor; undefined when there is none, or one of the two is not in this clone. */
export async function readMergeBase(ask: AskGit, one: string, other: string): Promise<CommitId | undefined> {
  const [first, second] = await Promise.all([readCommitId(ask, one), readCommitId(ask, other)]);
  if (first === undefined || second === undefined) return undefined;
  return ask.maybe(['merge-base', first, second]);
}

/** Those of `commits` in which nothing is left to tell once white space does not count. */
export async function readWhitespaceOnly(ask: AskGit, commits: readonly CommitId[]): Promise<ReadonlySet<CommitId>> {
  const ids = commits.filter(isCommitId);
  if (ids.length === 0) return new Set();
  const options = [
    '-m',
    '--first-parent',
    '--no-renames',
    '--ignore-all-space',
    '--ignore-blank-lines',
    '--numstat',
    '-z',
  ];
  const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--format=%x01%H'];
  const args = ['log', '--no-walk=unsorted', ...plain, ...options, '--end-of-options', ...ids];
  const outcome = await ask.outcome(args);
  if (isPartialClone(outcome)) return new Set();
  const said = succeeded(outcome, ask.directory, args).stdout.toString('latin1').split('\u0001').slice(1);
  return new Set(
    said.flatMap((entry) => {
      const [id = '', ...rest] = entry.split('\0');
      return rest.every((text) => text.trim() === '') ? [id] : [];
    }),
  );
}

function requireRevision(revision: string): void {
  if (isSafeRevision(revision)) return;
  throw new IncidentError('invalidArgument', `"${plainLine(revision, 80)}" is no revision that Mayday hands to git.`, {
    hint: 'Use a commit id, a branch or a tag.',
  });
}
