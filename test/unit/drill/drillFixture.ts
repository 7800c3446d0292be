import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gitForDrills } from '../../../src/connect/importHistory.ts';
import { createDrill, type Drill } from '../../../src/drill/createDrill.ts';

export const templatesDirectory = resolve(import.meta.dirname, '../../../templates');

/** A moment long past, so that nothing depends on the day the tests run. */
export const drillNow = '2026-03-04T14:07:09.000Z';

/** A folder of its own for a test; `remove` takes it away. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'mayday-drill-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A drill in `<folder>/checkout`, its history ending at drillNow. */
export function createTestDrill(folder: string): Promise<Drill> {
  return createDrill({ directory: join(folder, 'checkout'), templatesDirectory, now: drillNow }, gitForDrills());
}

/** Runs git in a repository as a person who never configured it; gives the output without the last line end. */
export function git(directory: string, ...args: string[]): string {
  const person = ['-c', 'user.name=Sam Field', '-c', 'user.email=sam@fernway.example', '-c', 'commit.gpgsign=false'];
  const options = { cwd: directory, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', [...person, ...args], options).replace(/\n$/, '');
}

/** The HTTP status of a loopback address; 0 when nothing answers. */
export async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
}

/** Resolves when `holds` does; fails after 20 s, saying what it waited for. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain: ${what}`);
    await wait(50);
  }
}
