import type { Locator, Page } from 'playwright-core';
import { eventually, matches, type Match } from './eventually.ts';
import { chooseFromMenu } from './menu.ts';
import { readAllRows, readRowsInSight, rowAt, type PageElement } from './list.ts';

export interface TreeRow {
  readonly index: number;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for a root. */
  readonly level: number;
  /** `undefined` for a row that has no children. */
  readonly expanded?: boolean;
  /** `undefined` for a row without a checkbox. */
  readonly checked?: boolean;
  /** The name of its codicon, such as `flame`; empty when it has none. */
  readonly icon: string;
  readonly selected: boolean;
}

/** A row by its label, or by the labels on the way to it from any ancestor: `['Response', 'Roles']`. */
export type RowPath = Match | readonly Match[];

/** One view of the side bar that shows a tree. */
export interface TreeView {
  /** All rows that are not inside a collapsed one, from top to bottom, also those out of sight. */
  readonly rows: () => Promise<TreeRow[]>;
  /** The rows as lines indented by level, `label  description`: what a person reads. */
  readonly text: () => Promise<string>;
  /** Waits for a row. */
  readonly find: (path: RowPath) => Promise<TreeRow>;
  /** Waits until no such row is there. */
  readonly waitForGone: (path: RowPath) => Promise<void>;
  /** Expands each row on the way, and the last. */
  readonly expand: (path: RowPath) => Promise<void>;
  readonly collapse: (path: RowPath) => Promise<void>;
  readonly click: (path: RowPath) => Promise<void>;
  /** Clicks the checkbox of a row, and waits until it shows the other state. */
  readonly toggle: (path: RowPath) => Promise<void>;
  /** Clicks an action shown in the row itself, by its title. */
  readonly inlineAction: (path: RowPath, action: string) => Promise<void>;
  /** Right-clicks a row and chooses from the menu; several names lead through submenus. */
  readonly contextMenu: (path: RowPath, ...item: readonly string[]) => Promise<void>;
  /** Clicks an action of the view's title, or of the `…` menu beside it. */
  readonly titleAction: (action: string) => Promise<void>;
  /** The text shown instead of a tree when there is nothing to show; empty when there is a tree. */
  readonly welcome: () => Promise<string>;
  /** Clicks a button or link in the welcome text. */
  readonly clickWelcome: (label: string) => Promise<void>;
  /** The message that the view shows above its tree. */
  readonly message: () => Promise<string>;
}

