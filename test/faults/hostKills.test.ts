import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callCommand } from '../e2e/driver.ts';
import { eventually } from '../e2e/pages/eventually.ts';
import { noteTexts, stateOnDisk } from '../support/builders/journal.ts';
import { createCleanup } from '../support/cleanup.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import type { VscodeServer } from '../support/vscodeServer.ts';
import { openHost, type OpenHost } from './openHost.ts';

interface Attempt extends OpenHost {
  readonly incident: string;
  /** Of the incident, in the record. */
  readonly directory: string;
  /** The file with the notes whose command had succeeded. */
  readonly succeeded: string;
}

describe('an extension host killed while it writes', () => {
  it('leaves every note that was reported as recorded, once, over and over', { timeout: 240_000 }, async () => {
    const attempt = await openAttempt();
    const { server, window, incident, succeeded } = attempt;
    // VS Code starts a host that died again, but not for the third time within five minutes.
    for (const round of ['first', 'second', 'third', 'fourth']) {
      await callCommand(window, 'driver.addEndlessly', { incident, prefix: round, succeeded });
      const killed = await killWhileWriting(attempt, round);
      if (round === 'third') await window.reload();
      await eventually('a new extension host', () => {
        const host = extensionHostOf(server);
        return Promise.resolve(host === undefined || host === killed ? undefined : host);
      });
      if (round === 'third') await window.openView('Incidents');
      await expectNothingLost(attempt);
    }
  });
});

async function openAttempt(): Promise<Attempt> {
  const cleanup = createCleanup();
  onTestFinished(() => cleanup.run());
  const workspace = await createTestWorkspace();
  await cleanup.add(workspace.remove);
  const folder = await createTemporaryFolder('mayday-succeeded-');
  await cleanup.add(folder.remove);
  const host = await openHost(cleanup, workspace.folder);
  const declared = await callCommand<Pick<Attempt, 'incident' | 'directory'>>(host.window, 'mayday.declareIncident', {
    title: 'Orders fail',
    severity: 'SEV2',
  });
  return { ...host, ...declared, succeeded: join(folder.path, 'notes.txt') };
}

/** Kills the host at some moment after it reported some notes; gives its process. */
async function killWhileWriting({ server, succeeded }: Attempt, round: string): Promise<number> {
  await eventually('some notes', async () =>
    (await reported(succeeded)).filter((text) => text.startsWith(`${round} `)).length >= 15 ? true : undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
  const host = extensionHostOf(server);
  if (host === undefined) throw new Error('There is no extension host to kill.');
  process.kill(host, 'SIGKILL');
  return host;
}

async function expectNothingLost({ window, incident, directory, succeeded }: Attempt): Promise<void> {
  // What the host did until it was gone is on disk by now: a new one answers.
  await callCommand(window, 'mayday.addNote', { incident, text: 'still here' });
  const state = await stateOnDisk(directory);
  const texts = noteTexts(state).filter((text) => text !== 'still here');
  expect(new Set(texts).size).toBe(texts.length);
  const known = new Set(texts);
  expect((await reported(succeeded)).filter((text) => !known.has(text))).toEqual([]);
  const told = state.entries.filter(({ event }) => event.type !== 'writer.opened').length;
  await window.tree('Incidents').find([/^SEV2 Orders fail/, new RegExp(`^Timeline ${told} entries$`)]);
}

/** The notes whose command had succeeded. */
async function reported(succeeded: string): Promise<readonly string[]> {
  const text = await readFile(succeeded, 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1);
}

/** The process of the only window's extension host; undefined while there is none. */
function extensionHostOf({ pid }: VscodeServer): number | undefined {
  const found = processes().find(({ parent, command }) => parent === pid && command.includes('--type=extensionHost'));
  return found?.pid;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): readonly Process[] {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap((name) => processAt(Number(name)) ?? []);
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
}

function processAt(pid: number): Process | undefined {
  if (Number.isNaN(pid)) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
