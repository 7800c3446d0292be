import type { Difference } from './difference.ts';
import type { Entry } from './entryDifferences.ts';
import { entryDifferences, leftOf } from './entryDifferences.ts';
import type { InOrder } from './structure/reordered.ts';
import { firstMoved, reorderedText } from './structure/reordered.ts';

/** A named value within a block. */
export interface BlockSetting {
  readonly name: string;
  readonly value: string;
  /** Equal for names that mean the same: `ServerName` and `servername` of Apache; the name itself when absent. */
  readonly key?: string;
  /** Equal for values that mean the same: those of a set in another order; the value itself when absent. */
  readonly meaning?: string;
  /** The list that it belongs to where order decides: `rewrite rules`. Absent: order says nothing. */
  readonly list?: string;
  /** Neighbours in a list that have this in common may change places: `allow` beside `allow`. */
  readonly run?: string;
  /** Of a value that is text of several lines: they are compared one by one. */
  readonly lines?: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** A block of a configuration language: `server { … }`, `resource "a" "b" { … }`. */
export interface ConfigurationBlock {
  /** What it is, its first word: `server`. */
  readonly kind: string;
  /** What it is called, its kind included: `location /pay`; several blocks beside each other may share one. */
  readonly name: string;
  /** What tells those apart that share a name: a port. */
  readonly hint: string;
  /** As those of settings. */
  readonly key?: string;
  readonly list?: string;
  readonly settings: readonly BlockSetting[];
  readonly blocks: readonly ConfigurationBlock[];
  readonly line: number;
}

/** How a path of block names, a setting's name at its end, is told. */
export type SubjectOf = (path: readonly string[]) => string;

/**
 * What differs between two trees of blocks, in the order of `after`: settings by name, blocks by name and hint, renamed ones
 * by what is in them; lists in which order decides by their order. Other order and formatting say nothing. `subjectOf` names a difference.
 */
export function blockDifferences(
  before: ConfigurationBlock,
  after: ConfigurationBlock,
  subjectOf: SubjectOf,
): readonly Difference[] {
  return compared(before, after, [], { subjectOf, canonical: new WeakMap() });
}

interface Comparison {
  readonly subjectOf: SubjectOf;
  readonly canonical: WeakMap<ConfigurationBlock, string>;
}

interface Pair {
  readonly was: ConfigurationBlock;
  readonly is: ConfigurationBlock;
}

function compared(
  was: ConfigurationBlock,
  is: ConfigurationBlock,
  path: readonly string[],
  comparison: Comparison,
): readonly Difference[] {
  const { subjectOf } = comparison;
  const differing = leftOf(keyed(was.blocks, comparison), keyed(is.blocks, comparison));
  const { pairs, come, gone } = paired(differing.before.map(blockOf), differing.after.map(blockOf), comparison);
  const added = new Set(come);
  const earlier = new Map(pairs.map((pair) => [pair.is, pair.was]));
  const inOrder = is.blocks.flatMap((block): readonly Difference[] => {
    const before = earlier.get(block);
    const at = [...path, block.name];
    if (before !== undefined)
      return [...renamed(before, block, path, subjectOf), ...compared(before, block, at, comparison)];
    return added.has(block) ? [{ kind: 'added', subject: subjectOf(at), after: brief(block), line: block.line }] : [];
  });
  const removed = gone.map((block): Difference => ({
    kind: 'removed',
    subject: subjectOf([...path, block.name]),
    before: brief(block),
    line: block.line,
  }));
  return [
    ...settingDifferences(was.settings, is.settings, (name) => subjectOf([...path, name])),
    ...inOrder,
    ...removed,
    ...reordered(was, is, (list) => subjectOf([...path, list])),
  ];
}

function reordered(
  was: ConfigurationBlock,
  is: ConfigurationBlock,
  subjectOf: (list: string) => string,
): readonly Difference[] {
  const lists = new Set([...is.settings, ...is.blocks].flatMap(({ list }) => list ?? []));
  return [...lists].flatMap((list): readonly Difference[] => {
    const moved = firstMoved(inList(was, list), inList(is, list));
    return moved === undefined ? [] : [{ kind: 'told', text: reorderedText(subjectOf(list)), line: moved.line }];
  });
}

function inList({ settings, blocks }: ConfigurationBlock, name: string): readonly InOrder[] {
  const isIn = ({ list }: { readonly list?: string }): boolean => list === name;
  return [
    ...inRuns(settings.filter(isIn)).map((one) => ({ key: `${keyOf(one)}\0${one.value}`, line: one.line })),
    ...blocks.filter(isIn).map((one) => ({ key: keyOf(one), line: one.line })),
  ];
}

/** The same, neighbours that may change places in one order. */
function inRuns(settings: readonly BlockSetting[]): readonly BlockSetting[] {
  const runs: BlockSetting[][] = [];
  for (const setting of settings) {
    const run = runs.at(-1);
    if (run !== undefined && setting.run !== undefined && run[0]?.run === setting.run) run.push(setting);
    else runs.push([setting]);
  }
  return runs.flatMap((run) => run.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

interface Keyed {
  readonly key: string;
  readonly value: string;
  readonly block: ConfigurationBlock;
}

function keyed(blocks: readonly ConfigurationBlock[], { canonical }: Comparison): readonly Keyed[] {
  return blocks.map((block) => ({ key: keyOf(block), value: canonicalOf(block, canonical), block }));
}

function keyOf({ name, key = name }: { readonly name: string; readonly key?: string }): string {
  return key;
}

function blockOf({ block }: Keyed): ConfigurationBlock {
  return block;
}

/** Equal for blocks that hold the same, in whatever order where that says nothing. */
function canonicalOf(block: ConfigurationBlock, known: WeakMap<ConfigurationBlock, string>): string {
  const found = known.get(block);
  if (found !== undefined) return found;
  const settings = block.settings
    .map((one) => `${keyOf(one)}=${one.lines?.join('\n') ?? one.meaning ?? one.value}`)
    .sort();
  const inner = block.blocks.map((one) => `${keyOf(one)}{${canonicalOf(one, known)}}`).sort();
  const inOrder = [...block.settings, ...block.blocks].flatMap((one) =>
    one.list === undefined ? [] : `${keyOf(one)} ${'value' in one ? one.value : ''}`,
  );
  const text = [...settings, ...inner, ...(inOrder.length < 2 ? [] : [inOrder.join('\n')])].join('\0');
  known.set(block, text);
  return text;
}

/** Blocks of one name and hint pair first, then those of one name, then what was renamed. */
function paired(
  before: readonly ConfigurationBlock[],
  after: readonly ConfigurationBlock[],
  comparison: Comparison,
): { pairs: readonly Pair[]; come: readonly ConfigurationBlock[]; gone: readonly ConfigurationBlock[] } {
  const pairs: Pair[] = [];
  let gone = before;
  let come = after;
  for (const sameOf of [(block: ConfigurationBlock) => `${keyOf(block)}\0${block.hint}`, keyOf]) {
    const waiting = new Map<string, ConfigurationBlock[]>();
    for (const block of gone) {
      const same = waiting.get(sameOf(block));
      if (same === undefined) waiting.set(sameOf(block), [block]);
      else same.push(block);
    }
    const taken = new Set<ConfigurationBlock>();
    come = come.filter((is) => {
      const was = waiting.get(sameOf(is))?.shift();
      if (was === undefined) return true;
      taken.add(was);
      pairs.push({ was, is });
      return false;
    });
    gone = gone.filter((block) => !taken.has(block));
  }
  const alike = renamedPairs(gone, come, comparison);
  return {
    pairs: [...pairs, ...alike],
    come: come.filter((block) => !alike.some(({ is }) => is === block)),
    gone: gone.filter((block) => !alike.some(({ was }) => was === block)),
  };
}

/** As many blocks that came and went are looked at for renamed ones. */
const mostRenamed = 20;

function renamedPairs(
  gone: readonly ConfigurationBlock[],
  come: readonly ConfigurationBlock[],
  { canonical }: Comparison,
): readonly Pair[] {
  if (gone.length > mostRenamed || come.length > mostRenamed) return [];
  const taken = new Set<ConfigurationBlock>();
  return come.flatMap((is): Pair[] => {
    const held = new Set(canonicalOf(is, canonical).split('\0'));
    const was = gone.find((block) => {
      if (taken.has(block) || block.kind !== is.kind) return false;
      const parts = canonicalOf(block, canonical).split('\0');
      const common = parts.filter((part) => part !== '' && held.has(part)).length;
      return common > 0 && common * 2 >= Math.max(parts.length, held.size);
    });
    if (was === undefined) return [];
    taken.add(was);
    return [{ was, is }];
  });
}

function renamed(
  was: ConfigurationBlock,
  is: ConfigurationBlock,
  path: readonly string[],
  subjectOf: SubjectOf,
): readonly Difference[] {
  if (keyOf(was) === keyOf(is)) return [];
  const place = path.length === 0 ? '' : `${subjectOf(path)}: `;
  return [{ kind: 'told', text: `${place}${was.name} → ${is.name}`, line: is.line }];
}

function settingDifferences(
  before: readonly BlockSetting[],
  after: readonly BlockSetting[],
  subjectOf: (name: string) => string,
): readonly Difference[] {
  const texts = new Set(before.filter(({ lines }) => lines !== undefined).map(({ name }) => name));
  const isByLine = new Set(
    after.filter(({ name, lines }) => lines !== undefined && texts.has(name)).map(({ name }) => name),
  );
  const entries = (settings: readonly BlockSetting[]): readonly Entry[] =>
    settings.flatMap(({ name, key = name, value, meaning = value, lines, line }) => {
      if (lines === undefined) return [{ key, subject: subjectOf(name), value, meaning, line }];
      if (!isByLine.has(name)) return [{ key, subject: subjectOf(name), value: `${lines.length} lines`, line }];
      return lines.map((text, at) => ({
        key: `${name}\0line`,
        subject: subjectOf(name),
        value: text,
        line: line + at,
        note: 'changed line',
      }));
    });
  // The same text in other lines, wrapped or indented, says nothing.
  const same = new Set(
    after
      .filter((is) => isByLine.has(is.name) && before.some((was) => was.name === is.name && was.value === is.value))
      .map(({ name }) => name),
  );
  const differing = (settings: readonly BlockSetting[]) => settings.filter(({ name }) => !same.has(name));
  return entryDifferences(entries(differing(before)), entries(differing(after)));
}

const mostBrief = 4;

/** What a block that came or went holds, where that is little. */
function brief({ settings, blocks }: ConfigurationBlock): string {
  if (blocks.length > 0 || settings.length > mostBrief) return '';
  return settings
    .map(({ name, value, lines }) => `${name} ${lines === undefined ? value : `(${lines.length} lines)`}`.trim())
    .join('; ');
}
