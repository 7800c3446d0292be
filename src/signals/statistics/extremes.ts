/**
 * The least and the greatest of numbers, Infinity and -Infinity when there are none. However many there are: as arguments of
 * `Math.max`, those of a large answer do not fit on the stack.
 */
export function extremes(values: readonly number[]): { readonly least: number; readonly greatest: number } {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return { least, greatest };
}
