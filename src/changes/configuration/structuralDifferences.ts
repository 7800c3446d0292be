import type { Difference } from './difference.ts';
import type { MatchedMember } from './structure/matchedLists.ts';
import { matchedLists } from './structure/matchedLists.ts';
import { reorderedText } from './structure/reordered.ts';
import { isSameLeaf, leafChange } from './structure/leafChange.ts';
import { compactText } from './structure/compactText.ts';
import { isSame } from './structure/isSame.ts';
import { isEmpty, isList, isRecord } from './structure/plainKinds.ts';
import type { Spot } from './structure/spot.ts';
import { namesOf, placeOf, rootSpot, stepInto, subjectOfNames } from './structure/spot.ts';

/** Plain data as parsers of YAML, JSON and TOML give it. */
export type Plain = string | number | boolean | bigint | Date | null | undefined | readonly Plain[] | PlainRecord;
export interface PlainRecord {
  readonly [key: string]: Plain;
}

/**
 * Paths come in two forms. A *place* leads to a value in one version, list members by their index: `containers`, `0`, `image`.
 * *Names* lead to it in both, members by what identifies them, in brackets: `containers`, `[api]`, `image`.
 */
export interface StructureOptions {
  /** The line (counted from 1) of the value at a place of the later and of the earlier version. */
  readonly lineAfter?: (place: readonly string[]) => number | undefined;
  readonly lineBefore?: (place: readonly string[]) => number | undefined;
  /** The field that identifies the members of the list with these names, `name` for `env`; undefined: tried by the usual names. */
  readonly keyOf?: (names: readonly string[]) => string | undefined;
  /** What identifies a member where one field does not; asked before `keyOf`. Undefined for one member: for none of the list. */
  readonly identityOf?: (names: readonly string[], member: PlainRecord) => string | undefined;
  /** How a difference is called; undefined leaves the dotted path. */
  readonly subjectOf?: (names: readonly string[]) => string | undefined;
  /** What stands behind a difference in parentheses. */
  readonly noteOf?: (names: readonly string[]) => string | undefined;
  /** True for leaves that mean the same though they differ: `0.5` and `500m` processors. */
  readonly isSameAt?: (names: readonly string[], before: Plain, after: Plain) => boolean;
  /** True where a record or list that came or went is told member by member. The whole is always. */
  readonly isOpenAt?: (names: readonly string[]) => boolean;
  /** True for lists of named members whose order decides: steps, filters. */
  readonly isOrderedAt?: (names: readonly string[]) => boolean;
  /** True where values are credentials, whatever their name. */
  readonly isSecretAt?: (names: readonly string[]) => boolean;
}

/** More than this nobody reads; the rest is counted. */
const mostDifferences = 1000;
/** What lies deeper is told as one value. */
const deepest = 100;

/**
 * What differs in meaning between two pieces of plain data, in the order of `after`, what was removed last in its record.
 *
 * Records compare by key. Lists of records compare by the field that identifies their members (see `matchedLists`), lists of
 * scalars as sets with repetitions, but in order under names such as `args` and `command`; other lists by position, after
 * what is the same at their beginning and end. So formatting, the order of keys and that of keyed members say nothing, but where `isOrderedAt`.
 * Leaves that print the same but are of different types (`"3"` and `3`) differ; `undefined` is no value. Never throws.
 */
export function structuralDifferences(before: Plain, after: Plain, options: StructureOptions): readonly Difference[] {
  const differences: Difference[] = [];
  let untold = 0;
  const tell = (difference: Difference): void => {
    if (differences.length < mostDifferences) differences.push(difference);
    else untold++;
  };
  compare({ spot: rootSpot, before, after }, { options, tell });
  if (untold > 0) differences.push({ kind: 'told', text: `and ${untold} more differences` });
  return differences;
}

interface Comparison {
  readonly spot: Spot;
  readonly before: Plain;
  readonly after: Plain;
}

interface Walk {
  readonly options: StructureOptions;
  readonly tell: (difference: Difference) => void;
}

