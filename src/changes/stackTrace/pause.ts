/** True for every line after which a parser lets others work: some milliseconds lie between two of them. */
export function isPause(line: number): boolean {
  return line % 1000 === 999;
}
