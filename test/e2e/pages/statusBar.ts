import type { Page } from 'playwright-core';
import { contains, eventually, type Match } from './eventually.ts';
import type { PageElement } from './list.ts';

export interface StatusBarItem {
  /** `publisher.extension.id` for an item of an extension. */
  readonly id: string;
  /** What is seen, without icons. */
  readonly text: string;
  /** What a screen reader says: the text with its tooltip. */
  readonly ariaLabel: string;
  readonly background: 'normal' | 'warning' | 'error';
}

export interface StatusBar {
  readonly items: () => Promise<StatusBarItem[]>;
  /** Waits for an item that contains this in its text, or has it as its id. */
  readonly find: (match: Match) => Promise<StatusBarItem>;
  readonly click: (match: Match) => Promise<void>;
}

export function statusBarOf(page: Page): StatusBar {
  const elements = page.locator('.statusbar-item');
  const items = (): Promise<StatusBarItem[]> => elements.evaluateAll(readStatusBarItems);
  const find = (match: Match): Promise<StatusBarItem> =>
    eventually(
      `the status bar item ${String(match)}`,
      async () => (await items()).find((item) => item.id === match || contains(item.text, match)),
      async () => (await items()).map((item) => item.text),
    );
  return {
    items,
    find,
    click: async (match) => {
      const { id } = await find(match);
      await page.locator(`.statusbar-item[id="${id}"] .statusbar-item-label`).click();
    },
  };
}

/** Runs in the page. */
function readStatusBarItems(elements: readonly PageElement[]): StatusBarItem[] {
  return elements.map((element) => ({
    id: element.getAttribute('id') ?? '',
    text: element.textContent?.trim() ?? '',
    ariaLabel: element.getAttribute('aria-label') ?? '',
    background: element.className.includes('error-kind')
      ? 'error'
      : element.className.includes('warning-kind')
        ? 'warning'
        : 'normal',
  }));
}
