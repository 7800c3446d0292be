import type { Document, LineCounter, Node } from 'yaml';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Diagnostic } from './diagnostic.ts';

/** A stretch of the file, counted as in Diagnostic. */
export type Place = Pick<Diagnostic, 'line' | 'column' | 'endLine' | 'endColumn'>;
type Segment = string | number;

/** Where two offsets of the text are, at least one character wide. */
export function placeOfRange(lines: LineCounter, start: number, end: number): Place {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start, end));
  const endColumn = to.line === from.line ? Math.max(to.col, from.col + 1) : to.col;
  return { line: from.line, column: from.col, endLine: to.line, endColumn };
}

/**
 * Where the value at `path` is. A map or list is shown by its key, and what is missing by what should hold it.
 * `ofKey` asks for the key itself.
 */
export function placeOfPath(
  document: Document,
  lines: LineCounter,
  path: readonly Segment[],
  { ofKey = false } = {},
): Place {
  let place: Node | undefined;
  let node: unknown = document.contents;
  for (const [index, segment] of path.entries()) {
    const found = step(resolved(document, node), segment);
    if (!found) break;
    const isLast = index === path.length - 1;
    const { key, value } = found;
    const wantsKey = key && (!isScalar(value) || value.range?.[0] === value.range?.[1] || (isLast && ofKey));
    place = wantsKey ? key : isNode(value) ? value : place;
    node = value;
  }
  const [start, end] = place?.range ?? firstRange(document);
  return placeOfRange(lines, start, end);
}

function firstRange(document: Document): readonly [number, number] {
  const { contents } = document;
  if (isMap(contents)) return firstKey(contents.items) ?? [0, 0];
  const range = contents?.range;
  return range ? [range[0], range[1]] : [0, 0];
}

function firstKey(items: readonly { key: unknown }[]): readonly [number, number] | undefined {
  const key = items[0]?.key;
  return isNode(key) && key.range ? [key.range[0], key.range[1]] : undefined;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function step(node: unknown, segment: Segment): { readonly key?: Node; readonly value: unknown } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(segment)];
    if (item === undefined) return undefined;
    // An item that is a map is shown by its first key: the whole of it would mark many lines.
    const first = isMap(item) ? item.items[0]?.key : undefined;
    return isNode(first) ? { key: first, value: item } : { value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && nameOf(item.key) === String(segment));
  if (!pair) return undefined;
  return isNode(pair.key) ? { key: pair.key, value: pair.value } : { value: pair.value };
}

/** The key of a pair as the plain object that it becomes has it. */
export function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