function compare(comparison: Comparison, walk: Walk): void {
  const { spot, before, after } = comparison;
  if (before === after) return;
  if (before === undefined || after === undefined) comparePresence(comparison, walk);
  else if (spot.depth >= deepest) {
    if (!isSame(before, after)) tellChange(comparison, walk);
  } else if (isRecord(before) && isRecord(after)) compareRecords(spot, before, after, walk);
  else if (isList(before) && isList(after)) compareLists(spot, before, after, walk);
  else if (!isSameLeaf(before, after) && walk.options.isSameAt?.(namesOf(spot), before, after) !== true) {
    tellChange(comparison, walk);
  }
}

function comparePresence(comparison: Comparison, walk: Walk): void {
  const { spot, before, after } = comparison;
  const isOpen = spot === rootSpot || walk.options.isOpenAt?.(namesOf(spot)) === true;
  const there = before ?? after;
  if (!isOpen || isEmpty(there)) tellPresence(comparison, walk);
  else if (isRecord(there)) compareRecords(spot, isRecord(before) ? before : {}, isRecord(after) ? after : {}, walk);
  else if (isList(there)) compareLists(spot, isList(before) ? before : [], isList(after) ? after : [], walk);
  else tellPresence(comparison, walk);
}

function compareRecords(spot: Spot, before: PlainRecord, after: PlainRecord, walk: Walk): void {
  for (const key of Object.keys(after)) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    compare({ spot: stepInto(spot, { name: key, before: key, after: key }), before: was, after: after[key] }, walk);
  }
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) continue;
    compare(
      { spot: stepInto(spot, { name: key, before: key, after: key }), before: before[key], after: undefined },
      walk,
    );
  }
}

function compareLists(spot: Spot, before: readonly Plain[], after: readonly Plain[], walk: Walk): void {
  const pairs = matchedLists(namesOf(spot), before, after, walk.options);
  for (const pair of pairs) {
    const step = { name: pair.name, before: String(pair.before ?? ''), after: String(pair.after ?? '') };
    compare(
      {
        spot: stepInto(spot, step),
        before: pair.before === undefined ? undefined : before[pair.before],
        after: pair.after === undefined ? undefined : after[pair.after],
      },
      walk,
    );
  }
  tellReordered(spot, pairs, walk);
}

/** Only of what both have: what came or went is told by itself. */
function tellReordered(spot: Spot, pairs: readonly MatchedMember[], { options, tell }: Walk): void {
  const was = pairs.flatMap(({ before, after }) => (before === undefined || after === undefined ? [] : [before]));
  if (was.every((index, at) => at === 0 || index > (was[at - 1] ?? 0))) return;
  if (options.isOrderedAt?.(namesOf(spot)) !== true) return;
  const { subject, ...place } = description(spot, options, 'after');
  tell({ kind: 'told', text: reorderedText(subject), ...place });
}

function tellPresence({ spot, before, after }: Comparison, { options, tell }: Walk): void {
  const described = description(spot, options, after === undefined ? 'before' : 'after');
  if (after === undefined) tell({ kind: 'removed', before: compactText(namesOf(spot), before), ...described });
  else tell({ kind: 'added', after: compactText(namesOf(spot), after), ...described });
}

function tellChange({ spot, before, after }: Comparison, { options, tell }: Walk): void {
  const { note, ...change } = leafChange(namesOf(spot), before, after);
  const described = description(spot, options, 'after');
  const notes = [note, described.note].filter((part) => part !== undefined);
  tell({
    kind: 'changed',
    ...change,
    ...described,
    ...(notes.length > 0 && { note: notes.join(', ') }),
  });
}

type Described = Pick<Difference, 'line' | 'note' | 'isSecret'> & { readonly subject: string };

function description(spot: Spot, options: StructureOptions, version: 'before' | 'after'): Described {
  const names = namesOf(spot);
  const note = options.noteOf?.(names);
  const line = (version === 'after' ? options.lineAfter : options.lineBefore)?.(placeOf(spot, version));
  return {
    subject: options.subjectOf?.(names) ?? subjectOfNames(names),
    ...(note !== undefined && { note }),
    ...(line !== undefined && { line }),
    ...(options.isSecretAt?.(names) === true && { isSecret: true }),
  };
}
