import type { Page } from 'playwright-core';
import { join } from 'node:path';
import { format } from 'node:util';
import { openBrowser } from './browser.ts';
import { remotePath, workbenchAddress } from './openWorkbench.ts';
import { projectRoot } from './run.mjs';
import { sourceLocations } from './sourceLocations.ts';
import { parseMessage, type TestTotals } from './testTotals.ts';
import { createTestWorkspace } from './testWorkspace.ts';
import type { VscodeRelease } from './vscodeInstall.ts';
import { startVscodeServer } from './vscodeServer.ts';

const timeoutMs = 300_000;
const nothing: TestTotals = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs the built integration suite (out/integration.cjs) in the extension host of a VS Code from npm, on a fresh git
 * repository, and prints what it says. A host that dies or hangs counts as one failure. `grep` selects tests by name.
 */
export async function runIntegration(release: VscodeRelease, grep?: string): Promise<TestTotals> {
  const environment: Record<string, string> = grep ? { MAYDAY_TEST_GREP: grep } : {};
  const server = await startVscodeServer({ release, developmentMode: true, ownHome: true, environment });
  const browser = await openBrowser();
  const workspace = await createTestWorkspace();
  try {
    const page = await browser.newPage();
    const host = await listenToHost(page, await sourceLocations(join(projectRoot, 'out/integration.cjs')));
    const payload = [
      ['skipWelcome', 'true'],
      ['extensionDevelopmentPath', remotePath(server, projectRoot)],
      ['extensionTestsPath', remotePath(server, join(projectRoot, 'out/integration.cjs'))],
    ] as const;
    await page.goto(workbenchAddress(server, { folder: workspace.folder, payload }));
    return await host.totals;
  } finally {
    await browser.close();
    await server.stop();
    await workspace.remove();
  }
}

/** VS Code calls these two functions of the page with the console and the exit code of a host that runs tests. */
async function listenToHost(
  page: Page,
  toSource: (text: string) => string,
): Promise<{ readonly totals: Promise<TestTotals> }> {
  let settle: (totals: TestTotals) => void = () => undefined;
  const totals = new Promise<TestTotals>((resolve) => {
    settle = resolve;
  });
  const noise: string[] = [];
  const fail = (why: string): void => {
    console.log(toSource([...noise.slice(-3), why].join('\n')));
    settle({ ...(seen ?? nothing), failed: (seen?.failed ?? 0) + 1 });
  };
  let seen: TestTotals | undefined;
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const line = format(...args);
    const message = parseMessage(line);
    if (!message) noise.push(line);
    else if (message.kind === 'line') console.log(toSource(message.text));
    else seen = message.totals;
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    if (seen) settle(seen);
    else fail(`The extension host ended with code ${code} before its tests did.`);
  });
  setTimeout(() => {
    fail(`The extension host did not end within ${timeoutMs / 1000} s.`);
  }, timeoutMs).unref();
  return { totals };
}
