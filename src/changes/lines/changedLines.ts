import type { CommitId } from '../history/readsHistory.ts';
import type { FileLines, Hunk, LineOrigin } from './readsLines.ts';

/** Lines of the later version that one commit brought, or the place where lines were removed. Counted from 0. */
export interface ChangedRun {
  readonly kind: 'changed' | 'removed';
  readonly line: number;
  /** 0 where lines were removed: they stood before `line`. */
  readonly count: number;
  /** Undefined where git does not tell: always for what was removed. */
  readonly commit: CommitId | undefined;
  readonly hunk: Hunk;
}

/**
 * What differs, divided by the commits that brought it, from top to bottom. Lines that only changed their form, by commits
 * that are `ignored`, are in none.
 */
export function changedRuns(
  { hunks, origins }: Pick<Extract<FileLines, { kind: 'lines' }>, 'hunks' | 'origins'>,
  hasIgnored: boolean,
): readonly ChangedRun[] {
  let next = 0;
  return hunks.flatMap((hunk): ChangedRun[] => {
    if (hunk.count === 0) return [{ kind: 'removed', line: hunk.line, count: 0, commit: undefined, hunk }];
    if (origins === undefined) return runsOf(hunk, [], 0);
    while (next < origins.length && endOf(origins[next]) <= hunk.line) next++;
    return runsOf(hunk, origins, next).filter(({ commit }) => commit !== undefined || !hasIgnored);
  });
}

function runsOf(hunk: Hunk, origins: readonly LineOrigin[], first: number): ChangedRun[] {
  const runs: ChangedRun[] = [];
  const end = hunk.line + hunk.count;
  const add = (line: number, to: number, commit: CommitId | undefined): void => {
    const last = runs.at(-1);
    if (to <= line) return;
    if (last?.commit === commit && last !== undefined) runs[runs.length - 1] = { ...last, count: to - last.line };
    else runs.push({ kind: 'changed', line, count: to - line, commit, hunk });
  };
  let at = hunk.line;
  for (let index = first; index < origins.length; index++) {
    const origin = origins[index];
    if (origin === undefined || origin.line >= end) break;
    add(at, Math.max(at, origin.line), undefined);
    at = Math.max(at, origin.line);
    add(at, Math.min(end, endOf(origin)), origin.commit);
    at = Math.min(end, endOf(origin));
  }
  add(at, end, undefined);
  return runs;
}

function endOf(origin: LineOrigin | undefined): number {
  return origin === undefined ? 0 : origin.line + origin.count;
}
