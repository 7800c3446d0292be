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
export async function timeInput({ page, input }: Workbench, { title, placeholder }: TimedCommand): Promise<number> {
  await eventually(
    `${title} as the first item`,
    async () => {
      // The first key after a page was loaded may get lost, and a palette may close again while the page still settles.
      if (!(await input.isOpen())) await page.keyboard.press('F1');
      if (!(await input.isOpen())) return undefined;
      if ((await input.state()).value !== `>${title}`) await input.type(`>${title}`);
      const first = (await input.itemsInSight()).find(({ index }) => index === 0);
      return first?.label === title ? true : undefined;
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
