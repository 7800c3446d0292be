import type { Locator, Page } from 'playwright-core';
import { contains, eventually, type Match } from './eventually.ts';
import type { PageElement } from './list.ts';

export interface EditorTab {
  readonly label: string;
  readonly active: boolean;
  /** It holds changes that are not saved. */
  readonly dirty: boolean;
}

/** Both sides of a compared file, the lines in sight only. */
export interface FileDiff {
  /** As the header of a multi-file diff says it; empty in a single diff. */
  readonly path: string;
  readonly original: string;
  readonly modified: string;
}

/** The editor area. */
export interface Editors {
  readonly tabs: () => Promise<EditorTab[]>;
  /** Waits until the active tab's label contains this; resolves with the label. */
  readonly waitForActive: (label: Match) => Promise<string>;
  /** Opens a tab by its label. */
  readonly activate: (label: string) => Promise<void>;
  /** The whole text of the active text editor. Puts the cursor at its start. */
  readonly text: () => Promise<string>;
  /** Waits until the lines in sight of the active text editor contain this; resolves with them. */
  readonly waitForText: (text: Match) => Promise<string>;
  /** Replaces the whole text of the active text editor. */
  readonly replaceText: (text: string) => Promise<void>;
  /** Puts the cursor at the start of a line, counted from 1. */
  readonly goToLine: (line: number) => Promise<void>;
  /** Types at the cursor, key by key, so that suggestions and the like come up. */
  readonly type: (text: string) => Promise<void>;
  /** Waits for the active diff editor and reads it. */
  readonly diff: () => Promise<FileDiff>;
  /** Waits for the active multi-file diff and reads the files in sight. */
  readonly multiDiff: () => Promise<FileDiff[]>;
  readonly save: () => Promise<void>;
  /** Closes all editors, throwing away what is not saved. */
  readonly closeAll: () => Promise<void>;
}

export function editorsOf(page: Page, runCommand: (title: string) => Promise<void>): Editors {
  const group = page.locator('.editor-group-container.active');
  const instance = group.locator('.editor-instance');
  const tabs = (): Promise<EditorTab[]> => group.locator('.tabs-container .tab').evaluateAll(readTabs);
  const focus = async (): Promise<void> => {
    await instance.locator('.monaco-editor').first().waitFor();
    await page.keyboard.press('ControlOrMeta+1');
    await instance.locator('.monaco-editor.focused').first().waitFor();
  };

  return {
    tabs,
    waitForActive: (label) =>
      eventually(
        `the active editor ${String(label)}`,
        async () => (await tabs()).find((tab) => tab.active && contains(tab.label, label))?.label,
        tabs,
      ),
    activate: (label) => group.locator('.tabs-container').getByRole('tab', { name: label }).click(),
    text: async () => {
      await focus();
      const before = await readClipboard(page);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('ControlOrMeta+C');
      const text = await readClipboard(page);
      await writeClipboard(page, before);
      await page.keyboard.press('ArrowLeft');
      return text;
    },
    waitForText: (text) =>
      eventually(
        `an editor with ${String(text)}`,
        async () => {
          const seen = await linesOf(instance);
          return contains(seen, text) ? seen : undefined;
        },
        () => linesOf(instance),
      ),
    replaceText: async (text) => {
      await focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(text);
    },
    goToLine: async (line) => {
      await focus();
      await page.keyboard.press('Control+G');
      await page.locator('.quick-input-box input').fill(`:${line}`);
      await page.keyboard.press('Enter');
    },
    type: async (text) => {
      await focus();
      await page.keyboard.type(text);
    },
    diff: async () => {
      await instance.locator('.editor.modified .view-line').first().waitFor();
      return { path: '', ...(await readDiff(instance)) };
    },
    multiDiff: async () => {
      await instance.locator('.multiDiffEntry .editor.modified .view-line').first().waitFor();
      const entries = await instance
        .locator('.multiDiffEntry')
        .filter({ has: page.locator('.view-line') })
        .all();
      return Promise.all(
        entries.map(async (entry) => ({
          path: (await entry.locator('.title.modified .monaco-icon-label').getAttribute('aria-label')) ?? '',
          ...(await readDiff(entry)),
        })),
      );
    },
    save: async () => {
      await focus();
      await page.keyboard.press('ControlOrMeta+S');
      await eventually('the editor saved', async () =>
        (await tabs()).some((tab) => tab.active && tab.dirty) ? undefined : true,
      );
    },
    closeAll: async () => {
      while ((await page.locator('.tabs-container .tab').count()) > 0) {
        await runCommand('View: Revert and Close Editor');
        await page.waitForTimeout(50);
      }
    },
  };
}

export function readClipboard(page: Page): Promise<string> {
  return page.evaluate<string>('navigator.clipboard.readText()');
}

export function writeClipboard(page: Page, text: string): Promise<void> {
  return page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
}

async function readDiff(owner: Locator): Promise<{ original: string; modified: string }> {
  return {
    original: await linesOf(owner.locator('.editor.original')),
    modified: await linesOf(owner.locator('.editor.modified')),
  };
}

/** The lines in sight, from top to bottom. */
function linesOf(owner: Locator): Promise<string> {
  return owner.locator('.view-lines .view-line').evaluateAll(readLines);
}

/** Runs in the page. */
function readLines(lines: readonly PageElement[]): string {
  return lines
    .map((line) => ({
      top: Number(/top:\s*(-?[\d.]+)/.exec(line.getAttribute('style') ?? '')?.[1] ?? 0),
      text: line.textContent ?? '',
    }))
    .sort((one, other) => one.top - other.top)
    .map((line) => line.text.replaceAll('\u00a0', ' '))
    .join('\n');
}

/** Runs in the page. */
function readTabs(tabs: readonly PageElement[]): EditorTab[] {
  return tabs.map((tab) => ({
    label: tab.querySelector('.label-name')?.textContent?.trim() ?? '',
    active: tab.getAttribute('aria-selected') === 'true',
    dirty: /\bdirty\b/.test(tab.className),
  }));
}
