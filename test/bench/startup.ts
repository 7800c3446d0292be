import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { freshBuild } from '../support/freshBuild.ts';
import { openWorkbench } from '../support/openWorkbench.ts';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import { unpackExtension } from '../support/unpackedExtension.ts';
import type { VscodeServer } from '../support/vscodeServer.ts';
import { workbenchOf } from '../e2e/pages/workbench.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { endExtensionHosts, extensionHostOf, type HostMemory, memoryAfterCollection } from './extensionHost.ts';
import { figureOf } from './figure.ts';
import { inTurns } from './inTurns.ts';
import { startQuietServer } from './quietHost.ts';
import { writeEmptyExtension } from './referenceExtensions.ts';
import { type ActivationTimes, readActivationTimes } from './startupPerformance.ts';

const rounds = 6;
/** By then Mayday has looked for incidents on record, and found none. */
const settleMs = 3_000;
const megabyte = 1024 * 1024;

/** One start of an extension host with one extension in it. */
interface Start extends ActivationTimes, Partial<HostMemory> {}

/** What Mayday adds to the start of a window, against an extension that does nothing: each alone in its extension host. */
export const startup: Benchmark = {
  name: 'startup',
  run: async ({ say }) => {
    await freshBuild();
    const browser = await openBrowser();
    const [mayday, folder, workspace] = [
      await unpackExtension(),
      await createBenchFolder(),
      await createTestWorkspace(),
    ];
    const empty = await writeEmptyExtension(folder.path);
    const servers = [await startQuietServer([mayday.folder]), await startQuietServer([empty.folder])] as const;
    try {
      const { values, references } = await inTurns(rounds, {
        values: () => startOnce(browser, servers[0], workspace.folder, 'mayday.mayday'),
        references: () => startOnce(browser, servers[1], workspace.folder, empty.id),
      });
      say(`reference: an empty extension; ${rounds} starts each, in turns; VS Code's own extensions left out`);
      const compare = (measure: (start: Start) => number) => ({
        values: values.map(measure),
        references: references.map(measure),
      });
      const memory = [
        figureOf({
          name: 'memory of the extension host',
          unit: 'MB',
          ...compare(({ residentBytes = NaN }) => residentBytes / megabyte),
          goal: { of: 'difference', atMost: 5 },
        }),
        figureOf({
          name: 'heap of the extension host',
          unit: 'MB',
          ...compare(({ heapBytes = NaN }) => heapBytes / megabyte),
        }),
      ];
      return [
        figureOf({
          name: 'activation, load + call',
          unit: 'ms',
          ...compare(({ loadMs, callMs }) => loadMs + callMs),
          goal: { of: 'difference', atMost: 10 },
        }),
        figureOf({ name: 'activation, load', unit: 'ms', ...compare(({ loadMs }) => loadMs) }),
        figureOf({ name: 'activation, call', unit: 'ms', ...compare(({ callMs }) => callMs) }),
        figureOf({ name: 'activation, until all is registered', unit: 'ms', ...compare(({ finishMs }) => finishMs) }),
        ...(process.platform === 'linux' ? memory : []),
      ];
    } finally {
      await browser.close();
      for (const server of servers) await server.stop();
      for (const made of [mayday, folder, workspace]) await made.remove();
    }
  },
};

/** Opens a window, lets it come to rest, asks what the start took, and ends its extension host. */
async function startOnce(browser: Browser, server: VscodeServer, folder: string, extensionId: string): Promise<Start> {
  const page = await openWorkbench(browser, server, { folder });
  try {
    await page.waitForTimeout(settleMs);
    const memory = process.platform === 'linux' ? await memoryAfterCollection(await extensionHostOf(server)) : {};
    return { ...(await readActivationTimes(workbenchOf(page, folder), extensionId)), ...memory };
  } finally {
    await page.context().close();
    if (process.platform === 'linux') await endExtensionHosts(server);
  }
}
