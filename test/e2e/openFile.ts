import { eventually } from './pages/eventually.ts';
import type { Workbench } from './pages/workbench.ts';

/** Opens a file of the folder by its name, as a person does with Quick Open. */
export async function openFile({ page, input, editors }: Workbench, name: string): Promise<void> {
  await eventually('quick open', async () => {
    await page.keyboard.press('ControlOrMeta+P');
    return (await input.isOpen()) ? true : undefined;
  });
  await input.type(name);
  // Results come in turns: what is first at last is opened.
  await eventually(name, async () => ((await input.itemsInSight())[0]?.label === name ? true : undefined));
  await input.accept();
  // A tab does not show the ending when a file icon does.
  await editors.waitForActive(name.replace(/\.\w+$/, ''));
}
