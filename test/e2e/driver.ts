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
  { page, input }: Workbench,
  command: string,
  ...args: readonly unknown[]
): Promise<T> {
  const folder = await createTemporaryFolder('mayday-call-');
  const answer = join(folder.path, 'answer.json');
  try {
    await eventually('the box of the driver', async () => {
      // The first key after a page was loaded may get lost.
      if (!(await input.isOpen())) await page.keyboard.press('Control+Alt+Shift+F9');
      return (await input.isOpen()) && (await input.state()).title === 'Call a Command' ? true : undefined;
    });
    await input.type(JSON.stringify({ command, args, answer }));
    await input.accept();
    await eventually(`the answer of ${command}`, () => Promise.resolve(existsSync(answer) ? true : undefined));
    const { value, error } = JSON.parse(await readFile(answer, 'utf8')) as { value: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  } finally {
    await folder.remove();
  }
}
