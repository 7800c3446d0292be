import { join } from 'node:path';
import { onTestFailed } from 'vitest';
import { driverExtension } from '../e2e/driver.ts';
import { workbenchOf, type Workbench } from '../e2e/pages/workbench.ts';
import { openBrowser } from '../support/browser.ts';
import type { Cleanup } from '../support/cleanup.ts';
import { openWorkbench } from '../support/openWorkbench.ts';
import { projectRoot } from '../support/run.mjs';
import { unpackExtension } from '../support/unpackedExtension.ts';
import { startVscodeServer, type VscodeServer } from '../support/vscodeServer.ts';

/** A VS Code with Mayday and the driver installed. */
export interface OpenHost {
  readonly server: VscodeServer;
  readonly window: Workbench;
}

/** Opens a folder from within a test, which leaves a picture in out/faults when it fails. `cleanup` gets what is to be undone. */
export async function openHost(cleanup: Cleanup, folder: string): Promise<OpenHost> {
  const extension = await unpackExtension();
  await cleanup.add(extension.remove);
  const server = await startVscodeServer({ installedExtensions: [extension.folder, driverExtension], ownHome: true });
  await cleanup.add(server.stop);
  const browser = await openBrowser();
  await cleanup.add(() => browser.close());
  const window = workbenchOf(await openWorkbench(browser, server, { folder }), folder);
  onTestFailed(({ task }) => window.screenshot(join(projectRoot, 'out/faults', `${task.name.slice(0, 60)}.png`)));
  await window.openView('Incidents');
  return { server, window };
}
