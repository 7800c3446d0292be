import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { Plain } from '../structuralDifferences.ts';
import type { PartOfFile } from './fullYaml.ts';
import { fullYaml } from './fullYaml.ts';
import type { LocatedValue, MemberLines } from './locatedValue.ts';
import { locatedValue } from './locatedValue.ts';
import { keyOfScalar, plainScalar, quotedScalar } from './yamlScalars.ts';

/** Deeper nesting is left to the library. */
const deepest = 100;

/** Thrown for what this reader leaves to the library. */
class BeyondBlocks extends Error {}

/** A text that is being read. `indent` and `content` are of the line at `at` (from 0), or of what is left of it. */
interface Cursor {
  readonly rows: readonly string[];
  readonly lines: MemberLines;
  at: number;
  indent: number;
  content: string;
}

/**
 * The documents of a YAML file as `fullYaml` gives them, some ten times faster, for what nearly all configuration is written
 * in: block mappings and sequences, scalars, literal blocks. Undefined for everything else: anchors, tags, complex keys,
 * mistakes. Parts that take more than a line are left to the library one by one.
 */
export function blockYaml(text: string): readonly LocatedValue[] | undefined {
  try {
    return documents(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof BeyondBlocks) return undefined;
    throw error;
  }
}

function documents(text: string): readonly LocatedValue[] {
  const rows = text.split(/\r?\n/);
  const cursor: Cursor = { rows, lines: new WeakMap(), at: -1, indent: -1, content: '' };
  const result: LocatedValue[] = [];
  while (cursor.at < rows.length) {
    advance(cursor);
    if (cursor.indent < 0) continue;
    const line = cursor.at + 1;
    const value = block(cursor, 0);
    if (cursor.indent >= 0) throw new BeyondBlocks();
    result.push(locatedValue(value, line, cursor.lines));
  }
  return result;
}

/** Goes to the next line that says something; `indent` is -1 at the end of a document. */
function advance(cursor: Cursor): void {
  const { rows } = cursor;
  for (cursor.at++; cursor.at < rows.length; cursor.at++) {
    const row = rows[cursor.at] ?? '';
    const indent = indentOf(row);
    const first = row[indent];
    if (first === undefined || first === '#') continue;
    if (first === '\t' || row.includes('\r')) throw new BeyondBlocks();
    if (indent === 0 && endsDocument(row)) break;
    cursor.indent = indent;
    cursor.content = row.slice(indent);
    return;
  }
  cursor.indent = -1;
  cursor.content = '';
}

function indentOf(row: string): number {
  let indent = 0;
  while (row.charCodeAt(indent) === 32) indent++;
  return indent;
}

