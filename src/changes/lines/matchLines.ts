/** How much comparing one pair of texts may take in all, in steps of some nanoseconds: what goes beyond stays unmatched. */
const mostSteps = 4_000_000;

/** How many differences are sought between two lines that both texts have once. */
const mostDifferences = 400;

/**
 * Which line of `to` each line of `from` is, -1 where it is not there any more: only lines of the same text, in the same
 * order. Lines that both have once are matched first (the longest rising row of them), then what lies between, with the
 * fewest differences (E. Myers, "An O(ND) Difference Algorithm", 1986). Its time is bounded, at the cost of lines that are
 * not matched where two texts have little in common.
 */
export function matchLines(from: readonly string[], to: readonly string[]): Int32Array {
  const matches = new Int32Array(from.length).fill(-1);
  const whole = { a0: 0, a1: from.length, b0: 0, b1: to.length };
  // Most of a text is as it was: that needs no numbers.
  const rest = trimmed({ a: from, b: to, matches }, whole);
  if (rest === undefined) return matches;
  const numbers = new Map<string, number>();
  const a = numbered(from, rest.a0, rest.a1, numbers);
  const b = numbered(to, rest.b0, rest.b1, numbers);
  const search: Search = { a, b, matches, steps: mostSteps, counts: new Int32Array(numbers.size * 4) };
  const open: Box[] = [rest];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const inner = trimmed(search, box);
    if (inner === undefined || search.steps <= 0) continue;
    const anchors = anchorsIn(search, inner);
    if (anchors.length === 0) fewestDifferences(search, inner);
    else for (const part of between(inner, anchors)) open.push(part);
  }
  return matches;
}

interface Search {
  /** Lines as numbers: the same text, the same number. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly matches: Int32Array;
  /** What is left to spend. */
  steps: number;
  /** Four cells for each number: how often it is in the box of either text, and where last. */
  readonly counts: Int32Array;
}

/** Lines `a0` to before `a1` of the one text, and `b0` to before `b1` of the other. */
interface Box {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** Lines `start` to before `end` as numbers. */
function numbered(lines: readonly string[], start: number, end: number, numbers: Map<string, number>): Int32Array {
  const result = new Int32Array(end);
  for (let index = start; index < end; index++) {
    const line = lines[index] ?? '';
    let number = numbers.get(line);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(line, number);
    }
    result[index] = number;
  }
  return result;
}

/** Matches what both begin and end with; gives the rest, undefined when one of them has none. */
function trimmed(
  { a, b, matches }: { readonly a: ArrayLike<unknown>; readonly b: ArrayLike<unknown>; readonly matches: Int32Array },
  { a0, a1, b0, b1 }: Box,
): Box | undefined {
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) matches[a0++] = b0++;
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) matches[--a1] = --b1;
  return a0 < a1 && b0 < b1 ? { a0, a1, b0, b1 } : undefined;
}

/** The longest row of pairs of lines that both parts have once, rising in both. */
function anchorsIn(search: Search, { a0, a1, b0, b1 }: Box): readonly Pair[] {
  const { a, b, counts } = search;
  for (let at = a0; at < a1; at++) count(counts, a[at] ?? 0, 0, at);
  for (let at = b0; at < b1; at++) count(counts, b[at] ?? 0, 2, at);
  const pairs: Pair[] = [];
  for (let at = a0; at < a1; at++) {
    const cell = (a[at] ?? 0) * 4;
    if (counts[cell] === 1 && counts[cell + 2] === 1) pairs.push({ a: at, b: counts[cell + 3] ?? 0 });
  }
  for (let at = a0; at < a1; at++) counts.fill(0, (a[at] ?? 0) * 4, (a[at] ?? 0) * 4 + 4);
  for (let at = b0; at < b1; at++) counts.fill(0, (b[at] ?? 0) * 4, (b[at] ?? 0) * 4 + 4);
  search.steps -= 4 * (a1 - a0 + b1 - b0);
  return longestRising(pairs);
}

function count(counts: Int32Array, number: number, side: 0 | 2, at: number): void {
  const cell = number * 4 + side;
  counts[cell] = (counts[cell] ?? 0) + 1;
  counts[cell + 1] = at;
}

/** By patience sorting: `pairs` rise in `a`. */
function longestRising(pairs: readonly Pair[]): readonly Pair[] {
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length);
  for (const [index, { b }] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.b ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tops[low - 1] ?? -1);
    tops[low] = index;
  }
  const rising: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) rising.push(pair);
  }
  return rising.reverse();
}

/** The parts between anchors; each begins with its anchor, which `trimmed` matches. */
function between({ a0, a1, b0, b1 }: Box, anchors: readonly Pair[]): readonly Box[] {
  const starts = [{ a: a0, b: b0 }, ...anchors];
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? { a: a1, b: b1 };
    return { a0: start.a, a1: end.a, b0: start.b, b1: end.b };
  });
}

/** Walks all ends that are reachable with 0, 1, 2, … differences, then back from the one that got through. */
function fewestDifferences(search: Search, { a0, a1, b0, b1 }: Box): void {
  const { a, b } = search;
  const [width, height] = [a1 - a0, b1 - b0];
  const most = Math.min(mostDifferences, width + height);
  const offset = most + 1;
  let ends = new Int32Array(2 * most + 3);
  const trail: Int32Array[] = [];
  for (let differences = 0; differences <= most && search.steps > 0; differences++) {
    trail.push(ends);
    ends = ends.slice();
    search.steps -= ends.length >> 3;
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const [above, beside] = [ends[offset + diagonal + 1] ?? 0, ends[offset + diagonal - 1] ?? 0];
      const down = diagonal === -differences || (diagonal !== differences && beside < above);
      let x = down ? above : beside + 1;
      const start = x;
      while (x < width && x - diagonal < height && a[a0 + x] === b[b0 + x - diagonal]) x++;
      search.steps -= 1 + x - start;
      ends[offset + diagonal] = x;
      if (x >= width && x - diagonal >= height) {
        walkBack(search, { a0, a1, b0, b1 }, { trail, offset });
        return;
      }
    }
  }
}

function walkBack(
  { matches }: Search,
  { a0, a1, b0, b1 }: Box,
  { trail, offset }: { readonly trail: readonly Int32Array[]; readonly offset: number },
): void {
  let [x, y] = [a1 - a0, b1 - b0];
  for (let differences = trail.length - 1; differences >= 0; differences--) {
    const ends = trail[differences];
    const diagonal = x - y;
    const [above, beside] = [ends?.[offset + diagonal + 1] ?? 0, ends?.[offset + diagonal - 1] ?? 0];
    const down = diagonal === -differences || (diagonal !== differences && beside < above);
    const before = down ? above : beside;
    const [fromX, fromY] = differences === 0 ? [0, 0] : [before, before - (down ? diagonal + 1 : diagonal - 1)];
    while (x > fromX && y > fromY) matches[a0 + --x] = b0 + --y;
    [x, y] = [fromX, fromY];
  }
}
