import { skipped } from './calls.ts';

/** One statement of a migration of Rails that runs on the way up. */
export interface RailsLine {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** Width of the space in front. */
  readonly indent: number;
  /** The here-document that it begins (`execute <<~SQL`). */
  readonly document: string | undefined;
}

/**
 * The statements of `change` and `up`, each in one line, without comments, those in braces as well (`safety_assured { … }`);
 * those of `down` are the way back. Linear time.
 */
export function railsLines(text: string): readonly RailsLine[] {
  const found: RailsLine[] = [];
  const lines = text.split('\n');
  let isDown = false;
  let downUntil: number | undefined;
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    const raw = lines[at] ?? '';
    const indent = raw.length - raw.trimStart().length;
    const parts = [withoutComment(raw)];
    while (/[,([{\\]$/.test(parts.at(-1) ?? '') && at + 1 < lines.length) parts.push(withoutComment(lines[++at] ?? ''));
    const joined = parts.map((part) => part.replace(/\\$/, '')).join(' ');
    if (joined === '') continue;
    const tag = /<<[~-]?(["']?)([A-Z_]{2,40})\1/.exec(joined)?.[2];
    let document: string | undefined;
    if (tag !== undefined) {
      const body: string[] = [];
      while (at + 1 < lines.length && (lines[at + 1] ?? '').trim() !== tag) body.push(lines[++at] ?? '');
      at++;
      document = body.join('\n');
    }
    const method = /^def\s+(?:self\.)?(\w+)/.exec(joined)?.[1];
    if (method !== undefined) isDown = method === 'down';
    if (downUntil !== undefined) {
      if (indent <= downUntil) downUntil = undefined;
      continue;
    }
    if (/^\w+\.down\b/.test(joined)) {
      if (/\bdo\s*(\|\w*\|)?$/.test(joined)) downUntil = indent;
      continue;
    }
    if (isDown) continue;
    for (const one of statementsOf(joined)) found.push({ text: one, line: start + 1, indent, document });
  }
  return found;
}

function withoutComment(raw: string): string {
  const line = raw.trim();
  return line.startsWith('#') ? '' : line.replace(/\s#(?!\{).*$/, '').trim();
}

/** Blocks nested deeper in one line are not opened. */
const mostNested = 8;

/** The statements of a line: at `;`, and out of blocks in braces, of which `dir.down { … }` is the way back. */
function statementsOf(line: string, depth = 0): readonly string[] {
  return atSemicolons(line).flatMap((statement) => {
    if (/^\w+\.down\b/.test(statement)) return [];
    if (statement === '}') return ['end'];
    const table = /^((?:create|change)_(?:join_)?table\b[^{}]{0,400}?)\s*\{\s*(\|\w{1,40}\|)\s*/.exec(statement);
    const wrapper = wrapping.exec(statement);
    if ((table === null && wrapper === null) || depth >= mostNested) return [statement];
    const inside = statement.slice((table ?? wrapper)?.[0].length);
    const isClosed = inside.endsWith('}');
    const statements = statementsOf(isClosed ? inside.slice(0, -1).trim() : inside, depth + 1);
    if (table === null) return statements;
    return [`${table[1] ?? ''} do ${table[2] ?? ''}`, ...statements, ...(isClosed ? ['end'] : [])];
  });
}

/** `safety_assured {`, `up_only {`, `say_with_time("…") {`, `reversible { |dir|`, `dir.up {`; what acts itself is none. */
const wrapping =
  /^(?!(?:add|change|create|drop|remove|rename|validate|enable|disable)_|execute\b)(?:\w{1,60}\.(?:up|transaction)|[a-z_]\w{0,60}|[A-Z][\w:]{0,80}\.transaction)(?:\s{0,9}\([^(){}]{0,200}\))?\s{0,9}(?:\{\s{0,9}(?:\|[^|]{0,80}\|\s{0,9})?|(?<=\.up\s{0,9})do\b\s{0,9})/;

function atSemicolons(line: string): readonly string[] {
  if (!line.includes(';')) return [line];
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < line.length; at++) {
    const end = skipped(line, at);
    const char = line.charAt(at);
    if (end > at) at = end - 1;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ';' && depth <= 0) {
      parts.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, line.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}
