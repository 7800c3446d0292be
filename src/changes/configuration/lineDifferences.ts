import { structuredPatch } from 'diff';
import { redactLines } from '../../safety/redact.ts';
import type { FileVersions } from './configurationFormat.ts';
import type { Difference } from './difference.ts';

/** Larger texts are not compared line by line, only counted. */
const comparedLength = 256 * 1024;
/** Texts that differ in more lines than this are only counted. */
const mostEdits = 500;
const shownDifferences = 50;
/** Of the lines around a changed one: a name may stand above its value. */
const contextLines = 3;

/**
 * What differs as lines, for files that no format reads: one difference per changed line, credentials redacted, line numbers
 * of the later version (of the earlier one for what was removed). Space at the end of lines says nothing. Large texts are
 * counted, and what is left out is said.
 */
export function lineDifferences({
  before = '',
  after = '',
}: Pick<FileVersions, 'before' | 'after'>): readonly Difference[] {
  if (before.length > comparedLength || after.length > comparedLength) return [counted(before, after, 'too large')];
  const [earlier = '', later = ''] = [before, after].map(normalized);
  const options = { context: contextLines, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', earlier, later, '', '', options);
  if (patch === undefined) return [counted(before, after, 'too different')];
  // A key's lines are not to be told from others without its first one.
  const hidden = /private key/i;
  const redacted = hidden.test(before) || hidden.test(after) ? redactedPatch(earlier, later) : patch;
  const differences = redacted.hunks.flatMap(hunkDifferences);
  const more = differences.length - shownDifferences;
  const rest: Difference[] = more > 0 ? [{ kind: 'told', text: `${String(more)} more lines differ` }] : [];
  return [...differences.slice(0, shownDifferences), ...rest];
}

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

function redactedPatch(earlier: string, later: string): { readonly hunks: readonly Hunk[] } {
  const [before = '', after = ''] = [earlier, later].map(redactLines);
  return (
    structuredPatch('', '', before, after, '', '', { context: contextLines, maxEditLength: mostEdits }) ?? { hunks: [] }
  );
}

/** Lines that stand in the place of others are changed; what one side has more of was added or removed. */
function hunkDifferences({ oldStart, newStart, lines }: Hunk): Difference[] {
  // A credential is recognised by what stands around it, too.
  const before = redactedSide(lines, '-');
  const after = redactedSide(lines, '+');
  const differences: Difference[] = [];
  let [oldAt, newAt] = [0, 0];
  for (let at = 0; at < lines.length;) {
    const removed = runLength(lines, at, '-');
    const added = runLength(lines, at + removed, '+');
    for (let index = 0; index < Math.max(removed, added); index++) {
      const was = index < removed ? before[oldAt + index] : undefined;
      const is = index < added ? after[newAt + index] : undefined;
      differences.push(...lineDifference(was, is, oldStart + oldAt + index, newStart + newAt + index));
    }
    const isContext = removed + added === 0;
    at += isContext ? 1 : removed + added;
    oldAt += isContext ? 1 : removed;
    newAt += isContext ? 1 : added;
  }
  return differences;
}

function redactedSide(lines: readonly string[], sign: '-' | '+'): readonly string[] {
  const side = lines.filter((line) => line.startsWith(' ') || line.startsWith(sign));
  return redactLines(side.map((line) => line.slice(1)).join('\n')).split('\n');
}

function runLength(lines: readonly string[], from: number, sign: '-' | '+'): number {
  let to = from;
  while (lines[to]?.startsWith(sign) === true) to++;
  return to - from;
}

function lineDifference(
  removed: string | undefined,
  added: string | undefined,
  oldLine: number,
  newLine: number,
): Difference[] {
  const [before, after] = [removed?.trim() ?? '', added?.trim() ?? ''];
  if (removed !== undefined && added !== undefined && before !== '' && after !== '') {
    // Where only the indentation differs, it is what there is to show.
    const values = before === after ? { before: removed, after: added } : { before, after };
    return [{ kind: 'changed', subject: `line ${String(newLine)}`, ...values, line: newLine }];
  }
  return [
    ...(before === '' ? [] : [removal(before, oldLine)]),
    ...(after === '' ? [] : [{ kind: 'added', subject: `line ${String(newLine)}`, after, line: newLine } as const]),
  ];
}

function removal(before: string, line: number): Difference {
  return { kind: 'removed', subject: `line ${String(line)}`, before, line };
}

function normalized(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  if (lines.at(-1) !== '') lines.push('');
  return lines.join('\n');
}

function counted(before: string, after: string, why: string): Difference {
  const lines = [before, after].map((text) => `${lineCount(text).toLocaleString('en-US')} lines`);
  return { kind: 'told', text: `${lines.join(' → ')}, ${why} to compare line by line` };
}

function lineCount(text: string): number {
  let count = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
