import type { ErrorReason } from '../incident/incidentError.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { GitOutcome } from './gitRun.ts';
import { redactedLine } from '../safety/redactedLine.ts';

interface KnownFailure {
  readonly pattern: RegExp;
  readonly reason?: ErrorReason;
  readonly message: (directory: string) => string;
  readonly hint?: (directory: string) => string;
}

/** What git says (with LC_ALL=C), and what it means to a person. The first that fits counts. */
const failures: readonly KnownFailure[] = [
  {
    pattern: /dubious ownership|unsafe repository/,
    message: (directory) =>
      `Git does not read the repository of ${directory}: it belongs to another user of this machine.`,
    hint: (directory) => `If you trust it, run: git config --global --add safe.directory ${directory}`,
  },
  {
    pattern: /not a git repository|cannot use bare repository/,
    message: (directory) => `${directory} is in no git repository.`,
    hint: () => 'Open a folder of a repository, or run "git init".',
  },
  {
    pattern: /promisor|lazy fetch|transport '.*' not allowed/,
    message: () => 'This is a partial clone, and what was asked for is not in it. Mayday does not fetch it by itself.',
    hint: () => 'Run "git fetch --refetch --no-filter" when that is acceptable.',
  },
  {
    pattern:
      /object file .* is empty|corrupt|inflate|bad (?:object|tree)|unable to read|missing (?:blob|tree|commit)|appears to be broken|could not parse|Could not read [0-9a-f]{40}|failed to traverse|bad config/i,
    message: (directory) => `The repository of ${directory} is damaged.`,
    hint: () => 'Run "git fsck" in a terminal: it names what is broken. A fresh clone is often the quickest way out.',
  },
  {
    pattern: /permission denied/i,
    message: (directory) => `Git may not read the repository of ${directory}.`,
    hint: () => 'Look at the owner and the rights of its .git folder.',
  },
  {
    pattern:
      /unknown revision|bad revision|ambiguous argument|needed a single revision|not a valid object name|invalid object name|does not exist in|exists on disk, but not in|not a tree object|no such ref/i,
    reason: 'notFound',
    message: () => 'The repository has no such revision or file.',
    hint: () => 'It may not have been fetched yet.',
  },
  {
    pattern: /unknown option|unrecognized argument|usage: git|not a git command/i,
    message: () => 'This version of git is too old for Mayday.',
    hint: () => 'Install git 2.30 or newer.',
  },
];

/** The outcome as it is when git succeeded; else IncidentError with what it means and what to do. */
export function succeeded(outcome: GitOutcome, directory: string, args: readonly string[]): GitOutcome {
  if (outcome.exitCode === 0) return outcome;
  throw gitFailure(outcome, directory, args);
}

/** What a person is told of a git that ended with an error. */
export function gitFailure(
  { exitCode, stderr }: GitOutcome,
  directory: string,
  args: readonly string[],
): IncidentError {
  const known = failures.find(({ pattern }) => pattern.test(stderr));
  const said = redactedLine(stderr.replace(/^(?:fatal|error): /, ''), 200);
  if (!known) {
    return new IncidentError('outside', `Git failed (git ${args[0] ?? ''}): ${said || `exit code ${exitCode}`}.`, {
      hint: 'Run the same command in a terminal.',
    });
  }
  const hint = known.hint?.(directory);
  return new IncidentError(known.reason ?? 'outside', known.message(directory), {
    ...(hint === undefined ? {} : { hint }),
    cause: new Error(said),
  });
}

/** True when git failed because a partial clone lacks something. */
export function isPartialClone({ exitCode, stderr }: GitOutcome): boolean {
  return exitCode !== 0 && /promisor|lazy fetch|transport '.*' not allowed/.test(stderr);
}
