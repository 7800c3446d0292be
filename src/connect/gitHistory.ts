import { IncidentError } from '../incident/incidentError.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { History } from '../investigate/readsHistory.ts';
import { isSafeRevision } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { isPartialClone, succeeded } from './gitErrors.ts';
import { commitFormat, fileOptions, parseCommits } from './gitLog.ts';

/** At most `max` commits (200 when absent); lines are counted only where asked, because that reads every file. */
export interface RecentCommitsOptions {
  readonly max?: number;
  readonly withCounts?: boolean;
}

/**
 * How many commits are looked through for recent ones. `--since` would stop at the first that is older, and one clock set
 * back, or one old commit pushed late, hides everything behind it.
 */
const lookedThrough = 3000;

/** The commits of `ref` committed at or after `since`, newest first. */
export async function readRecentCommits(
  ask: AskGit,
  ref: string,
  since: IsoTime,
  { max = 200, withCounts = false }: RecentCommitsOptions = {},
): Promise<History> {
  if (!isSafeRevision(ref))
    throw new IncidentError('invalidArgument', `"${ref}" is no revision that Mayday hands to git.`);
  const tip = await ask.maybe(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (tip === undefined) return unborn(ask, ref);
  const walked = await walk(ask, tip);
  const recent = walked.filter(({ epochMs }) => epochMs >= epochMsOf(since)).sort((a, b) => b.epochMs - a.epochMs);
  const isCut = recent.length > max || (walked.length === lookedThrough && recent.length === walked.length);
  if (recent.length === 0) return { commits: [], isCut };
  const ids = recent.slice(0, max).map(({ id }) => id);
  return { commits: parseCommits(await details(ask, ids, withCounts)), isCut };
}

async function walk(ask: AskGit, tip: string): Promise<{ id: string; epochMs: number }[]> {
  const text = await ask.text(['log', `--max-count=${lookedThrough}`, '--format=%H %ct', '--end-of-options', tip]);
  return text.split('\n').map((line) => {
    const [id = '', seconds = '0'] = line.split(' ');
    return { id, epochMs: Number(seconds) * 1000 };
  });
}

/** Of a merge, what it brought against its first parent: its own commits may be older than the window. */
async function details(ask: AskGit, ids: readonly string[], withCounts: boolean): Promise<Buffer> {
  const options = [
    'log',
    '--no-walk=unsorted',
    '-m',
    '--first-parent',
    '--encoding=UTF-8',
    `--format=${commitFormat}`,
    ...fileOptions,
  ];
  const full = [...options, '--find-renames', ...(withCounts ? ['--numstat'] : []), '--end-of-options', ...ids];
  const outcome = await ask.outcome(full);
  // A partial clone has the names of files, but not what renames and counts are found from.
  if (isPartialClone(outcome)) return ask.bytes([...options, '--no-renames', '--end-of-options', ...ids]);
  return succeeded(outcome, ask.directory, full).stdout;
}

async function unborn(ask: AskGit, ref: string): Promise<History> {
  // Fails with the reason, when it is another than that there is no commit yet.
  await ask.text(['rev-parse', '--git-dir']);
  if (ref === 'HEAD') return { commits: [], isCut: false, nothing: 'unbornBranch' };
  throw new IncidentError('notFound', `The repository has no branch or commit ${ref}.`, {
    hint: 'It may not have been fetched yet.',
  });
}
