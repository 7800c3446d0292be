import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { FetchesBranch, FetchPlan } from '../changes/history/fetchesBranch.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { plainLine } from '../safety/plainLine.ts';
import { redact } from '../safety/redact.ts';
import { askGit } from './gitAsk.ts';
import { findGit } from './gitProgram.ts';
import { remotesOf } from './gitRefs.ts';
import type { GitSetup } from './gitRun.ts';
import { redactedLine } from '../safety/redactedLine.ts';

const defaultTimeoutMs = 10 * 60 * 1000;

/** What must not run or ask because a branch is fetched: hooks, housekeeping, a window for a password. */
const configuration = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.askPass=',
  'credential.interactive=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'fetch.recurseSubmodules=false',
];

/** What would let the surroundings choose another repository, or open a window. */
const unwanted =
  /^(?:GIT_(?:DIR|WORK_TREE|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|ASKPASS)|SSH_ASKPASS)$/i;

/** Fetches a branch with the person's own git and its credentials. */
export function createBranchFetch(setup: GitSetup = {}): FetchesBranch {
  return {
    plan: async (directory, ref, signal) => {
      const remotes = await remotesOf(askGit(setup, directory, signal));
      return planOf(ref, remotes);
    },
    fetch: async (directory, ref, { signal, onProgress } = {}) => {
      const { remote, branch } = planOf(ref, await remotesOf(askGit(setup, directory, signal)));
      await runFetch(setup, { directory, remote, branch, signal, onProgress });
    },
  };
}

function planOf(ref: string, remotes: ReadonlyMap<string, string>): FetchPlan {
  // The longest name wins: a remote may be called `team/origin`.
  const remote = [...remotes.keys()]
    .filter((name) => ref.startsWith(`refs/remotes/${name}/`))
    .sort((a, b) => b.length - a.length)[0];
  const branch = remote === undefined ? '' : ref.slice(`refs/remotes/${remote}/`.length);
  if (remote === undefined || branch === '') {
    throw new IncidentError('notFound', `${plainLine(ref, 120)} is no branch of a remote that could be fetched.`, {
      hint: 'Run "git fetch" in a terminal.',
    });
  }
  const address = plainLine(withoutPassword(remotes.get(remote) ?? ''), 300);
  return { remote, branch, address, command: `git fetch ${remote} ${branch}` };
}

function withoutPassword(url: string): string {
  return redact(url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'));
}

interface FetchRun {
  readonly directory: string;
  readonly remote: string;
  readonly branch: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((text: string) => void) | undefined;
}

/** As `git fetch <remote> <branch>` does, whatever refspec the remote is configured with. */
async function runFetch(setup: GitSetup, { directory, remote, branch, signal, onProgress }: FetchRun): Promise<void> {
  const environment = setup.environment ?? process.env;
  const program = setup.program ?? (await findGit(environment));
  const refspec = `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`;
  const options = ['--progress', '--no-recurse-submodules', '--no-prune', '--end-of-options'];
  const settings = configuration.flatMap((setting) => ['-c', setting]);
  const child = spawn(program, [...settings, 'fetch', ...options, remote, refspec], {
    cwd: directory,
    env: quietEnvironment(environment),
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    // Its own group: what it starts (ssh, a helper) ends with it, and has no terminal to ask at.
    detached: process.platform !== 'win32',
  });
  const timeoutMs = setup.timeoutMs ?? defaultTimeoutMs;
  const tooLong = AbortSignal.timeout(timeoutMs);
  const stop = (): void => {
    end(child.pid);
  };
  const ends = AbortSignal.any([tooLong, ...(signal === undefined ? [] : [signal])]);
  if (ends.aborted) stop();
  ends.addEventListener('abort', stop, { once: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-4000);
    const last = said.split(/[\r\n]+/).findLast((line) => /\d+%/.test(line));
    if (last !== undefined) onProgress?.(plainLine(last.replace(/^remote:\s*/, ''), 80));
  });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (signal?.aborted === true) throw new IncidentError('cancelled', 'Fetching was cancelled.');
    if (tooLong.aborted) throw failed(`it took longer than ${String(timeoutMs / 1000)} s`, remote);
    if (exitCode !== 0) throw failed(reasonIn(said), remote);
  } finally {
    ends.removeEventListener('abort', stop);
  }
}

function quietEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !unwanted.test(name));
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
  };
}

function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The line that git or the remote gives as the reason. */
function reasonIn(said: string): string {
  const lines = said.split(/[\r\n]+/).filter((line) => line !== '' && !/\d+%/.test(line));
  const reason =
    lines.find((line) => /^(?:fatal|error|remote: error):/i.test(line)) ?? lines.at(-1) ?? 'git gave no reason';
  return redactedLine(reason.replace(/^(?:fatal|error): /, ''), 200);
}

function failed(reason: string, remote: string): IncidentError {
  const isPassword =
    /could not read (?:Username|Password)|terminal prompts disabled|Permission denied|Authentication failed/i;
  return new IncidentError('outside', `Fetching from ${remote} failed: ${reason.replace(/\.$/, '')}.`, {
    hint: isPassword.test(reason)
      ? 'Mayday asks for no password: run "git fetch" once in a terminal, so that git can sign in.'
      : 'Look whether the remote can be reached: run "git fetch" in a terminal.',
  });
}
