import { setTimeout as wait } from 'node:timers/promises';
import { IncidentError } from '../incident/incidentError.ts';
import { describeDrill } from './describeDrill.ts';
import type { DrillProcesses } from './drillTools.ts';
import { readRunningDrill, type RunningDrill } from './runningDrill.ts';

const startsWithinMs = 20_000;
const pollMs = 50;

/**
 * Starts the service of the drill in `directory` and resolves when `/health/live` answers; a service that already runs
 * there is taken as it is. Mayday's configuration of the drill says where it runs. It outlives the caller, for eight hours at most. Throws an IncidentError, with nothing left
 * running, when it does not answer within 20 s, ends by itself, or `signal` aborts.
 */
export async function startDrillService(
  directory: string,
  processes: DrillProcesses,
  signal?: AbortSignal,
): Promise<RunningDrill> {
  const running = await readRunningDrill(directory, processes);
  if (running) return running;
  const pid = await processes.start(directory);
  try {
    const started = await untilItAnswers(directory, pid, processes, signal);
    await describeDrill(directory, started.url);
    return started;
  } catch (error) {
    await processes.stop(pid);
    throw error;
  }
}

async function untilItAnswers(
  directory: string,
  pid: number,
  processes: DrillProcesses,
  signal: AbortSignal | undefined,
): Promise<RunningDrill> {
  const giveUpAt = Date.now() + startsWithinMs;
  while (Date.now() < giveUpAt && processes.isAlive(pid)) {
    if (signal?.aborted) throw new IncidentError('cancelled', 'Starting the drill was cancelled.');
    const started = await readRunningDrill(directory, processes);
    if (started?.pid === pid) return started;
    await wait(pollMs);
  }
  throw new IncidentError('outside', `The drill's service in ${directory} did not start.`, {
    hint: 'Its output is in .drill/dev.log.',
  });
}
