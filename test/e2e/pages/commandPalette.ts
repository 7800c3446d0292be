import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { quickInputOf } from './quickInput.ts';

export interface CommandPalette {
  /** The first commands that the palette offers for a text and that contain it, as shown: `Incident: Show Log`. */
  readonly commands: (text: string) => Promise<string[]>;
  /** Runs a command by its whole title, with the category: `Incident: Show Log`. */
  readonly run: (title: string) => Promise<void>;
}

export function commandPaletteOf(page: Page): CommandPalette {
  const input = quickInputOf(page);
  const open = async (text: string): Promise<void> => {
    await eventually('the command palette', async () => {
      // The first key after a page was loaded may get lost.
      if (!(await isPalette())) await page.keyboard.press('F1');
      if (!(await isPalette())) return undefined;
      // What comes to the front while a window loads closes it again.
      return input.type(`>${text}`, 1_000).then(
        () => true,
        () => undefined,
      );
    });
  };
  const isPalette = async (): Promise<boolean> => (await input.isOpen()) && (await input.state()).value.startsWith('>');

  return {
    commands: async (text) => {
      await open(text);
      const labels = async (): Promise<string[]> =>
        (await input.itemsInSight()).map((item) => item.label).filter((label) => label.includes(text));
      // When nothing matches, the palette shows what is similar: there is no sign that it is done but that it stays so.
      for (let seen = await labels(), quiet = 0; ; quiet++) {
        if (quiet === 5) {
          await input.cancel();
          return seen;
        }
        await page.waitForTimeout(100);
        const now = await labels();
        if (now.join() !== seen.join()) quiet = 0;
        seen = now;
      }
    },
    run: async (title) => {
      // A palette opened before VS Code knows the workspace lacks what needs trust, and never shows it: opened again, as a
      // person does, it has it. What a window that loads puts in front may close it, too.
      await eventually(`${title} in the palette`, async () => {
        await open(title);
        for (let looks = 0; looks < 20; looks++) {
          if (!(await isPalette())) return undefined;
          if ((await input.itemsInSight()).some(({ label }) => label.trim() === title)) return true;
          await page.waitForTimeout(50);
        }
        await input.cancel();
        return undefined;
      });
      await input.choose(title);
      await eventually('the command palette to close', async () => ((await isPalette()) ? undefined : true));
    },
  };
}
