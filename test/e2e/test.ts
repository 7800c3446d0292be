/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { inject, test as plainTest } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openWorkbench } from '../support/openWorkbench.ts';
import { projectRoot } from '../support/run.mjs';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from '../support/vscodeServer.ts';
import { workbenchOf, type Workbench } from './pages/workbench.ts';

/** Opens one more window of the test's server, by default on the test's workspace; `null` opens it without a folder. */
export type OpenWindow = (folder?: string | null) => Promise<Workbench>;

/**
 * Vitest's `test` with a VS Code of its own for every test: a fresh user, the built extension installed, and a fresh git
 * repository open. `test.override('serverOptions', {…})` or `test.override('workspace', …)` change that for a describe block.
 * A failed test leaves a picture of each window and a log in out/e2e. With MAYDAY_VSCODE=oldest in the environment it is the
 * oldest supported VS Code.
 */
export const test = plainTest
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await openBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('serverOptions', (): VscodeServerOptions => ({}))
  .extend('workspace', async ({}, { onCleanup }) => {
    const workspace = await createTestWorkspace();
    onCleanup(() => workspace.remove());
    return workspace;
  })
  .extend('server', async ({ serverOptions }, { onCleanup }) => {
    const server = await startVscodeServer({
      release: process.env['MAYDAY_VSCODE'] === 'oldest' ? 'oldest' : 'latest',
      installedExtensions: [inject('extensionFolder')],
      ownHome: true,
      ...serverOptions,
    });
    onCleanup(() => server.stop());
    return server;
  })
  .extend('openWindow', ({ browser, server, workspace, task }, { onCleanup }) => {
    const windows: Workbench[] = [];
    const console: string[] = [];
    onCleanup(async () => {
      if (task.result?.state === 'fail') await keepEvidence(task.name, windows, server, console);
      for (const window of windows) await window.page.context().close();
    });
    const openWindow: OpenWindow = async (folder = workspace.folder) => {
      const prepare = (page: Workbench['page']): void => {
        page.on('console', (message) => console.push(message.text()));
      };
      const page = await openWorkbench(browser, server, { prepare, ...(folder === null ? {} : { folder }) });
      const window = workbenchOf(page, folder ?? '');
      windows.push(window);
      return window;
    };
    return openWindow;
  })
  .extend('workbench', ({ openWindow }) => openWindow());

async function keepEvidence(
  name: string,
  windows: readonly Workbench[],
  server: VscodeServer,
  console: readonly string[],
): Promise<void> {
  const stem = join(projectRoot, 'out/e2e', name.replaceAll(/[^\w-]+/g, '-').slice(0, 80));
  for (const [index, window] of windows.entries()) await window.screenshot(`${stem}-${index + 1}.png`);
  await writeFile(`${stem}.log`, [...console, '--- server ---', server.log()].join('\n'));
}
