import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../support/run.mjs';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from './pages/eventually.ts';
import type { Workbench } from './pages/workbench.ts';

/** The extension to install beside Mayday, so that a test can call commands as other extensions do. */
export const driverExtension = join(projectRoot, 'test/e2e/driver');

/**
 * Calls a command in the extension host of a window, past palette and menus, and resolves with what it gives. Throws its
 * error's message, with the hint.
 */
export async function callCommand<T = unknown>(
  window: Workbench,
  command: string,
  ...args: readonly unknown[]
): Promise<T> {
  const folder = await createTemporaryFolder('mayday-call-');
  const answer = join(folder.path, 'answer.json');
  try {
    await eventually(`${command} to begin`, async () => {
      await openBox(window);
      await window.input.type(JSON.stringify({ command, args, answer }));
      await window.input.accept();
      // A box of an extension host that was killed takes what is typed, and nobody hears of it: then it is typed again.
      return (await isThere(`${answer}.begun`, 3_000)) ? true : undefined;
    });
    await eventually(`the answer of ${command}`, () => Promise.resolve(existsSync(answer) ? true : undefined));
    const { value, error } = JSON.parse(await readFile(answer, 'utf8')) as { value: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  } finally {
    await folder.remove();
  }
}

/** The first key after a page was loaded may get lost; one that is only late would open a second box behind the first. */
async function openBox({ page, input }: Workbench): Promise<void> {
  const isOpen = async (): Promise<boolean> =>
    (await input.isOpen()) && (await input.state()).title === 'Call a Command';
  await eventually('the box of the driver', async () => {
    if (await isOpen()) return true;
    await page.keyboard.press('Control+Alt+Shift+F9');
    for (let looks = 0; looks < 60; looks++) {
      if (await isOpen()) return true;
      await page.waitForTimeout(50);
    }
    return undefined;
  });
}

async function isThere(file: string, patienceMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
    if (existsSync(file)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return existsSync(file);
}
