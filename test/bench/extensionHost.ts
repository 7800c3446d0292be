import { readdir, readFile } from 'node:fs/promises';
import type { VscodeServer } from '../support/vscodeServer.ts';
import { evaluateInProcess } from './evaluateInProcess.ts';

/** Bytes. */
export interface HostMemory {
  /** What the process has in memory, code included. */
  readonly residentBytes: number;
  /** What is alive in its heap, with buffers. */
  readonly heapBytes: number;
}

/** The one extension host of a server that has one window. Throws where there is none or another number, and elsewhere than on Linux. */
export async function extensionHostOf(server: VscodeServer): Promise<number> {
  const hosts = await hostsOf(server);
  if (hosts.length !== 1) throw new Error(`${hosts.length} extension hosts run where one was expected`);
  return hosts[0]!;
}

/** Ends every extension host of a server: it would keep them for minutes after their window was closed. */
export async function endExtensionHosts(server: VscodeServer): Promise<void> {
  for (const pid of await hostsOf(server)) process.kill(pid, 'SIGKILL');
  while ((await hostsOf(server)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What a process takes after a collection of its garbage, which otherwise comes or does not come by chance. */
export async function memoryAfterCollection(pid: number): Promise<HostMemory> {
  const usage = await evaluateInProcess<NodeJS.MemoryUsage>(pid, 'process.memoryUsage()');
  return { residentBytes: usage.rss, heapBytes: usage.heapUsed + usage.external };
}

async function hostsOf(server: VscodeServer): Promise<readonly number[]> {
  const processes = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => describe(Number(name))),
  );
  const parents = new Map(processes.map((found) => [found?.pid, found?.parent]));
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === server.pid || isBelow(parents.get(pid)));
  return processes.flatMap((found) =>
    found !== undefined && found.command.includes('--type=extensionHost') && isBelow(found.parent) ? [found.pid] : [],
  );
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Undefined when the process has just ended, or only waits for its parent to take note. */
async function describe(pid: number): Promise<Process | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return { pid, parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0), command };
  } catch {
    // It ended between the listing and the look at it.
    return undefined;
  }
}