function endsDocument(row: string): boolean {
  if (/^---[ ]*(?:$| #)/.test(row)) return true;
  if (/^(?:%|---[ \t]|\.\.\.)/.test(row)) throw new BeyondBlocks();
  return false;
}

/** The mapping or sequence that begins where the cursor stands; leaves the cursor behind it. */
function block(cursor: Cursor, depth: number): Plain {
  if (depth > deepest) throw new BeyondBlocks();
  return isItem(cursor.content) ? sequence(cursor, depth) : mapping(cursor, depth);
}

function isItem(content: string): boolean {
  return content.startsWith('-') && (content.length === 1 || content[1] === ' ');
}

function sequence(cursor: Cursor, depth: number): Plain {
  const { indent } = cursor;
  const values: Plain[] = [];
  const lines: number[] = [];
  while (cursor.indent === indent && isItem(cursor.content)) {
    const rest = cursor.content.slice(1);
    const width = 1 + indentOf(rest);
    const content = rest.slice(width - 1);
    if (content === '' || content.startsWith('#')) {
      const line = cursor.at + 1;
      advance(cursor);
      lines.push(cursor.indent > indent ? cursor.at + 1 : line);
      values.push(cursor.indent > indent ? block(cursor, depth + 1) : null);
    } else {
      lines.push(cursor.at + 1);
      values.push(item(cursor, content, indent + width, depth));
    }
  }
  if (cursor.indent > indent) throw new BeyondBlocks();
  cursor.lines.set(values, lines);
  return values;
}

/** What stands behind a dash: a mapping or sequence that begins in its line, or a scalar. */
function item(cursor: Cursor, content: string, column: number, depth: number): Plain {
  const { indent } = cursor;
  if (isItem(content) || keyOf(content) !== undefined) {
    cursor.indent = column;
    cursor.content = content;
    return block(cursor, depth + 1);
  }
  return scalar(cursor, content, indent);
}

interface Key {
  readonly text: string;
  /** Behind the colon, without the space before it. */
  readonly rest: string;
}

const keyPattern = /^(?:("[^"\\]*"|'[^']*') *|([\w$./][^:#[\]{},"'&*!|>%@`\t]*)):(?: +(.*))?$/;
const longestKey = 1000;

function keyOf(content: string): Key | undefined {
  const match = keyPattern.exec(content);
  if (!match) return undefined;
  const [, quoted, plain = '', rest = ''] = match;
  if (quoted !== undefined) return { text: quoted.slice(1, -1), rest };
  if (plain.length > longestKey) throw new BeyondBlocks();
  return { text: keyOfScalar(plainScalar(plain.trimEnd())), rest };
}

function mapping(cursor: Cursor, depth: number): Plain {
  const { indent } = cursor;
  const values = Object.create(null) as Record<string, Plain>;
  const lines = new Map<string, number>();
  while (cursor.indent === indent) {
    const key = keyOf(cursor.content);
    if (!key) throw new BeyondBlocks();
    lines.set(key.text, cursor.at + 1);
    values[key.text] =
      key.rest === '' || key.rest.startsWith('#') ? below(cursor, indent, depth) : scalar(cursor, key.rest, indent);
  }
  if (cursor.indent > indent) throw new BeyondBlocks();
  cursor.lines.set(values, lines);
  return values;
}

/** The value below a key; a sequence may stand at the key's own column. */
function below(cursor: Cursor, indent: number, depth: number): Plain {
  advance(cursor);
  const isBelow = cursor.indent > indent || (cursor.indent === indent && isItem(cursor.content));
  return isBelow ? block(cursor, depth + 1) : null;
}

/** A scalar that begins in the line of its key or dash, which stands at `indent`. */
function scalar(cursor: Cursor, text: string, indent: number): Plain {
  if (/^[|>]/.test(text)) return blockScalar(cursor, text, indent);
  const start = cursor.at;
  advance(cursor);
  if (cursor.indent <= indent) return inline(text);
  // It goes on below.
  while (cursor.indent > indent) advance(cursor);
  const rows = cursor.rows.slice(start + 1, cursor.at);
  return keyed(`${text}\n${rows.join('\n')}`, { line: start + 1, lines: cursor.lines });
}

function inline(text: string): Plain {
  const first = text[0] ?? '';
  if (first === '"' || first === "'") return orBeyond(quotedScalar(text));
  if (first === '[' || first === '{') return flow(text);
  if (/^(?:[&*!%@`,\]}|>#\t]|[-?:](?:[ \t]|$))/.test(text)) throw new BeyondBlocks();
  const comment = text.search(/[ \t]#/);
  const plain = (comment < 0 ? text : text.slice(0, comment)).trimEnd();
  if (/:(?:[ \t]|$)/.test(plain)) throw new BeyondBlocks();
  return plainScalar(plain);
}

function orBeyond<T>(value: T | undefined): T {
  if (value === undefined) throw new BeyondBlocks();
  return value;
}

/** Brackets that close in their line; all their members stand in it, so that they need no lines of their own. */
function flow(text: string): Plain {
  const [, words] = /^\[ *((?:[\w./-]+(?:, *[\w./-]+)*,? *)?)\]$/.exec(text) ?? [];
  if (words !== undefined && !/(?:^|, *)-(?:,|$)/.test(words)) {
    return words.trimEnd().split(/, */).filter(Boolean).map(plainScalar);
  }
  if (text.includes('{{')) throw new BeyondBlocks();
  return quotedWords(text) ?? snippet(text);
}

/** `["npm", "start"]`, as commands are written: read as JSON reads it, a hundred times as fast as the library. */
function quotedWords(text: string): Plain {
  // eslint-disable-next-line no-control-regex -- what is no printable character is left to the library
  if (!/^\[ *"[^"\\\x00-\x1f\x7f-\x9f]*"(?: *, *"[^"\\\x00-\x1f\x7f-\x9f]*")* *\]$/.test(text)) return undefined;
  return JSON.parse(text) as readonly string[];
}

/** What the library makes of the value of a key. */
function keyed(text: string, part?: PartOfFile): Plain {
  const value = snippet(`k: ${text}\n`, part) as Readonly<Record<string, Plain>>;
  if (Object.keys(value).length > 1) throw new BeyondBlocks();
  return value['k'];
}

/** What the library makes of a part of the text. */
function snippet(text: string, part?: PartOfFile): Plain {
  try {
    const [document, ...further] = fullYaml(text, part);
    if (document === undefined || further.length > 0) throw new BeyondBlocks();
    return document.value;
  } catch (error) {
    // The mistake is to be told with its line.
    if (error instanceof UnreadableConfiguration) throw new BeyondBlocks();
    throw error;
  }
}

function blockScalar(cursor: Cursor, header: string, indent: number): Plain {
  const [, style, chomping] = /^([|>])(-?)[ \t]*(?:(?<=[ \t])#.*)?$/.exec(header) ?? [];
  if (style === undefined) throw new BeyondBlocks();
  const rows = blockRows(cursor, indent);
  advance(cursor);
  if (style === '>') return keyed(`${style}${chomping ?? ''}\n${rows.map((row) => ` ${row}`).join('\n')}`);
  return rows.join('\n') + (chomping === '-' ? '' : '\n');
}

/** The lines of a block scalar without their indentation and the empty ones at its end; the cursor goes to its last line. */
function blockRows(cursor: Cursor, indent: number): readonly string[] {
  const { rows } = cursor;
  const result: string[] = [];
  let own = -1;
  let last = cursor.at;
  for (let at = cursor.at + 1; at < rows.length; at++) {
    const row = rows[at] ?? '';
    const depth = indentOf(row);
    if (row.includes('\r')) throw new BeyondBlocks();
    if (depth === row.length) {
      if (own < 0 && depth > 0) throw new BeyondBlocks();
      result.push(own < 0 ? '' : row.slice(own));
      continue;
    }
    if (own < 0) own = depth > indent ? depth : -1;
    if (own < 0 || depth <= indent) break;
    if (depth < own) throw new BeyondBlocks();
    result.push(row.slice(own));
    last = at;
  }
  if (own < 0) throw new BeyondBlocks();
  result.length -= trailingEmpty(result);
  cursor.at = last;
  return result;
}

function trailingEmpty(rows: readonly string[]): number {
  let count = 0;
  while (rows.at(-1 - count) === '') count++;
  return count;
}
