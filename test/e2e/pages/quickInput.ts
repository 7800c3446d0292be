import type { Page } from 'playwright-core';
import { contains, eventually, matches, type Match } from './eventually.ts';
import { readAllRows, readRowsInSight, rowAt, type PageElement } from './list.ts';

export interface QuickInputItem {
  readonly index: number;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** `undefined` unless several can be picked. */
  readonly checked?: boolean;
}

/** What a quick pick or an input box says about itself. */
export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  /** The prompt, or the complaint about what was typed. */
  readonly message: string;
  readonly value: string;
}

/** The one quick pick or input box of the window. */
export interface QuickInput {
  readonly isOpen: () => Promise<boolean>;
  readonly state: () => Promise<QuickInputState>;
  /** Waits until it is open with this text in its title, placeholder or message. */
  readonly waitFor: (text: Match) => Promise<QuickInputState>;
  /** Waits until it is closed. */
  readonly waitForClose: () => Promise<void>;
  /** Replaces what is typed; fails when no box is there within `timeoutMs` (15 s). */
  readonly type: (text: string, timeoutMs?: number) => Promise<void>;
  /** The items from top to bottom, also those out of sight. */
  readonly items: () => Promise<QuickInputItem[]>;
  /** The items in sight only; quick, and enough when few are expected. */
  readonly itemsInSight: () => Promise<QuickInputItem[]>;
  /** Waits for an item by its label, and picks it. */
  readonly choose: (label: Match) => Promise<void>;
  /** Waits for an item of a pick of several, and checks or unchecks it. */
  readonly toggle: (label: Match) => Promise<void>;
  /** Presses a button of the title bar, of the box or of an item, by its tooltip. */
  readonly press: (button: string, ofItem?: Match) => Promise<void>;
  /** Enter. */
  readonly accept: () => Promise<void>;
  /** Escape, and waits until it is closed. */
  readonly cancel: () => Promise<void>;
}

export function quickInputOf(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget');
  const box = widget.locator('.quick-input-box input');
  const list = widget.locator('.quick-input-list .monaco-list').first();

  const isOpen = (): Promise<boolean> => widget.isVisible();
  const state = async (): Promise<QuickInputState> => ({
    title: (await widget.locator('.quick-input-title').innerText()).trim(),
    placeholder: (await box.getAttribute('placeholder')) ?? '',
    message: (await widget.locator('.quick-input-message').innerText()).trim(),
    value: await box.inputValue(),
  });
  const items = async (): Promise<QuickInputItem[]> => ((await list.isVisible()) ? readAllRows(list, readItems) : []);
  const findItem = (label: Match): Promise<QuickInputItem> => {
    let looks = 0;
    return eventually(
      `the item ${String(label)}`,
      async () => {
        // A list that still has to be filtered is long: only one that stays so is worth scrolling.
        const seen = ++looks < 15 ? await readRowsInSight(list, readItems) : await items();
        return seen.find((item) => matches(item.label, label));
      },
      async () => ((await isOpen()) ? { ...(await state()), items: await items() } : 'closed'),
    );
  };
  const waitForClose = (): Promise<void> => widget.waitFor({ state: 'hidden' });

  return {
    isOpen,
    state,
    waitForClose,
    items,
    itemsInSight: () => readRowsInSight(list, readItems),
    waitFor: (text) =>
      eventually(
        `a quick input with ${String(text)}`,
        async () => {
          if (!(await isOpen())) return undefined;
          const seen = await state();
          return [seen.title, seen.placeholder, seen.message].some((part) => contains(part, text)) ? seen : undefined;
        },
        async () => ((await isOpen()) ? state() : 'closed'),
      ),
    type: (text, timeoutMs = 15_000) => box.fill(text, { timeout: timeoutMs }),
    choose: async (label) => {
      const { index } = await findItem(label);
      await (await rowAt(list, index)).locator('.quick-input-list-entry').click();
    },
    toggle: async (label) => {
      const { index } = await findItem(label);
      await (await rowAt(list, index)).locator('.monaco-checkbox').click();
    },
    press: async (button, ofItem) => {
      const owner = ofItem === undefined ? widget : await rowAt(list, (await findItem(ofItem)).index);
      if (ofItem !== undefined) await owner.hover();
      await owner.getByRole('button', { name: button }).first().click();
    },
    accept: async () => {
      await box.press('Enter');
    },
    cancel: async () => {
      await box.press('Escape');
      await waitForClose();
    },
  };
}

/** Runs in the page. */
function readItems(rows: readonly PageElement[]): QuickInputItem[] {
  return rows.map((row) => {
    const text = (selector: string): string => row.querySelector(selector)?.textContent?.trim() ?? '';
    const checked =
      row.getAttribute('role') === 'checkbox' ? { checked: row.getAttribute('aria-checked') === 'true' } : {};
    return {
      index: Number(row.getAttribute('data-index')),
      label: text('.quick-input-list-row .label-name'),
      description: text('.quick-input-list-row .label-description'),
      detail: text('.quick-input-list-label-meta .label-name'),
      ...checked,
    };
  });
}
