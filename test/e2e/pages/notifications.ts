import type { Page } from 'playwright-core';
import { contains, eventually, type Match } from './eventually.ts';
import type { PageElement } from './list.ts';

export interface Notification {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The notifications in the corner of the window; those without a button go by themselves after some seconds. */
export interface Notifications {
  readonly all: () => Promise<Notification[]>;
  /** Waits for one that contains this text. */
  readonly find: (text: Match) => Promise<Notification>;
  /** Waits for one that contains this text, clicks a button of it, and waits until it is gone: going, it moves the focus. */
  readonly click: (text: Match, button: string) => Promise<void>;
  /** Removes all of them, and waits until they are gone. */
  readonly clear: () => Promise<void>;
}

export function notificationsOf(page: Page): Notifications {
  const toasts = page.locator('.notification-toast');
  const all = (): Promise<Notification[]> => toasts.evaluateAll(readNotifications);
  const find = (text: Match): Promise<Notification> =>
    eventually(
      `the notification ${String(text)}`,
      async () => (await all()).find((notification) => contains(notification.message, text)),
      all,
    );
  return {
    all,
    find,
    click: async (text, button) => {
      await find(text);
      const toast = toasts.filter({ hasText: text }).first();
      // Some buttons are only drawn while the pointer is over the notification.
      await toast.hover();
      const before = await toasts.count();
      await toast.getByRole('button', { name: button, exact: true }).click();
      await eventually('the notification to go', async () =>
        (await toasts.count()) < before || !(await all()).some(({ message }) => contains(message, text))
          ? true
          : undefined,
      );
    },
    clear: async () => {
      for (let left = await toasts.count(); left > 0; left = await toasts.count()) {
        const toast = toasts.first();
        await toast.hover();
        await toast.getByRole('button', { name: /^Clear Notification/ }).click();
        await eventually('the notification to go', async () => ((await toasts.count()) < left ? true : undefined));
      }
    },
  };
}

/** Runs in the page. */
function readNotifications(toasts: readonly PageElement[]): Notification[] {
  return toasts.map((toast) => {
    const icon = toast.querySelector('.notification-list-item-icon')?.className ?? '';
    const buttons = toast.querySelectorAll('.notification-list-item-buttons-container .monaco-text-button');
    return {
      severity: icon.includes('codicon-error') ? 'error' : icon.includes('codicon-warning') ? 'warning' : 'info',
      message: toast.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
      buttons: Array.from(buttons, (button) => button.textContent?.trim() ?? ''),
    };
  });
}
