import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { inject, type TestContext } from 'vitest';
import { openWorkbench } from '../support/openWorkbench.ts';
import { projectRoot } from '../support/run.mjs';
import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from '../support/vscodeServer.ts';
import { driverExtension } from './driver.ts';
import { workbenchOf, type Workbench } from './pages/workbench.ts';

/** Who works in every window, as test/support/gitconfig has it. */
export const person = 'Robin Case <robin@example.com>';

/** One VS Code for several tests, with Mayday and the driver installed. */
export interface SharedHost {
  readonly server: VscodeServer;
  /** Where Mayday keeps what belongs to no repository; absolute. */
  readonly globalStorage: string;
  /** Opens a window; `null` opens it without a folder. */
  readonly openWindow: (folder: string | null) => Promise<Workbench>;
  /** Closes a window as a person does: its extension host ends. */
  readonly closeWindow: (window: Workbench) => Promise<void>;
  /** After a test that failed: a picture of each window and a log in out/e2e. */
  readonly keepEvidence: (task: TestContext['task']) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startSharedHost(browser: Browser, options: VscodeServerOptions = {}): Promise<SharedHost> {
  const server = await startVscodeServer({
    release: process.env['MAYDAY_VSCODE'] === 'oldest' ? 'oldest' : 'latest',
    installedExtensions: [inject('extensionFolder'), driverExtension],
    ownHome: true,
    ...options,
  });
  const windows = new Set<Workbench>();
  const console: string[] = [];
  const closeWindow = async (window: Workbench): Promise<void> => {
    windows.delete(window);
    // A page that just goes away may come back: its extension host would live on, and act.
    await window.page.goto('about:blank');
    await window.page.context().close();
  };
  return {
    server,
    globalStorage: join(server.dataFolder, 'data/User/globalStorage/mayday.mayday'),
    openWindow: async (folder) => {
      const prepare = (page: Workbench['page']): void => {
        page.on('console', (message) => console.push(message.text()));
      };
      const page = await openWorkbench(browser, server, { prepare, ...(folder === null ? {} : { folder }) });
      const window = workbenchOf(page, folder ?? '');
      windows.add(window);
      return window;
    },
    closeWindow,
    keepEvidence: async ({ result, name }) => {
      if (result?.state !== 'fail') return;
      const stem = join(projectRoot, 'out/e2e', name.replaceAll(/[^\w-]+/g, '-').slice(0, 80));
      await mkdir(dirname(stem), { recursive: true });
      for (const [index, window] of [...windows].entries()) await window.screenshot(`${stem}-${index + 1}.png`);
      await writeFile(`${stem}.log`, [...console, '--- server ---', server.log()].join('\n'));
    },
    stop: async () => {
      for (const { page } of windows) await page.context().close();
      await server.stop();
    },
  };
}
