/** The files of a repository at a revision, as far as the frames of a trace can be among them. */
export interface RepositoryFiles {
  has(path: string): boolean;
  /** Paths whose last part is `name`, in the repository's order. */
  named(name: string): readonly string[];
}

/** Picks the files of these names out of a whole list: one pass over it, however long. */
export function repositoryFiles(paths: Iterable<string>, names: ReadonlySet<string>): RepositoryFiles {
  const byName = new Map<string, string[]>();
  const known = new Set<string>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!names.has(name)) continue;
    known.add(path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  return { has: (path) => known.has(path), named: (name) => byName.get(name) ?? [] };
}
