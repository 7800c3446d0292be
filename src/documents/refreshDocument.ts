import type { GeneratedPart, PersonsPart } from './generatedParts.ts';
import { hashOf, linesOf, partsOf } from './generatedParts.ts';
import { mergeLines, sameLines } from './mergeLines.ts';

/** A generated part that a person had changed, and whose fresh text could not simply be put in. */
export interface RefreshConflict {
  readonly part: string;
  /** `bothChanged`: the same lines had changed. `baseUnknown`: what had been generated is not known any more. */
  readonly reason: 'bothChanged' | 'baseUnknown';
}

/** A document with fresh generated parts, and what became of people's words in them. Parts are given by name. */
export interface RefreshedDocument {
  readonly text: string;
  /** Generated parts that hold words of a person, all of which are still there. */
  readonly kept: readonly string[];
  readonly conflicts: readonly RefreshConflict[];
  /** Parts of the fresh document whose markers a person removed: nothing was written for them. */
  readonly notRefreshed: readonly string[];
  /** Parts that the document never had, now at its end. */
  readonly appended: readonly string[];
}

/** The text that had been generated for a part, by the hash in its begin marker; undefined when it is not known. */
export type BaseOf = (part: string, hash: string) => string | undefined;

/**
 * Puts the generated parts of `fresh` into `current` and keeps every word that a person wrote:
 * - What stands outside markers is untouched, byte for byte.
 * - A generated part that nobody changed is replaced.
 * - One that a person changed is merged by lines, from what had been generated. Where both changed the same lines, the
 *   person's stay and the fresh ones follow below them.
 * - When what had been generated is not known, the part as the person left it moves above the fresh one, out of the markers.
 * - Parts whose markers are gone or broken are left alone and reported.
 * - Parts that the document never had are put above the line that lists those it had, its last one, under their heading.
 *   Without that line nothing is put in.
 * Line ends stay as they are: CRLF documents stay CRLF. A second refresh with the same text changes nothing.
 */
export function refreshDocument(current: string, fresh: string, baseOf: BaseOf): RefreshedDocument {
  const freshParts = partsOf(fresh);
  const generated = new Map(freshParts.filter(isGenerated).map((part) => [part.name, part]));
  const lineEnd = lineEndOf(current);
  const conflicts: RefreshConflict[] = [];
  const kept = new Set<string>();
  const present = new Set<string>();

  const refreshed = partsOf(current).map((part) => {
    const replacement = part.kind === 'generated' ? generated.get(part.name) : undefined;
    if (part.kind === 'persons' || replacement === undefined) return textOf(part);
    present.add(part.name);
    const result = refreshPart(part, replacement, baseOf);
    if (result.kept) kept.add(part.name);
    if (result.conflict !== undefined) conflicts.push({ part: part.name, reason: result.conflict });
    return result.unchanged ? textOf(part) : writtenPart(result, part, lineEnd);
  });

  const absent = [...generated.keys()].filter((name) => !present.has(name));
  const had = listedParts(current);
  const appended = had === undefined ? [] : absent.filter((name) => !had.includes(name));
  return {
    text: append(refreshed.join(''), freshParts, had ?? [], appended, lineEnd),
    kept: [...kept],
    conflicts,
    notRefreshed: absent.filter((name) => !appended.includes(name)),
    appended,
  };
}

interface PartRefresh {
  /** To stand between the markers, without line ends. */
  readonly lines: readonly string[];
  /** To stand above the markers, without line ends. */
  readonly above: readonly string[];
  readonly hash: string;
  readonly kept: boolean;
  readonly unchanged: boolean;
  readonly conflict?: RefreshConflict['reason'];
}

function refreshPart(part: GeneratedPart, fresh: GeneratedPart, baseOf: BaseOf): PartRefresh {
  const [theirs, generated] = [part.lines.map(withoutEnd), fresh.lines.map(withoutEnd)];
  const { hash } = fresh;
  const edited = hashOf(theirs) !== part.hash && !sameLines(theirs, generated);
  if (part.hash === hash) return { lines: theirs, above: [], hash, kept: edited, unchanged: true };
  if (!edited) return { lines: generated, above: [], hash, kept: false, unchanged: false };
  const base = knownBase(part, baseOf);
  if (base === undefined) {
    return { lines: generated, above: theirs, hash, kept: true, unchanged: false, conflict: 'baseUnknown' };
  }
  const { lines, conflicts } = mergeLines(theirs, base, generated);
  const conflict = conflicts > 0 ? { conflict: 'bothChanged' as const } : {};
  return { lines, above: [], hash, kept: true, unchanged: false, ...conflict };
}

function knownBase(part: GeneratedPart, baseOf: BaseOf): readonly string[] | undefined {
  const text = baseOf(part.name, part.hash);
  if (text === undefined) return undefined;
  const lines = linesOf(text).map(withoutEnd);
  return hashOf(lines) === part.hash ? lines : undefined;
}

function writtenPart({ lines, above, hash }: PartRefresh, part: GeneratedPart, lineEnd: string): string {
  const begin = `<!-- mayday:begin ${part.name} ${hash} -->`;
  return [...above, begin, ...lines].map((line) => line + lineEnd).join('') + part.end;
}

/** A line that lists the parts a document has had, so that one that a template gains later is told from a removed one. */
export function partsList(names: readonly string[]): string {
  return `<!-- mayday:parts ${names.join(' ')} -->`;
}

const partsListPattern = /^<!-- mayday:parts ([a-z0-9 -]*) -->[ \t]*\r?$/m;

function listedParts(document: string): readonly string[] | undefined {
  const names = partsListPattern.exec(document)?.[1];
  return names?.split(' ').filter((name) => name !== '');
}

function append(
  document: string,
  freshParts: readonly (GeneratedPart | PersonsPart)[],
  had: readonly string[],
  names: readonly string[],
  lineEnd: string,
): string {
  if (names.length === 0) return document;
  const added = freshParts.flatMap((part, index) => {
    if (part.kind !== 'generated' || !names.includes(part.name)) return [];
    return `${headingBefore(freshParts[index - 1])}${textOf(part).trimEnd()}\n\n`;
  });
  const text = added.join('').replace(/\r?\n/g, lineEnd);
  return document.replace(
    partsListPattern,
    (line) => `${text}${partsList([...had, ...names])}${line.endsWith('\r') ? '\r' : ''}`,
  );
}

/** The heading of a part: the last one that people's text before it has, with what follows it. */
function headingBefore(part: GeneratedPart | PersonsPart | undefined): string {
  if (part?.kind !== 'persons') return '';
  const from = part.lines.findLastIndex((line) => /^#{1,6} /.test(line));
  return from === -1 ? '' : part.lines.slice(from).join('');
}

function isGenerated(part: GeneratedPart | PersonsPart): part is GeneratedPart {
  return part.kind === 'generated';
}

function textOf(part: GeneratedPart | PersonsPart): string {
  return part.kind === 'persons' ? part.lines.join('') : part.begin + part.lines.join('') + part.end;
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function lineEndOf(document: string): string {
  const all = document.split('\n').length - 1;
  const windows = document.split('\r\n').length - 1;
  return windows > all / 2 ? '\r\n' : '\n';
}