/** A tree view by the name of its view, whose container must be open (`workbench.openView`); a collapsed view is opened. */
export function treeViewOf(page: Page, name: string): TreeView {
  // What a view says beside its title is part of its label.
  const labels = `[aria-label="${name} Section"], [aria-label^="${name} - "]`;
  const pane = page.locator('.pane', { has: page.locator(`.pane-header:is(${labels})`) });
  const list = pane.locator('.monaco-list[role="tree"]');

  const uncollapse = async (): Promise<void> => {
    const collapsed = pane.locator('.pane-header[aria-expanded="false"]');
    if (await collapsed.isVisible()) await collapsed.click();
  };
  const rows = async (): Promise<TreeRow[]> => {
    await uncollapse();
    return (await list.isVisible()) ? readAllRows(list, readTreeRows) : [];
  };
  const text = async (): Promise<string> =>
    (await rows()).map((row) => `${'  '.repeat(row.level - 1)}${row.label}  ${row.description}`.trimEnd()).join('\n');
  const find = (path: RowPath): Promise<TreeRow> =>
    eventually(`the row ${describe(path)} in ${name}`, async () => findRow(await rows(), path), text);
  /** A row that is drawn anew between the press and the release of the button takes no click: waits until all are at rest. */
  const locate = async (path: RowPath): Promise<Locator> => {
    await find(path);
    let seen = '';
    for (let looks = 0; looks < 25; looks++) {
      const now = JSON.stringify(await readRowsInSight(list, readTreeRows));
      if (now === seen) break;
      seen = now;
      await page.waitForTimeout(80);
    }
    return rowAt(list, (await find(path)).index);
  };
  const setExpanded = async (path: RowPath, expanded: boolean): Promise<void> => {
    const isDone = async (): Promise<boolean> => (await find(path)).expanded === expanded;
    await eventually(`${describe(path)} ${expanded ? 'expanded' : 'collapsed'}`, async () => {
      if (await isDone()) return true;
      await (await locate(path)).locator('.monaco-tl-twistie').click();
      // A tree that is drawn anew meanwhile takes no click, or gives it to another row: then it is clicked again.
      for (let looks = 0; looks < 20; looks++) {
        if (await isDone()) return true;
        await page.waitForTimeout(50);
      }
      return undefined;
    });
    if (expanded) await waitForChildren(path);
  };
  /** Children come a moment later than the row opens; a row may also turn out to have none. */
  const waitForChildren = async (path: RowPath): Promise<void> => {
    for (let looks = 0; looks < 20; looks++) {
      const all = await rows();
      const parent = findRow(all, path);
      if (parent && (all[parent.index + 1]?.level ?? 0) > parent.level) return;
      await page.waitForTimeout(50);
    }
  };

  return {
    rows,
    text,
    find,
    waitForGone: async (path) => {
      await eventually(
        `no row ${describe(path)} in ${name}`,
        async () => (findRow(await rows(), path) ? undefined : true),
        text,
      );
    },
    expand: async (path) => {
      const labels = asList(path);
      for (let length = 1; length <= labels.length; length++) await setExpanded(labels.slice(0, length), true);
    },
    collapse: (path) => setExpanded(path, false),
    click: async (path) => (await locate(path)).click(),
    toggle: async (path) => {
      const before = (await find(path)).checked;
      const hasChanged = async (): Promise<boolean> => (await find(path)).checked !== before;
      await eventually(`the checkbox of ${describe(path)} to change`, async () => {
        // Under the pointer a hover comes up over the checkboxes below, and a click while the row is drawn again is lost.
        await (await locate(path)).getByRole('checkbox').dispatchEvent('click');
        for (let looks = 0; looks < 20; looks++) {
          if (await hasChanged()) return true;
          await page.waitForTimeout(50);
        }
        return undefined;
      });
    },
    inlineAction: async (path, action) => {
      // A row that is drawn anew under the mouse loses the actions that hovering showed: it is hovered again.
      await eventually(`the action ${action} of ${describe(path)}`, async () => {
        const row = await locate(path);
        const click = async (): Promise<true> => {
          await row.hover({ timeout: 2_000 });
          await row.locator(`.action-label[aria-label^="${action}"]`).click({ timeout: 2_000 });
          return true;
        };
        return click().catch(() => undefined);
      });
    },
    contextMenu: async (path, ...item) => {
      await chooseFromMenu(page, async () => (await locate(path)).click({ button: 'right' }), item);
    },
    titleAction: async (action) => {
      await pane.hover();
      const header = pane.locator('.pane-header');
      // A container with a single view shows the view's actions in its own title.
      const title = (await header.isVisible()) ? header : page.locator('.part.sidebar > .composite.title');
      // In older versions these links have no role.
      const button = title.locator(`.action-label[aria-label^="${action}"]`);
      if ((await button.count()) > 0) return button.click();
      const more = title
        .locator('.action-label[aria-label^="More Actions"], .action-label[aria-label^="Views and More"]')
        .first();
      const open = async (): Promise<void> => {
        // It is drawn while the pointer is over the view, and a notification that goes may take the pointer's place.
        await title.hover();
        await more.click({ timeout: 2000 });
      };
      await chooseFromMenu(page, open, [action]);
    },
    welcome: async () => {
      await uncollapse();
      const welcome = pane.locator('.welcome-view-content');
      return (await welcome.isVisible()) ? (await welcome.innerText()).trim() : '';
    },
    clickWelcome: (label) => {
      const welcome = pane.locator('.welcome-view-content');
      return welcome
        .getByRole('button', { name: label })
        .or(welcome.getByRole('link', { name: label }))
        .first()
        .click();
    },
    message: async () => {
      const message = pane.locator('.tree-explorer-viewlet-tree-view .message');
      return (await message.isVisible()) ? (await message.innerText()).trim() : '';
    },
  };
}

function asList(path: RowPath): readonly Match[] {
  return typeof path === 'string' || path instanceof RegExp ? [path] : path;
}

function describe(path: RowPath): string {
  return asList(path).map(String).join(' › ');
}

/** The first row whose label matches the last part, below rows that match the others. */
function findRow(rows: readonly TreeRow[], path: RowPath): TreeRow | undefined {
  const labels = asList(path);
  const isMatch = (row: TreeRow, match: Match): boolean =>
    matches(row.label, match) || (match instanceof RegExp && match.test(`${row.label} ${row.description}`));
  return rows.find((row) => {
    let level = row.level + 1;
    let missing = labels.length;
    for (let index = row.index; index >= 0 && missing > 0; index--) {
      const candidate = rows[index];
      if (!candidate || candidate.level >= level) continue;
      level = candidate.level;
      const wanted = labels[missing - 1];
      if (wanted !== undefined && isMatch(candidate, wanted)) missing--;
      else if (candidate === row) return false;
    }
    return missing === 0;
  });
}

/** Runs in the page. */
function readTreeRows(rows: readonly PageElement[]): TreeRow[] {
  return rows.map((row) => {
    const text = (selector: string): string => row.querySelector(selector)?.textContent?.trim() ?? '';
    const expanded = row.getAttribute('aria-expanded');
    const checkbox = row.querySelector('[role="checkbox"]');
    const icon = row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '';
    return {
      index: Number(row.getAttribute('data-index')),
      label: text('.label-name'),
      description: text('.label-description'),
      ariaLabel: row.getAttribute('aria-label') ?? '',
      level: Number(row.getAttribute('aria-level')),
      icon: /codicon-([a-z0-9-]+)/.exec(icon)?.[1] ?? '',
      selected: row.getAttribute('aria-selected') === 'true',
      ...(expanded === null ? {} : { expanded: expanded === 'true' }),
      ...(checkbox ? { checked: checkbox.getAttribute('aria-checked') === 'true' } : {}),
    };
  });
}
