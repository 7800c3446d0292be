import type { Browser, Page } from 'playwright-core';
import type { VscodeServer } from './vscodeServer.ts';

export interface OpenWorkbenchOptions {
  /** Absolute path of the folder or the `.code-workspace` file to open; an empty window without one. */
  readonly folder?: string;
  /**
   * What a server in development mode is told, such as `['extensionDevelopmentPath', remotePath(server, path)]`; a name
   * may come more than once.
   */
  readonly payload?: readonly (readonly [name: string, value: string])[];
  /** Gets the page before the workbench loads in it. */
  readonly prepare?: (page: Page) => Promise<void> | void;
}

/** How a {@link VscodeServer} names an absolute path of its machine. */
export function remotePath(server: VscodeServer, path: string): string {
  return `vscode-remote://127.0.0.1:${server.port}${path}`;
}

/** The address of a folder, or of an empty window, for any browser. */
export function workbenchAddress(server: VscodeServer, options: OpenWorkbenchOptions = {}): string {
  const query = new URLSearchParams();
  // Without `ew` a browser that was here before would open its last folder again.
  if (options.folder) query.set(options.folder.endsWith('.code-workspace') ? 'workspace' : 'folder', options.folder);
  else query.set('ew', 'true');
  if (options.payload) query.set('payload', JSON.stringify(options.payload));
  return `${server.origin}/?${query.toString()}`;
}

/**
 * Opens a window of a server in a browser context of its own, 1440 × 900, and waits until the workbench is there and knows its
 * extensions. Closing the page's context closes the window.
 */
export async function openWorkbench(
  browser: Browser,
  server: VscodeServer,
  options: OpenWorkbenchOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  try {
    await options.prepare?.(page);
    await page.goto(workbenchAddress(server, options));
    await waitForWorkbench(page);
  } catch (error) {
    await context.close();
    throw error;
  }
  return page;
}

/** Waits until the workbench is drawn, and the extension host runs and has told what its extensions contribute. */
export async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction('performance.getEntriesByName("code/didLoadExtensions").length > 0', undefined, {
    timeout: 60_000,
  });
}
