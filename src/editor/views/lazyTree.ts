import * as vscode from 'vscode';
import type { RowElement, RowTree } from './rowTree.ts';

/** A tree that stands in for one that loads when VS Code first asks for its rows. */
export interface LazyTree extends vscode.TreeDataProvider<RowElement> {
  /** Passes on what changes in the tree from now on. */
  follow(tree: RowTree): void;
}

export function createLazyTree(load: () => Promise<RowTree>): LazyTree {
  const changed = new vscode.EventEmitter<RowElement | RowElement[] | undefined>();
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: async (element) => (await load()).getTreeItem(element),
    getChildren: async (element) => (await load()).getChildren(element),
    getParent: async (element) => (await load()).getParent?.(element),
    follow(tree) {
      tree.onDidChangeTreeData?.((element) => {
        changed.fire(element ?? undefined);
      });
    },
  };
}
