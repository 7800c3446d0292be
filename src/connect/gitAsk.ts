import { gitFailure, succeeded } from './gitErrors.ts';
import type { GitCall, GitOutcome, GitSetup } from './gitRun.ts';
import { runGit } from './gitRun.ts';

/** Git, asked about one folder within one call of a caller. */
export interface AskGit {
  readonly directory: string;
  /** What git wrote, whatever its exit code. */
  outcome(args: readonly string[], call?: GitCall): Promise<GitOutcome>;
  /** What git wrote; throws IncidentError when it failed. */
  bytes(args: readonly string[], call?: GitCall): Promise<Buffer>;
  /** The same as text, without the line end at its end. */
  text(args: readonly string[], call?: GitCall): Promise<string>;
  /** For questions that git answers with exit code 1 and silence when there is nothing: undefined then. */
  maybe(args: readonly string[], call?: GitCall): Promise<string | undefined>;
}

/** Git for one folder; `signal` ends whatever is asked. */
export function askGit(setup: GitSetup, directory: string, signal: AbortSignal | undefined): AskGit {
  const outcome: AskGit['outcome'] = (args, call) => runGit(setup, directory, args, { signal, ...call });
  const bytes: AskGit['bytes'] = async (args, call) => succeeded(await outcome(args, call), directory, args).stdout;
  return {
    directory,
    outcome,
    bytes,
    text: async (args, call) => withoutLineEnd(await bytes(args, call)),
    maybe: async (args, call) => {
      const result = await outcome(args, call);
      if (result.exitCode === 0) return withoutLineEnd(result.stdout);
      if (isAnswer(result)) return undefined;
      throw gitFailure(result, directory, args);
    },
  };
}

function withoutLineEnd(output: Buffer): string {
  return output.toString('utf8').replace(/\r?\n$/, '');
}

/** Exit code 1 in silence, or what `rev-parse` says of an upstream that is not there. */
function isAnswer({ exitCode, stderr }: GitOutcome): boolean {
  return (
    (exitCode === 1 && stderr === '') ||
    /no upstream configured|HEAD does not point to a branch|no such branch/.test(stderr)
  );
}
