import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { DrillTools, GitOptions } from '../drill/drillTools.ts';
import { IncidentError } from '../incident/incidentError.ts';

/** Keeps the drill the same on every machine, whatever the person's own configuration, hooks and signing keys are. */
const isolation = [
  'user.name=Mayday Drill',
  'user.email=drill@mayday.invalid',
  `core.hooksPath=${devNull}`,
  'core.autocrlf=false',
  'core.fsmonitor=false',
  'commit.gpgsign=false',
  'tag.gpgsign=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** The git of this machine for drills: argument vectors, no shell, no configuration but the repository's own. */
export function gitForDrills(gitPath = 'git'): DrillTools {
  return { git: (directory, args, options = {}) => run(gitPath, directory, args, options) };
}

function run(gitPath: string, directory: string, args: readonly string[], options: GitOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    const git = spawn(gitPath, [...isolation, ...args], {
      cwd: directory,
      env: isolatedEnvironment(),
      windowsHide: true,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    git.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    git.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    // A git that fails early closes its input; its exit status tells more than the broken pipe.
    git.stdin.on('error', (error) => complaint.push(Buffer.from(error.message)));
    git.stdin.end(options.input);
    git.once('error', (cause) => {
      reject(startFailure(cause));
    });
    git.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString().replace(/\n$/, ''));
      else reject(gitFailure(args, Buffer.concat(complaint).toString()));
    });
  });
}

function isolatedEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(own),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

function startFailure(cause: Error): IncidentError {
  if (cause.name === 'AbortError') return new IncidentError('cancelled', 'Making the drill was cancelled.', { cause });
  return new IncidentError('outside', `git could not be started: ${cause.message}`, {
    hint: 'A drill needs git 2.29 or newer on the PATH.',
    cause,
  });
}

function gitFailure(args: readonly string[], complaint: string): IncidentError {
  return new IncidentError('outside', `git ${args[0] ?? ''} failed: ${complaint.trim().slice(0, 500)}`, {
    hint: 'A drill needs git 2.29 or newer, and a folder that can be written to.',
  });
}
