import { basename } from 'node:path';

/** What a workspace folder names. */
export interface FolderItems<T> {
  readonly folder: string;
  readonly items: readonly T[];
}

/** What several folders name, no two of one name. */
export interface MergedByName<T> {
  readonly all: readonly T[];
  /** How what a folder calls so is called among all; undefined where the folder names nothing so. */
  called(folder: string, name: string): string | undefined;
  /** How the first that a folder names is called among all; undefined where it names nothing. */
  firstOf(folder: string): string | undefined;
}

/**
 * Puts together what folders name. The first of a name keeps it, later ones bear their folder's: `checkout (eu)`.
 * @param keyOf equal for what is the same and stands there once, under the name that came first.
 */
export function mergedByName<T extends { readonly name: string }>(
  folders: readonly FolderItems<T>[],
  keyOf: (item: T, folder: string) => string,
): MergedByName<T> {
  const byKey = new Map<string, T>();
  const taken = new Set<string>();
  const names = new Map<string, Map<string, string>>();
  for (const { folder, items } of folders) {
    const own = new Map<string, string>();
    for (const item of items) {
      const key = keyOf(item, folder);
      const merged = byKey.get(key) ?? { ...item, name: freeName(item.name, folder, taken) };
      byKey.set(key, merged);
      taken.add(merged.name);
      if (!own.has(item.name)) own.set(item.name, merged.name);
    }
    names.set(folder, own);
  }
  return {
    all: [...byKey.values()],
    called: (folder, name) => names.get(folder)?.get(name),
    firstOf: (folder) => names.get(folder)?.values().next().value,
  };
}

function freeName(name: string, folder: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const withFolder = `${name} (${basename(folder)})`;
  let free = withFolder;
  // Folders in different places may have one name as well.
  for (let count = 2; taken.has(free); count++) free = `${withFolder} ${String(count)}`;
  return free;
}
