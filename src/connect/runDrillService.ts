import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DrillProcesses, LoopbackAnswer } from '../drill/drillTools.ts';
import { IncidentError } from '../incident/incidentError.ts';

const insistAfterMs = 5_000;
const pollMs = 30;
const answerWithinMs = 1_000;
const longestAnswerBytes = 1024 * 1024;

/** What the service may see of this process's environment: enough to run, none of the person's secrets. */
const passedOn = /^(path|home|userprofile|systemroot|temp|tmp|tmpdir|lang|ld_library_path)$/i;

/** Drill services as processes of this machine. */
export const drillProcesses: DrillProcesses = { start, isAlive, stop, get: answerOf };

async function start(directory: string): Promise<number> {
  await mkdir(join(directory, '.drill'), { recursive: true });
  const log = await open(join(directory, '.drill', 'dev.log'), 'a');
  try {
    // `detached` makes it the leader of a group of its own: closing the window or Ctrl+C in a terminal does not end it.
    const child = spawn(process.execPath, [join('scripts', 'dev.js')], {
      cwd: directory,
      detached: true,
      env: environment(),
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    const pid = await new Promise<number | undefined>((resolve, reject) => {
      child.once('error', reject).once('spawn', () => {
        resolve(child.pid);
      });
    });
    child.unref();
    if (pid === undefined) throw new Error('it has no process id');
    return pid;
  } catch (cause) {
    throw new IncidentError('outside', `The drill's service in ${directory} could not be started.`, {
      hint: 'Try "npm run dev" in that folder.',
      cause,
    });
  } finally {
    await log.close();
  }
}

function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  // In the extension host execPath may be Electron, which is Node only when told so.
  return { ...Object.fromEntries(own), ELECTRON_RUN_AS_NODE: '1' };
}

function isAlive(pid: number): boolean {
  return signal(pid, 0) && !isZombie(pid);
}

/** A process that ended but whose parent never asked, as happens in containers whose first process adopts nobody. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false; // It is gone altogether, or /proc is not there to tell.
  }
}

async function stop(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const insistAt = Date.now() + insistAfterMs;
  while (isAlive(pid) && Date.now() < insistAt) await wait(pollMs);
  if (!isAlive(pid)) return;
  // The whole group, so that the service goes with its supervisor.
  signal(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  const giveUpAt = Date.now() + insistAfterMs;
  while (isAlive(pid) && Date.now() < giveUpAt) await wait(pollMs);
}

/** False when there is no such process. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function answerOf(url: string): Promise<LoopbackAnswer | undefined> {
  return new Promise((resolve) => {
    const nothing = (): void => {
      resolve(undefined);
    };
    const timeLimit = AbortSignal.timeout(answerWithinMs);
    const request = get(url, { agent: false, signal: timeLimit }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.length > longestAnswerBytes) request.destroy();
      });
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
      response.once('close', nothing);
    });
    request.once('error', nothing);
  });
}
