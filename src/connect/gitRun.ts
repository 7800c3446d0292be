import type * as SimpleGitModule from 'simple-git';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { findGit, gitMissing } from './gitProgram.ts';

/** How git is run, for all calls. */
export interface GitSetup {
  /** Absolute path of the program; found on PATH when absent. */
  readonly program?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** What one call asks beyond its arguments. */
export interface GitCall {
  readonly signal?: AbortSignal | undefined;
  /** What git writes beyond that ends the call. */
  readonly maxBytes?: number;
  /** For standard input. */
  readonly input?: Buffer;
  /** Receives what git writes as it comes, instead of `stdout`; once it answers `enough`, git is ended and that is a success. */
  readonly read?: (chunk: Buffer) => 'more' | 'enough';
}

/** How a git ended, and what it wrote. */
export interface GitOutcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const defaultTimeoutMs = 20_000;
const defaultMaxBytes = 64 * 1024 * 1024;

/** What simple-git would refuse to inherit, and what would let the surroundings choose repository or programs. */
const guarded = /^(?:GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS)$/i;

/**
 * Options before every command. A partial clone would fetch what it lacks: no transport is allowed, because nothing
 * leaves the machine without a person's word.
 */
const configuration = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'protocol.allow=never',
  'log.showSignature=false',
];
const unsafe = {
  allowUnsafeFsMonitor: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeCustomBinary: true,
} as const;

/**
 * Runs git in a folder and gives what it wrote, whatever its exit code. Throws IncidentError when it cannot be started, is
 * cancelled, takes too long or writes too much.
 */
export async function runGit(
  setup: GitSetup,
  directory: string,
  args: readonly string[],
  { signal, maxBytes = defaultMaxBytes, input, read }: GitCall = {},
): Promise<GitOutcome> {
  if (signal?.aborted) throw cancelled(args);
  const environment = setup.environment ?? process.env;
  const binary = setup.program ?? (await findGit(environment));
  const timeoutMs = setup.timeoutMs ?? defaultTimeoutMs;
  const tooMuch = new AbortController();
  const enough = new AbortController();
  const tooLong = AbortSignal.timeout(timeoutMs);
  const abort = AbortSignal.any([tooMuch.signal, enough.signal, tooLong, ...(signal ? [signal] : [])]);
  try {
    const call = { binary, environment, directory, args, abort, input, maxBytes, tooMuch, enough, read };
    return await race(start(call), abort);
  } catch (error) {
    if (enough.signal.aborted) return { exitCode: 0, stdout: Buffer.alloc(0), stderr: '' };
    if (signal?.aborted) throw cancelled(args);
    if (tooLong.aborted) throw timedOut(args, timeoutMs);
    if (tooMuch.signal.aborted) throw tooLarge(args, maxBytes);
    throw error;
  }
}

interface Start {
  readonly binary: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  readonly args: readonly string[];
  readonly abort: AbortSignal;
  readonly input: Buffer | undefined;
  readonly maxBytes: number;
  readonly tooMuch: AbortController;
  readonly enough: AbortController;
  readonly read: GitCall['read'];
}

async function start(call: Start): Promise<GitOutcome> {
  const { simpleGit, GitConstructError } = await loadSimpleGit();
  const chunks: Buffer[] = [];
  let exitCode = -1;
  let stderrText = '';
  try {
    const git = simpleGit({
      baseDir: call.directory,
      binary: call.binary,
      config: configuration,
      unsafe,
      allowEnvironment: ['GIT_NO_LAZY_FETCH'],
      abort: call.abort,
      completion: { onClose: true, onExit: false },
      input: () => call.input,
      errors: (_error, result) => {
        exitCode = result.exitCode;
        stderrText = Buffer.concat(result.stdErr).toString();
        return undefined;
      },
    });
    git.env(environmentOf(call.environment)).outputHandler((_command, stdout, stderr) => {
      // Where nothing came, simple-git waits another 50 ms for it: that is known once the stream has ended.
      stderr.once('end', () => stderr.emit('data', Buffer.alloc(0)));
      let bytes = 0;
      stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (call.read === undefined) chunks.push(chunk);
        else if (!call.enough.signal.aborted && call.read(chunk) === 'enough') call.enough.abort();
        if (bytes > call.maxBytes) call.tooMuch.abort();
      });
    });
    await git.raw(['--no-pager', '--no-optional-locks', ...call.args]);
  } catch (error) {
    if (error instanceof GitConstructError) throw noFolder(call.directory, error);
    throw new IncidentError('outside', `Git could not be run (${messageOf(error)}).`, { cause: error });
  }
  call.abort.throwIfAborted();
  if (exitCode < 0) throw /\bENOENT\b/.test(stderrText) ? gitMissing(stderrText) : notStarted(stderrText);
  return { exitCode, stdout: Buffer.concat(chunks), stderr: stderrText };
}

function environmentOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const own = Object.entries(environment).filter(([name, value]) => !guarded.test(name) && value !== undefined);
  return { ...(Object.fromEntries(own) as Record<string, string>), LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' };
}

/** A git that hangs in the system ignores signals: its caller waits no longer than asked. */
function race(outcome: Promise<GitOutcome>, abort: AbortSignal): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const give = () => {
      reject(abort.reason as Error);
    };
    if (abort.aborted) give();
    abort.addEventListener('abort', give, { once: true });
    outcome.then(resolve, reject).finally(() => {
      abort.removeEventListener('abort', give);
    });
  });
}

function cancelled(args: readonly string[]): IncidentError {
  return new IncidentError('cancelled', `Reading the repository (git ${args[0] ?? ''}) was cancelled.`);
}

function timedOut(args: readonly string[], timeoutMs: number): IncidentError {
  return new IncidentError(
    'outside',
    `Git took longer than ${timeoutMs / 1000} s (git ${args[0] ?? ''}) and was stopped.`,
    {
      hint: 'The disk may be slow or the repository very large. Try again, or with a shorter window.',
    },
  );
}

function tooLarge(args: readonly string[], maxBytes: number): IncidentError {
  const limit = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MB` : `${maxBytes} bytes`;
  return new IncidentError(
    'outside',
    `What git has to say (git ${args[0] ?? ''}) is larger than ${limit}, and is not read.`,
    {
      hint: 'Look at it with git in a terminal.',
    },
  );
}

function noFolder(directory: string, cause: unknown): IncidentError {
  return new IncidentError('outside', `The folder ${directory} is not there (any more).`, {
    hint: 'Open the folder again.',
    cause,
  });
}

function notStarted(stderr: string): IncidentError {
  return new IncidentError('outside', `Git could not be started (${stderr.split('\n')[0] ?? ''}).`, {
    hint: 'Try "git --version" in a terminal.',
  });
}

/** Loaded on first use: activation must not pay for it. */
export async function loadSimpleGit(): Promise<Pick<typeof SimpleGitModule, 'simpleGit' | 'GitConstructError'>> {
  return import('simple-git');
}
