import type { Page } from 'playwright-core';

export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The modal dialog of the window. */
export interface Dialogs {
  /** Waits for a dialog. */
  readonly read: () => Promise<Dialog>;
  /** Waits for a dialog, clicks a button, and waits until the dialog is gone. */
  readonly click: (button: string) => Promise<void>;
  readonly isOpen: () => Promise<boolean>;
}

export function dialogsOf(page: Page): Dialogs {
  const box = page.locator('.monaco-dialog-box');
  return {
    read: async () => {
      await box.waitFor();
      return {
        message: (await box.locator('.dialog-message-text').innerText()).trim(),
        detail: (await box.locator('.dialog-message-detail').innerText()).trim(),
        buttons: await box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
      };
    },
    click: async (button) => {
      await box.getByRole('button', { name: button, exact: true }).click();
      await box.waitFor({ state: 'detached' });
    },
    isOpen: () => box.isVisible(),
  };
}
