import type { LocatedValue } from './locatedValue.ts';
import type { PlaceLines } from './placeLines.ts';
import { lineOfPlace, placeKey } from './placeLines.ts';
import { unreadableAt } from './unreadableAt.ts';

type Value = string | null | undefined | Section;
interface Section {
  [key: string]: Value | Value[];
}

interface Row {
  readonly key: string;
  readonly value: string | null;
}

/**
 * The value of an INI file: sections of keys, as text; keys before the first section stand at the top. Understands what the
 * dialects have in common: `=` or `:`, comments behind `;` and `#`, values that go on in indented lines, a key without a
 * value; a key given several times is a list. Throws UnreadableConfiguration for a section that does not close.
 */
export function iniValue(text: string): LocatedValue {
  const top: Section = newSection();
  const lines: PlaceLines = new Map();
  let section = top;
  let place: readonly string[] = [];
  let last: { readonly key: string; readonly indent: number } | undefined;
  for (const [index, row] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = row.trim();
    if (content === '' || /^[;#]/.test(content)) continue;
    const indent = row.length - row.trimStart().length;
    if (last && indent > last.indent) {
      goOn(section, last.key, content);
    } else if (content.startsWith('[')) {
      const name = sectionName(content, index + 1);
      section = sectionOf(top, name);
      place = [name];
      last = undefined;
      lines.set(placeKey(place), index + 1);
    } else {
      const { key, value } = rowOf(content);
      add(section, key, value);
      last = { key, indent };
      lines.set(placeKey([...place, key]), index + 1);
    }
  }
  return { value: top, lineOf: (at) => lineOfPlace(lines, at) };
}

function newSection(): Section {
  return Object.create(null) as Section;
}

function sectionName(content: string, line: number): string {
  const name = /^\[(.*)\]\s*(?:[;#].*)?$/.exec(content)?.[1];
  if (name === undefined) throw unreadableAt(line, 'a section that does not close');
  return name.trim();
}

function sectionOf(top: Section, name: string): Section {
  const known = top[name];
  if (typeof known === 'object' && known !== null && !Array.isArray(known)) return known;
  const section = newSection();
  top[name] = section;
  return section;
}

function rowOf(content: string): Row {
  const at = content.search(/[=:]/);
  if (at <= 0) return { key: withoutComment(content), value: null };
  return { key: content.slice(0, at).trimEnd(), value: valueOf(content.slice(at + 1).trimStart()) };
}

function valueOf(text: string): string {
  const quoted = /^(?:"([^"]*)"|'([^']*)')\s*(?:[;#].*)?$/.exec(text);
  return quoted ? (quoted[1] ?? quoted[2] ?? '') : withoutComment(text);
}

/** Space on both sides: `#` and `;` stand in passwords and colours as well. */
function withoutComment(text: string): string {
  return text.replace(/(?:^|\s)[;#](?:\s.*|$)/, '').trimEnd();
}

function add(section: Section, key: string, value: string | null): void {
  const known = section[key];
  if (known === undefined) section[key] = value;
  else if (Array.isArray(known)) known.push(value);
  else section[key] = [known, value];
}

function goOn(section: Section, key: string, content: string): void {
  const known = section[key];
  if (Array.isArray(known)) known.push(joined(known.pop(), content));
  else section[key] = joined(known, content);
}

function joined(text: Value, content: string): string {
  return typeof text === 'string' && text !== '' ? `${text}\n${content}` : content;
}
