/**
 * Orders two values that came from JSON by their contents: negative, 0 or positive, the same for the same two contents
 * whatever wrote them. Keys may stand in any order. Total: any depth, and no recursion that a stranger's line could exhaust.
 */
export function compareContents(a: unknown, b: unknown): number {
  const waiting: (readonly [unknown, unknown])[] = [[a, b]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [one, other] = pair;
    if (Object.is(one, other)) continue;
    const order = compareKinds(one, other) || compareShallow(one, other, waiting);
    if (order !== 0) return order;
  }
  return 0;
}

const kinds = ['undefined', 'null', 'boolean', 'number', 'string', 'array', 'object'];

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function compareKinds(a: unknown, b: unknown): number {
  return kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b));
}

/** Two values of one kind: scalars by value; lists and objects by their size and keys, their elements later. */
function compareShallow(a: unknown, b: unknown, later: (readonly [unknown, unknown])[]): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = a.length - 1; index >= 0; index--) later.push([a[index], b[index]]);
    return a.length - b.length;
  }
  if (typeof a === 'object' && typeof b === 'object') {
    return compareFields(a as Record<string, unknown>, b as Record<string, unknown>, later);
  }
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareFields(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
  later: (readonly [unknown, unknown])[],
): number {
  const names = Object.keys(a).sort();
  const otherNames = Object.keys(b).sort();
  const order = compareContents(names, otherNames);
  if (order !== 0) return order;
  for (const name of names.reverse()) later.push([a[name], b[name]]);
  return 0;
}

/** NaN last, and 0 apart from -0, so that what is not the same is never equal. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return a === b ? (Object.is(a, -0) ? -1 : 1) : a - b;
}
