/**
 * What each repository of a window is called where it is kept: the last part of its path, and before it as many of its parent
 * folders as tell it from the others (`one/api`, joined by `/`). Never an absolute path: where a repository is on a machine
 * is no part of the record.
 */
export function repositoryLabels(paths: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(paths)].map((path) => ({ path, parts: pathParts(path) }));
  return new Map(
    all.map(({ path, parts }) => {
      const others = all.filter((other) => other.path !== path);
      const isUnique = (length: number): boolean =>
        !others.some((other) => endsWith(other.parts, parts.slice(-length)));
      let length = 1;
      while (length < parts.length && !isUnique(length)) length += 1;
      return [path, parts.slice(-length).join('/')];
    }),
  );
}

/** The names in a path, without what makes it absolute: the root, or the letter of a drive. */
export function pathParts(path: string): readonly string[] {
  return path.split(/[/\\]/).filter((part, index) => part !== '' && !(index === 0 && /^[a-z]:$/i.test(part)));
}

/** True when the last names of a path are these; never for none. */
export function endsWith(parts: readonly string[], last: readonly string[]): boolean {
  if (last.length === 0 || last.length > parts.length) return false;
  return parts.slice(-last.length).every((part, index) => part === last[index]);
}
