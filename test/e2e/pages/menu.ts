import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/**
 * Opens a menu and chooses from it; several names lead through submenus. A menu closes when anything else takes the focus in
 * that moment, and takes no click in its first 100 ms; then it is opened again.
 */
export async function chooseFromMenu(page: Page, open: () => Promise<void>, names: readonly string[]): Promise<void> {
  const menus = page.locator('.monaco-menu');
  await eventually(`the menu item ${names.join(' › ')}`, async () => {
    try {
      await open();
      for (const [index, name] of names.entries()) {
        const item = menus.getByRole('menuitem', { name, exact: true }).last();
        await item.hover({ timeout: 2000 });
        await page.waitForTimeout(150);
        if (index === names.length - 1) await item.click({ timeout: 1000 });
      }
    } catch {
      await page.keyboard.press('Escape');
      return undefined;
    }
    await page.waitForTimeout(50);
    return (await menus.count()) === 0 ? true : undefined;
  });
}
