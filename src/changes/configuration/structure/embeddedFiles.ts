import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { LocatedValue } from '../readers/locatedValue.ts';
import { valueReader } from '../readers/valueReader.ts';
import type { Plain } from '../structuralDifferences.ts';
import { isLeaf, isRecord } from './plainKinds.ts';

/** What stands for a file within a file: a value of one key, which the file's own value has nowhere. */
const marker = '\0file';

/** Both versions of a record of texts by file name, `app.yaml`, with those texts as values that both versions can be read as. */
export function withEmbeddedFiles(before: Plain, after: Plain): readonly [Plain, Plain] {
  if (!isRecord(before) || !isRecord(after)) return [before, after];
  const was: Record<string, Plain> = { ...before };
  const is: Record<string, Plain> = { ...after };
  for (const name of Object.keys(after)) {
    const [earlier, later] = [embedded(name, before[name]), embedded(name, after[name])];
    if (before[name] === after[name] || !earlier || !later) continue;
    was[name] = { [marker]: earlier.value };
    is[name] = { [marker]: later.value };
  }
  return [was, is];
}

/** Names within an embedded file in one: `app.yaml checkout.timeout`; undefined for names that lead into none. */
export function embeddedNames(
  names: readonly string[],
): { readonly file: string; readonly names: readonly string[] } | undefined {
  const at = names.indexOf(marker);
  return at < 1 ? undefined : { file: names[at - 1] ?? '', names: names.slice(at + 1) };
}

/**
 * The line of a place, in an embedded file too when it is written as a literal block below its key.
 * @param text of the whole file. `lineOf` tells the lines in it.
 */
export function embeddedLine(
  text: string,
  place: readonly string[],
  contentAt: (place: readonly string[]) => Plain,
  lineOf: (place: readonly string[]) => number | undefined,
): number | undefined {
  const at = place.indexOf(marker);
  if (at < 1) return lineOf(place);
  const outer = place.slice(0, at);
  const line = lineOf(outer);
  if (line === undefined || !/[|>][-+\d]*\s*(?:#.*)?$/.test(text.split('\n', line)[line - 1] ?? '')) return line;
  const inner = embedded(place[at - 1] ?? '', contentAt(outer))?.lineOf(place.slice(at + 1));
  return inner === undefined ? line : line + inner;
}

function embedded(name: string, content: Plain): LocatedValue | undefined {
  if (typeof content !== 'string') return undefined;
  const read = valueReader(name);
  if (!read) return undefined;
  try {
    const located = read(content);
    return isLeaf(located.value) ? undefined : located;
  } catch (error) {
    // Then it is told as text.
    if (error instanceof UnreadableConfiguration) return undefined;
    throw error;
  }
}
