/** Where in the structure of a YAML text an offset is, as far as its indentation and brackets tell: what is being written is seldom valid. */
export interface YamlCursor {
  /** Keys from the root to what is at the offset; `[]` for an item of a list. At a key, that of its parent. */
  readonly path: readonly string[];
  /** A key stands there or could; a value of the path's last key (or item) stands there or could. An item may be either. */
  readonly at: 'key' | 'value' | 'item';
  /** The word at the offset: from its start to its end, which is what a completion replaces. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** Keys that are there already beside it. */
  readonly siblings: readonly string[];
}

interface Row {
  readonly indent: number;
  /** Columns of the `- ` in front of the key, from the outermost. */
  readonly dashes: readonly number[];
  /** Where the key or scalar begins. */
  readonly column: number;
  readonly key?: string;
  /** What stands behind the colon, or the whole scalar. */
  readonly rest: string;
}

/** In UTF-16 units: from every place of a longer one its end would be looked for. */
const longestWord = 500;

/** Undefined in a comment. */
export function yamlCursor(text: string, offset: number): YamlCursor | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(withoutQuoted(before))) return undefined;
  const rows = text.slice(0, lineStart).split('\n').slice(0, -1).map(rowOf);
  const row = rowOf(before);
  const word = wordAt(text, lineStart, offset);
  const parents = parentsOf(rows, row);
  const colon = row.key === undefined ? -1 : before.indexOf(':', row.column + row.key.length);
  const path = [...parents, ...row.dashes.map(() => '[]')];
  const flow = flowCursor(colon < 0 ? before.slice(row.column) : before.slice(colon + 1));
  const base = colon < 0 || row.key === undefined ? path : [...path, row.key];
  if (flow !== undefined) return { ...word, ...flow, path: [...base, ...flow.path] };
  if (colon >= 0) return { ...word, path: base, at: 'value', siblings: [] };
  return { ...word, path, at: row.dashes.length > 0 ? 'item' : 'key', siblings: siblingsOf(text, offset, row) };
}

function rowOf(line: string): Row {
  const [lead = ''] = /^(?: *- +(?=\S|$)| *-$|)*/.exec(line) ?? [];
  const dashes = [...lead.matchAll(/-/g)].map(({ index }) => index);
  const column = /^(?: *-(?: +|$))* */.exec(line)?.[0].length ?? 0;
  const [, quoted, plain] = /^(?:"([^"]*)"\s*|([^\s#"'{[&*!|>%@`,][^:#]*)):(?=\s|$)/.exec(line.slice(column)) ?? [];
  const key = quoted ?? plain?.trimEnd();
  const indent = dashes[0] ?? column;
  const colon = key === undefined ? -1 : line.indexOf(':', column + key.length);
  return {
    indent,
    dashes,
    column,
    ...(key === undefined ? {} : { key }),
    rest: colon < 0 ? line.slice(column) : line.slice(colon + 1),
  };
}

/** The keys and items that hold a row, from the root. A list may stand at the column of its key. */
function parentsOf(rows: readonly Row[], row: Row): readonly string[] {
  const path: string[] = [];
  let limit = row.dashes[0] ?? row.column;
  let isItem = row.dashes.length > 0;
  for (const above of rows.toReversed()) {
    if (above.key === undefined && above.dashes.length === 0) continue;
    const opens = above.rest.replace(/(?:^|\s)#.*$/, '').trim() === '';
    if (above.key !== undefined && (above.column < limit || (isItem && above.column === limit && opens))) {
      if (opens) path.unshift(above.key);
      limit = above.column;
      isItem = false;
    }
    for (const dash of above.dashes.toReversed()) {
      if (dash >= limit) continue;
      path.unshift('[]');
      limit = dash;
      isItem = true;
    }
  }
  return path;
}

/** Where a flow collection that is open at the end of `text` is: `{ url: x, kind` is at a key. */
function flowCursor(text: string): Pick<YamlCursor, 'path' | 'at' | 'siblings'> | undefined {
  interface Open {
    readonly isMap: boolean;
    key: string | undefined;
    readonly keys: string[];
  }
  const open: Open[] = [];
  let token = '';
  const plain = withoutQuoted(text);
  for (const [index, character] of Array.from(plain).entries()) {
    const top = open.at(-1);
    if (character === '{' || character === '[') {
      open.push({ isMap: character === '{', key: undefined, keys: [] });
      token = '';
    } else if (character === '}' || character === ']') {
      open.pop();
      token = '';
    } else if (character === ',' && top !== undefined) {
      top.key = undefined;
      token = '';
    } else if (
      character === ':' &&
      top?.isMap === true &&
      top.key === undefined &&
      /\s|^$/.test(plain[index + 1] ?? '')
    ) {
      top.key = token.trim();
      top.keys.push(top.key);
      token = '';
    } else token += character;
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const path = open.flatMap((one) => (one.isMap ? (one.key === undefined ? [] : [one.key]) : ['[]']));
  const at = last.isMap ? (last.key === undefined ? 'key' : 'value') : 'item';
  return { path, at, siblings: last.keys };
}

/** What stands in quotes, made letters that mean nothing, at the same places. */
function withoutQuoted(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)/g, (quoted) => 'x'.repeat(quoted.length));
}

function wordAt(text: string, lineStart: number, offset: number): Pick<YamlCursor, 'start' | 'end' | 'word'> {
  const near = text.slice(Math.max(lineStart, offset - longestWord), offset);
  const before = /[\w.$/:@-]*$/.exec(near)?.[0] ?? '';
  const after = /^[\w.$/@-]*/.exec(text.slice(offset))?.[0] ?? '';
  const start = offset - before.length;
  return { start, end: offset + after.length, word: text.slice(start, offset + after.length) };
}

/** Keys at the column of a row, above and below it, as long as nothing stands further left. */
function siblingsOf(text: string, offset: number, row: Row): readonly string[] {
  const lines = text.split('\n');
  const at = text.slice(0, offset).split('\n').length - 1;
  const beside = (list: readonly string[]): string[] => {
    const keys: string[] = [];
    for (const line of list) {
      const { column, key, dashes } = rowOf(line);
      if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
      if (column < row.column) break;
      if (column === row.column && key !== undefined) keys.push(key);
      if (dashes.length > 0 && column === row.column) break;
    }
    return keys;
  };
  const above = row.dashes.length > 0 ? [] : beside(lines.slice(0, at).toReversed());
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => rowOf(line).dashes.length > 0 && rowOf(line).column === row.column);
  return [...above, ...beside(end < 0 ? below : below.slice(0, end))];
}
