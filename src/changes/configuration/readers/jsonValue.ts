import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Plain } from '../structuralDifferences.ts';
import { lineNumbers } from './lineNumbers.ts';
import type { LocatedValue, MemberLines } from './locatedValue.ts';
import { locatedValue } from './locatedValue.ts';
import { unreadableAt } from './unreadableAt.ts';
import { integer } from './yamlScalars.ts';

/**
 * The value of a JSON file, with comments and trailing commas as people write them; of duplicate keys the last.
 * Throws UnreadableConfiguration, `line N: why`.
 */
export function jsonValue(text: string): LocatedValue {
  const plain = text.replace(/^\ufeff/, '');
  let located: LocatedValue | undefined;
  const bySyntax = (): LocatedValue => (located ??= fromTree(plain));
  const quick = quickly(plain);
  // Lines are wanted of the few values that differ, if any.
  return quick ? { value: quick.value, lineOf: (place) => bySyntax().lineOf(place) } : bySyntax();
}

/** By the engine's own parser, a hundred times as fast. Undefined for what it refuses, and integers that it would round. */
function quickly(text: string): { readonly value: Plain } | undefined {
  if (/\d{16}/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) as Plain };
  } catch (error) {
    // Comments, perhaps; the other parser tells where a mistake is.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fromTree(text: string): LocatedValue {
  const lineOf = lineNumbers(text);
  const errors: ParseError[] = [];
  const tree = parsed(text, errors);
  const [first] = errors;
  if (first) throw unreadableAt(lineOf(first.offset), wordsOf(first));
  if (!tree) throw unreadableAt(1, 'there is nothing in it');
  const lines: MemberLines = new WeakMap();
  return locatedValue(read(tree, { text, lineOf, lines }), lineOf(tree.offset), lines);
}

function parsed(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) throw unreadableAt(1, 'nested too deeply');
    throw error;
  }
}

/** `PropertyNameExpected` as words. */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
}

interface Reading {
  readonly text: string;
  readonly lineOf: (offset: number) => number;
  readonly lines: MemberLines;
}

function read(node: Node, reading: Reading): Plain {
  const { children = [] } = node;
  if (node.type === 'array') {
    const list = children.map((child) => read(child, reading));
    reading.lines.set(
      list,
      children.map(({ offset }) => reading.lineOf(offset)),
    );
    return list;
  }
  return node.type === 'object' ? record(children, reading) : leaf(node, reading);
}

function record(properties: readonly Node[], reading: Reading): Plain {
  const value = Object.create(null) as Record<string, Plain>;
  const lines = new Map<string, number>();
  for (const { children: [key, member] = [] } of properties) {
    if (!key || !member) continue;
    value[String(key.value)] = read(member, reading);
    lines.set(String(key.value), reading.lineOf(key.offset));
  }
  reading.lines.set(value, lines);
  return value;
}

function leaf({ value, offset, length }: Node, { text }: Reading): Plain {
  const source = text.slice(offset, offset + length);
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return isRounded ? integer(source) : (value as Plain);
}
