import type { CST, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, Composer, LineCounter, Parser } from 'yaml';
import type { Plain } from '../structuralDifferences.ts';
import type { PlainScalar } from '../structure/plainKinds.ts';
import type { LocatedValue, MemberLines } from './locatedValue.ts';
import { locatedValue } from './locatedValue.ts';
import { unreadableAt } from './unreadableAt.ts';
import { integer, keyOfScalar } from './yamlScalars.ts';

/** What aliases may make of a file: more values than this, and it is a bomb. */
const mostValues = 500_000;

/** The library takes some milliseconds for a kilobyte of this, and the editor waits: larger files are told line by line. */
const largest = 128 * 1024;
/** Deeper nesting nobody writes, and the library takes quadratic time for it. */
const deepestBrackets = 200;
const deepestBlocks = 100;

/** A text that is read as a part of a file: the number of its first line, and where the lines of its members are noted. */
export interface PartOfFile {
  readonly line: number;
  readonly lines: MemberLines;
}

/**
 * All documents of a YAML file (YAML 1.2, merge keys, duplicate keys by their last value), by the library. Aliases share
 * what they refer to. Tags that no schema knows stay before their value, `!Ref Topic`.
 * Throws UnreadableConfiguration for what does not parse and for aliases that multiply or refer to themselves.
 */
export function fullYaml(text: string, part: PartOfFile = { line: 1, lines: new WeakMap() }): readonly LocatedValue[] {
  refuseExcess(text);
  const counter = new LineCounter();
  const documents = parsed(text, counter);
  const failed = documents.flatMap(({ errors }) => errors).toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  if (failed) throw unreadableAt(counter.linePos(failed.pos[0]).line, failed.message);
  return documents.map((document) => {
    const reading: Reading = { ...part, counter, anchors: new Map(), open: new Set() };
    const { value } = read(document.contents, reading);
    return locatedValue(value, lineOf(document.contents, reading), reading.lines);
  });
}

