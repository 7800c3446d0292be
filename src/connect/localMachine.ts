import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, platform, totalmem, type as systemName } from 'node:os';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import type { MachineReading, ReadsMachine } from '../signals/infrastructure/readsMachine.ts';

/** A file system of a server that is gone answers never. */
const diskTimeoutMs = 3_000;

/** What a test of another system puts in place of this one's. */
export interface MachineSources {
  readonly platform?: NodeJS.Platform;
  /** `/proc/meminfo` */
  readonly memoryFile?: string;
}

/** The machine of this process, by node:os and statfs. Limits of a container are not looked at. */
export function createLocalMachine({
  platform: system = platform(),
  memoryFile = '/proc/meminfo',
}: MachineSources = {}): ReadsMachine {
  return {
    read: async (folder, signal) => {
      const [memory, disk] = await Promise.all([
        readMemory(system, memoryFile),
        readDisk(folder, AbortSignal.any([signal, AbortSignal.timeout(diskTimeoutMs)])),
      ]);
      if (signal.aborted) throw new IncidentError('cancelled', 'Looking at this machine was cancelled.');
      const [, load] = loadavg();
      return {
        ...{ system: system === 'win32' ? 'Windows' : systemName(), cores: availableParallelism(), memory, disk },
        // On Windows it is always 0, see os.loadavg.
        ...(system === 'win32' || load === undefined ? {} : { load }),
      };
    },
  };
}

/** `os.freemem` counts caches as used, which is a false alarm on every Linux. */
async function readMemory(system: NodeJS.Platform, file: string): Promise<MachineReading['memory']> {
  const told = { availableBytes: freemem(), totalBytes: totalmem() };
  if (system !== 'linux') return told;
  try {
    const text = await readFile(file, 'utf8');
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? NaN);
    const [available, total] = [kilobytes('MemAvailable'), kilobytes('MemTotal')];
    return available >= 0 && total > 0 ? { availableBytes: available * 1024, totalBytes: total * 1024 } : told;
  } catch {
    // Without /proc the coarser number has to do.
    return told;
  }
}

async function readDisk(folder: string, signal: AbortSignal): Promise<MachineReading['disk']> {
  try {
    const { bsize, bavail, blocks } = await Promise.race([statfs(folder), ended(signal)]);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    return signal.aborted ? 'the file system does not answer' : messageOf(error);
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => {
      reject(new Error('it took too long'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
