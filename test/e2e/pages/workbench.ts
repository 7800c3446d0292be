import type { Page } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitForWorkbench } from '../../support/openWorkbench.ts';
import { commandPaletteOf, type CommandPalette } from './commandPalette.ts';
import { dialogsOf, type Dialogs } from './dialogs.ts';
import { editorsOf, readClipboard, writeClipboard, type Editors } from './editors.ts';
import { notificationsOf, type Notifications } from './notifications.ts';
import { quickInputOf, type QuickInput } from './quickInput.ts';
import { statusBarOf, type StatusBar } from './statusBar.ts';
import { treeViewOf, type TreeView } from './treeView.ts';

/** A window of VS Code as a person sees and drives it. */
export interface Workbench {
  readonly page: Page;
  /** Absolute path of the folder that is open. */
  readonly folder: string;
  readonly palette: CommandPalette;
  readonly input: QuickInput;
  readonly statusBar: StatusBar;
  readonly notifications: Notifications;
  readonly editors: Editors;
  readonly dialogs: Dialogs;
  /** Runs a command from the palette by its whole title: `Incident: Show Log`. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Opens a view container by its name in the activity bar, such as `Incidents`. */
  readonly openView: (container: string) => Promise<void>;
  /** A tree view by its name; its container must be open. */
  readonly tree: (view: string) => TreeView;
  /** What the clipboard holds. */
  readonly clipboard: () => Promise<string>;
  readonly setClipboard: (text: string) => Promise<void>;
  /** Presses keys as a person does: `Control+Shift+P`. */
  readonly press: (keys: string) => Promise<void>;
  /** Saves a picture of the window as a PNG file, making its folder. */
  readonly screenshot: (file: string) => Promise<void>;
  /** Reloads the window, and waits until it is ready again. */
  readonly reload: () => Promise<void>;
}

/** Everything that drives the workbench in a page that {@link openWorkbench} opened. */
export function workbenchOf(page: Page, folder: string): Workbench {
  const palette = commandPaletteOf(page);
  return {
    page,
    folder,
    palette,
    input: quickInputOf(page),
    statusBar: statusBarOf(page),
    notifications: notificationsOf(page),
    editors: editorsOf(page, (title) => palette.run(title)),
    dialogs: dialogsOf(page),
    runCommand: (title) => palette.run(title),
    openView: (container) => openView(page, container),
    tree: (view) => treeViewOf(page, view),
    clipboard: () => readClipboard(page),
    setClipboard: (text) => writeClipboard(page, text),
    press: (keys) => page.keyboard.press(keys),
    screenshot: async (file) => {
      await mkdir(dirname(file), { recursive: true });
      await page.screenshot({ path: file, animations: 'disabled' });
    },
    reload: async () => {
      await page.reload();
      await waitForWorkbench(page);
    },
  };
}

async function openView(page: Page, container: string): Promise<void> {
  // Its name is followed by its keybinding, and by what its badge says.
  const tab = page.locator('.activitybar [role="tab"]', {
    has: page.locator(`.action-label[aria-label^="${container}"]`),
  });
  await tab.waitFor();
  // A click on the container that is open would close the side bar.
  if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
}
