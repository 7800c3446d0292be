import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrillProcesses } from './drillTools.ts';

/** A drill's service that answers on this machine. */
export interface RunningDrill {
  readonly directory: string;
  /** The process that supervises the service. */
  readonly pid: number;
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Ends the service and its supervisor; resolves when both are gone. Does nothing when they already are. */
  stop(): Promise<void>;
}

/** The service that runs in `directory`, found by `.drill/service.json`; undefined when none answers there. */
export async function readRunningDrill(
  directory: string,
  processes: DrillProcesses,
): Promise<RunningDrill | undefined> {
  const state = await readState(directory);
  if (!state || !processes.isAlive(state.pid)) return undefined;
  const url = `http://127.0.0.1:${state.port}`;
  if (!(await isCheckout(url, processes))) return undefined;
  return { directory, ...state, url, stop: () => stopDrill(directory, state.pid, processes) };
}

/** Ends the supervisor `pid` of `directory`, unless it is gone and the number may belong to another process by now. */
async function stopDrill(directory: string, pid: number, processes: DrillProcesses): Promise<void> {
  const state = await readState(directory);
  if (state?.pid === pid && processes.isAlive(pid)) await processes.stop(pid);
}

async function isCheckout(url: string, processes: DrillProcesses): Promise<boolean> {
  const answer = await processes.get(`${url}/health/live`);
  return answer?.status === 200 && answer.body.includes('"service":"checkout"');
}

async function readState(directory: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(directory, '.drill', 'service.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, port] = [/"pid": ?(\d+)/, /"port": ?(\d+)/].map((pattern) => Number(pattern.exec(text)?.[1]));
  return pid && port ? { pid, port } : undefined;
}
