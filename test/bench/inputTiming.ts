import { eventually } from '../e2e/pages/eventually.ts';
import type { Workbench } from '../e2e/pages/workbench.ts';

/** A command, and the placeholder by which the first input it shows is known. */
export interface TimedCommand {
  readonly title: string;
  readonly placeholder: string;
}

/** Lets the page finish what typing began. */
const restMs = 300;

/**
 * Runs in the page: notes when Enter goes down, and then when an input with that placeholder is to be seen. Both in
 * milliseconds of the page's own clock, so that nothing of the way to this process counts.
 */
const watchScript = (placeholder: string): string => `new Promise((resolve, reject) => {
  const widget = document.querySelector('.quick-input-widget');
  let pressedAt;
  const onKey = (event) => { if (event.key === 'Enter') pressedAt ??= event.timeStamp; };
  const isShown = () => {
    const box = widget.querySelector('.quick-input-box input');
    return box?.placeholder === ${JSON.stringify(placeholder)} && widget.style.display !== 'none';
  };
  const end = () => {
    observer.disconnect();
    window.removeEventListener('keydown', onKey, true);
    clearTimeout(timer);
  };
  const observer = new MutationObserver(() => {
    if (pressedAt === undefined || !isShown()) return;
    end();
    resolve(performance.now() - pressedAt);
  });
  const timer = setTimeout(() => { end(); reject(new Error('no input within 15 s')); }, 15_000);
  window.addEventListener('keydown', onKey, true);
  observer.observe(widget, { subtree: true, childList: true, attributes: true });
})`;

/** Milliseconds from Enter on a command in the palette until its input is there. Closes the input. */
export async function timeInput(workbench: Workbench, { title, placeholder }: TimedCommand): Promise<number> {
  const { page, input } = workbench;
  const isFirst = async (): Promise<boolean> =>
    (await input.itemsInSight()).some(({ index, label }) => index === 0 && label === title);
  await eventually(
    `${title} as the first item`,
    async () => {
      // A palette keeps what it knew when it was opened, and soon after the start VS Code does not know all yet.
      await openPalette(workbench, `>${title}`);
      for (let looks = 0; looks < 20 && !(await isFirst()); looks++) await page.waitForTimeout(50);
      if (await isFirst()) return true;
      await input.cancel();
      return undefined;
    },
    async () => ((await input.isOpen()) ? { ...(await input.state()), items: await input.itemsInSight() } : 'closed'),
  );
  const shown = page.evaluate<number>(watchScript(placeholder));
  await page.waitForTimeout(restMs);
  await page.keyboard.press('Enter');
  const took = await shown;
  await input.cancel();
  return took;
}

async function openPalette({ page, input }: Workbench, text: string): Promise<void> {
  await eventually('the command palette', async () => {
    // The first key after a page was loaded may get lost.
    if (!(await input.isOpen())) await page.keyboard.press('F1');
    return (await input.isOpen()) ? true : undefined;
  });
  await input.type(text);
}
