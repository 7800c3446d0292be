import type { CommitId } from '../history/readsHistory.ts';
import type { ChangedRun } from './changedLines.ts';
import type { Hunk } from './readsLines.ts';
import { matchLines } from './matchLines.ts';

/** Lines of a text that are changed lines of the version that runs, or the place where it lost some. Counted from 0. */
export interface Mark {
  readonly kind: 'changed' | 'removed';
  readonly start: number;
  /** The last one. Of removed lines: the same as `start`. */
  readonly end: number;
  /** Removed lines stood after the last line of the text, and not before `start`. */
  readonly isAtEnd: boolean;
  readonly commit: CommitId | undefined;
  readonly hunk: Hunk;
  /** Where `start` is in the version that runs. */
  readonly line: number;
}

/**
 * Places what changed in one version of a file on a text that may differ from it: on the lines that are still the same. A line
 * that was edited has no mark, and none is where lines were removed once something else stands there.
 */
export function placeMarks(
  version: readonly string[],
  runs: readonly ChangedRun[],
  text: readonly string[],
): readonly Mark[] {
  const at = matchLines(version.map(comparable), text.map(comparable));
  return runs.flatMap((run) => {
    if (run.kind === 'changed') return changedMarks(run, at);
    const mark = removedMark(run, at, text.length);
    return mark === undefined ? [] : [mark];
  });
}

function changedMarks({ line, count, commit, hunk }: ChangedRun, at: Int32Array): readonly Mark[] {
  const marks: Mark[] = [];
  for (let index = line; index < line + count; index++) {
    const here = at[index] ?? -1;
    if (here < 0) continue;
    const last = marks.at(-1);
    if (last?.end === here - 1 && last.line + last.end - last.start === index - 1)
      marks[marks.length - 1] = { ...last, end: here };
    else marks.push({ kind: 'changed', start: here, end: here, isAtEnd: false, commit, hunk, line: index });
  }
  return marks;
}

/** Between the neighbours of what was removed nothing may stand now. */
function removedMark({ line, commit, hunk }: ChangedRun, at: Int32Array, textLength: number): Mark | undefined {
  const before = line === 0 ? -1 : at[line - 1];
  const after = line >= at.length ? textLength : at[line];
  if (before === undefined || after === undefined || after < 0) return undefined;
  if ((line > 0 && before < 0) || after !== before + 1 || textLength === 0) return undefined;
  const isAtEnd = line >= at.length;
  const start = isAtEnd ? after - 1 : after;
  return { kind: 'removed', start, end: start, isAtEnd, commit, hunk, line };
}

/** A clone may have other line ends than the repository, and an editor shows no byte order mark. */
function comparable(line: string, index: number): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return index === 0 && text.startsWith('\ufeff') ? text.slice(1) : text;
}