function refuseExcess(text: string): void {
  if (text.length > largest) throw unreadableAt(1, `more than ${largest / 1024} KB of YAML that takes long to read`);
  let depth = 0;
  for (const [index, row] of text.split('\n').entries()) {
    const lead = /^[- ?]*/.exec(row)?.[0] ?? '';
    const dashes = lead.replaceAll(' ', '').length;
    for (const [bracket] of row.matchAll(/[[\]{}]/g)) depth = Math.max(0, depth + (/[[{]/.test(bracket) ? 1 : -1));
    const isExcess =
      depth > deepestBrackets || lead.length > 4 * deepestBlocks || (dashes > deepestBlocks && /- -|\? \?/.test(lead));
    if (isExcess) throw unreadableAt(index + 1, 'nested too deeply');
  }
}

function parsed(text: string, counter: LineCounter): readonly Document.Parsed[] {
  // The search for duplicate keys takes quadratic time.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  try {
    return [...composer.compose(soundTokens(text, counter))];
  } catch (error) {
    // Brackets in brackets, a hundred thousand times.
    if (error instanceof RangeError) throw unreadableAt(1, 'nested too deeply');
    throw error;
  }
}

/** Ends at the first mistake: what is no YAML at all has one in every line. */
function* soundTokens(text: string, counter: LineCounter): Generator<CST.Token> {
  for (const token of new Parser(counter.addNewLine).parse(text)) {
    if (token.type === 'error') throw unreadableAt(counter.linePos(token.offset).line, token.message);
    yield token;
  }
}

interface Sized {
  readonly value: Plain;
  /** How many values it is with its aliases written out. */
  readonly size: number;
}

interface Reading extends PartOfFile {
  readonly counter: LineCounter;
  readonly anchors: Map<string, Sized>;
  /** Anchors whose value is still being read: an alias to one would never end. */
  readonly open: Set<string>;
}

function lineOf(node: unknown, { counter, line }: Reading): number {
  const range = (node as Node | null | undefined)?.range;
  return line - 1 + (range ? counter.linePos(range[0]).line : 1);
}

function read(node: unknown, reading: Reading): Sized {
  if (isAlias(node)) return aliased(node.source, lineOf(node, reading), reading);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { value: null, size: 1 };
  const { anchor } = node;
  if (anchor !== undefined) reading.open.add(anchor);
  const result = isScalar(node) ? scalar(node) : isMap(node) ? record(node, reading) : list(node, reading);
  if (result.size > mostValues) {
    throw unreadableAt(lineOf(node, reading), `aliases make more than ${mostValues} values of it`);
  }
  if (anchor !== undefined) {
    reading.open.delete(anchor);
    reading.anchors.set(anchor, result);
  }
  return result;
}

function aliased(name: string, line: number, { anchors, open }: Reading): Sized {
  if (open.has(name)) throw unreadableAt(line, `*${name} refers to what it is part of`);
  const target = anchors.get(name);
  if (!target) throw unreadableAt(line, `*${name} refers to nothing`);
  return target;
}

function scalar({ value, source, tag }: Scalar): { readonly value: PlainScalar; readonly size: 1 } {
  const plain = isExactly(value, source) ? (value as PlainScalar) : integer(source ?? '');
  return { value: isOwnTag(tag) ? `${tag} ${keyOfScalar(plain)}`.trim() : plain, size: 1 };
}

/** Numbers of more digits than a double holds are read as the integers they are. */
function isExactly(value: unknown, source: string | undefined): boolean {
  return typeof value !== 'number' || Number.isSafeInteger(value) || !/^[-+]?\d+$/.test(source ?? '');
}

/** `!Ref` and the like; `!!str` and its kin are resolved. */
function isOwnTag(tag: string | undefined): tag is string {
  return tag !== undefined && tag !== '!' && !tag.startsWith('tag:yaml.org,2002:');
}

function list(node: YAMLSeq, reading: Reading): Sized {
  const lines: number[] = [];
  const value: Plain[] = [];
  let size = 1;
  for (const item of node.items) {
    // Within brackets a pair may stand alone: `[a: 1]`.
    const member = isPair(item)
      ? { value: { [keyText(item)]: read(item.value, reading).value }, size: 2 }
      : read(item, reading);
    lines.push(lineOf(isPair(item) ? item.key : item, reading));
    value.push(member.value);
    size += member.size;
  }
  reading.lines.set(value, lines);
  return tagged({ value, size }, node.tag, reading);
}

function record(node: YAMLMap, reading: Reading): Sized {
  const lines = new Map<string, number>();
  const value: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
  const merged: Plain[] = [];
  let size = 1;
  for (const pair of node.items) {
    // An anchor may stand at a key.
    if (isScalar(pair.key)) read(pair.key, reading);
    const member = read(pair.value, reading);
    size += member.size;
    if (isMerge(pair)) merged.push(member.value);
    else {
      value[keyText(pair)] = member.value;
      lines.set(keyText(pair), lineOf(pair.key, reading));
    }
  }
  for (const source of merged) merge(value, source, lines, reading);
  reading.lines.set(value, lines);
  return tagged({ value, size }, node.tag, reading);
}

function tagged(sized: Sized, tag: string | undefined, { lines }: Reading): Sized {
  if (!isOwnTag(tag)) return sized;
  const value = { [tag]: sized.value };
  lines.set(value, new Map());
  return { value, size: sized.size + 1 };
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === 'PLAIN' || key.type === undefined);
}

/** `<<` brings the keys that are not there; of several sources the first wins. */
function merge(into: Record<string, Plain>, source: Plain, lines: Map<string, number>, reading: Reading): void {
  if (Array.isArray(source)) {
    for (const item of source as readonly Plain[]) merge(into, item, lines, reading);
  } else if (typeof source === 'object' && source !== null) {
    const from = reading.lines.get(source);
    for (const [key, value] of Object.entries(source as Record<string, Plain>)) {
      if (key in into) continue;
      into[key] = value;
      const line = from instanceof Map ? (from.get(key) as number | undefined) : undefined;
      if (line !== undefined) lines.set(key, line);
    }
  }
}

/** A key as text; of a record or list as a key, as the file writes it. */
function keyText({ key }: Pair): string {
  if (isScalar(key)) return keyOfScalar(scalar(key).value);
  return isNode(key) ? key.toString() : '';
}
