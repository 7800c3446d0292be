import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { freshBuild } from '../support/freshBuild.ts';
import { openWorkbench } from '../support/openWorkbench.ts';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import { unpackExtension } from '../support/unpackedExtension.ts';
import type { VscodeServer } from '../support/vscodeServer.ts';
import { workbenchOf, type Workbench } from '../e2e/pages/workbench.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { endExtensionHosts } from './extensionHost.ts';
import { figureOf } from './figure.ts';
import { timeInput, type TimedCommand } from './inputTiming.ts';
import { inTurns } from './inTurns.ts';
import { startQuietServer } from './quietHost.ts';
import { trivialCommand, writeTrivialExtension } from './referenceExtensions.ts';

const windows = 6;
const warmRounds = 2;
/** By then a window is at rest, or Mayday has loaded all that the first use of it loads. */
const settleMs = 2_000;

const declareCommand: TimedCommand = {
  title: 'Incident: Declare Incident',
  placeholder: 'Checkout requests fail',
};

interface Timings {
  readonly declare: readonly number[];
  readonly trivial: readonly number[];
}

/** From Enter in the palette to the first input of *Declare Incident*, against a command that does nothing but show one. */
export const declareInput: Benchmark = {
  name: 'declare',
  run: async ({ say }) => {
    await freshBuild();
    const browser = await openBrowser();
    const [mayday, folder, workspace] = [
      await unpackExtension(),
      await createBenchFolder(),
      await createTestWorkspace(),
    ];
    const trivial = await writeTrivialExtension(folder.path);
    const server = await startQuietServer([mayday.folder, trivial.folder]);
    try {
      const timings: Timings[] = [];
      for (let index = 0; index < windows; index++) {
        timings.push(await timeInWindow(browser, server, workspace.folder, index));
      }
      const first = ([time]: readonly number[]): readonly number[] => (time === undefined ? [] : [time]);
      const later = ([, ...times]: readonly number[]): readonly number[] => times;
      const figure = (name: string, pick: (times: readonly number[]) => readonly number[]) =>
        figureOf({
          name,
          unit: 'ms',
          values: timings.flatMap(({ declare }) => pick(declare)),
          references: timings.flatMap((timing) => pick(timing.trivial)),
          goal: { of: 'ratio', atMost: 1.5 },
        });
      say(`reference: a command that shows an input box; ${windows} windows, in turns, from Enter to the input`);
      return [
        figure('Declare Incident to its input, again', later),
        figure('Declare Incident to its input, first', first),
      ];
    } finally {
      await browser.close();
      await server.stop();
      for (const made of [mayday, folder, workspace]) await made.remove();
    }
  },
};

/** The first run of both commands in a fresh window, and then some more. Every other window begins with the other command. */
async function timeInWindow(browser: Browser, server: VscodeServer, folder: string, index: number): Promise<Timings> {
  const page = await openWorkbench(browser, server, { folder });
  const workbench = workbenchOf(page, folder);
  const declare = (): Promise<number> => time(workbench, declareCommand);
  const trivial = (): Promise<number> => time(workbench, trivialCommand);
  try {
    await page.waitForTimeout(settleMs);
    const rounds = 1 + warmRounds;
    return await inTurns(rounds, index % 2 === 0 ? { declare, trivial } : { trivial, declare });
  } finally {
    await page.context().close();
    if (process.platform === 'linux') await endExtensionHosts(server);
  }
}

async function time(workbench: Workbench, command: TimedCommand): Promise<number> {
  const took = await timeInput(workbench, command);
  await workbench.page.waitForTimeout(command === declareCommand ? settleMs : 0);
  return took;
}
