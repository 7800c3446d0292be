/** A path in the file as people read it: `people[0].name`; empty for the file itself. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('')
    .replace(/^\./, '');
}
