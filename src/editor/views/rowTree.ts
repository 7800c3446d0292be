import * as vscode from 'vscode';
import { ask } from '../platform/request.ts';
import type { Row } from '../rows/row.ts';
import { rowsById, sameRow } from '../rows/row.ts';

/** What VS Code holds for a row: the row itself is looked up, so that it can change under it. */
export interface RowElement {
  readonly id: string;
  /** What the row is about: commands on it receive the element. */
  readonly rowArgs: Readonly<Record<string, unknown>>;
}

export interface RowTree extends vscode.TreeDataProvider<RowElement> {
  /** Shows other rows; only those that changed are drawn again. */
  update(rows: readonly Row[]): void;
  elementOf(id: string): RowElement | undefined;
  rowOf(element: RowElement): Row | undefined;
}

/**
 * A tree of rows. `loadChildren` is called for a row with an empty list of children the first time it is opened: it
 * updates the tree and resolves when they are there.
 */
export function createRowTree(loadChildren: (row: Row) => Promise<void>): RowTree {
  const changed = new vscode.EventEmitter<RowElement | RowElement[] | undefined>();
  const elements = new Map<string, RowElement>();
  const parents = new Map<string, string>();
  let roots: readonly Row[] = [];
  let rows = new Map<string, Row>();

  const elementOf = (row: Row): RowElement => {
    const known = elements.get(row.id);
    if (known !== undefined) return known;
    const element: RowElement = {
      id: row.id,
      get rowArgs() {
        return rows.get(row.id)?.args ?? {};
      },
    };
    elements.set(row.id, element);
    return element;
  };

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (element) => toTreeItem(rows.get(element.id) ?? { id: element.id, label: '' }),
    async getChildren(element) {
      if (element === undefined) return roots.map(elementOf);
      const row = rows.get(element.id);
      if (row?.children?.length === 0) await loadChildren(row);
      return (rows.get(element.id)?.children ?? []).map(elementOf);
    },
    getParent(element) {
      const parent = rows.get(parents.get(element.id) ?? '');
      return parent === undefined ? undefined : elementOf(parent);
    },
    elementOf(id) {
      const row = rows.get(id);
      return row === undefined ? undefined : elementOf(row);
    },
    rowOf: (element) => rows.get(element.id),
    update(next) {
      const before = rows;
      const sameRoots = roots.length === next.length && roots.every((row, index) => row.id === next[index]?.id);
      roots = next;
      rows = rowsById(next);
      parents.clear();
      for (const row of rows.values()) for (const child of row.children ?? []) parents.set(child.id, row.id);
      for (const id of elements.keys()) if (!rows.has(id)) elements.delete(id);
      if (!sameRoots) {
        changed.fire(undefined);
        return;
      }
      const stale = [...rows.values()].filter((row) => {
        const old = before.get(row.id);
        return old !== undefined && elements.has(row.id) && !sameRow(old, row);
      });
      if (stale.length > 0) changed.fire(stale.map(elementOf));
    },
  };
}

function toTreeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleState(row));
  item.id = row.id;
  if (row.description !== undefined) item.description = row.description;
  item.tooltip = row.tooltip ?? [row.label, row.description].filter((text) => text !== undefined).join('\n');
  if (row.icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(
      row.icon.id,
      row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
    );
  }
  if (row.context !== undefined) item.contextValue = row.context;
  if (row.checked !== undefined) {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    // Without a name of its own, a screen reader says of the box only that it is one.
    const accessibilityInformation = { label: row.label };
    item.checkboxState = { state: row.checked ? Checked : Unchecked, accessibilityInformation };
  }
  item.accessibilityInformation = { label: row.aria ?? [row.label, row.description].filter(Boolean).join(', ') };
  if (row.command !== undefined) {
    item.command = { command: row.command.id, title: row.label, arguments: [ask(row.command.args)] };
  }
  return item;
}

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  if (row.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return row.expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
