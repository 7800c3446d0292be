import type { Hunk, BlamedCommit, LineOrigin } from '../changes/lines/readsLines.ts';
import type { CommitId } from '../changes/history/readsHistory.ts';
import { timeOf } from './gitLog.ts';

/** How much of a subject is kept: a message may have megabytes. */
const longestSubject = 500;

/** A whole version and where it differs, as `git diff` with unlimited context writes it; undefined for binary files. */
export function parseWholeDiff(
  output: Buffer,
): { readonly lines: readonly string[]; readonly hunks: readonly Hunk[] } | undefined {
  const rows = output.toString('utf8').split('\n');
  if (rows.at(-1) === '') rows.pop();
  const start = rows.findIndex((row) => row.startsWith('@@ '));
  if (start < 0) return rows.some((row) => row.startsWith('Binary files ')) ? undefined : { lines: [], hunks: [] };
  const lines: string[] = [];
  const hunks: Hunk[] = [];
  let open: { line: number; count: number; before: string[] } | undefined;
  for (let at = start + 1; at < rows.length; at++) {
    const row = rows[at] ?? '';
    const mark = row.charAt(0);
    // "\ No newline at end of file" is about the line before it.
    if (mark === '\\') continue;
    if (mark === '+' || mark === '-') {
      open ??= { line: lines.length, count: 0, before: [] };
      if (mark === '-') open.before.push(row.slice(1));
      else open.count++;
    } else if (open !== undefined) {
      hunks.push(open);
      open = undefined;
    }
    if (mark !== '-') lines.push(row.slice(1));
  }
  if (open !== undefined) hunks.push(open);
  return { lines, hunks };
}

/** A version that is new as a whole; undefined for what git takes for binary: a NUL among its first 8000 bytes. */
export function wholeFile(
  content: Buffer,
): { readonly lines: readonly string[]; readonly hunks: readonly Hunk[] } | undefined {
  if (content.subarray(0, 8000).includes(0)) return undefined;
  const lines = content.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, hunks: lines.length === 0 ? [] : [{ line: 0, count: lines.length, before: [] }] };
}

/** Origins of lines as `git blame --incremental` writes them, without those from before the range. */
export function parseBlame(output: Buffer): {
  readonly origins: readonly LineOrigin[];
  readonly commits: ReadonlyMap<CommitId, BlamedCommit>;
} {
  const origins: LineOrigin[] = [];
  const headers = new Map<CommitId, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const row of output.toString('utf8').split('\n')) {
    const [, id, line, count] = /^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$/.exec(row) ?? [];
    if (id !== undefined) {
      origins.push({ line: Number(line) - 1, count: Number(count), commit: id });
      current = headers.get(id) ?? new Map<string, string>();
      headers.set(id, current);
    } else if (row !== '') {
      // What is told of a commit, "boundary" included, comes with its first lines only.
      const end = row.indexOf(' ');
      current?.set(end < 0 ? row : row.slice(0, end), end < 0 ? '' : row.slice(end + 1));
    }
  }
  const inside = origins.filter(({ commit }) => headers.get(commit)?.has('boundary') !== true);
  const commits = [...headers].flatMap(([id, header]) =>
    header.has('boundary') ? [] : [[id, commitOf(id, header)] as const],
  );
  return { origins: inside.sort((one, other) => one.line - other.line), commits: new Map(commits) };
}

function commitOf(id: CommitId, header: ReadonlyMap<string, string>): BlamedCommit {
  return {
    id,
    author: header.get('author') ?? '',
    authoredAt: timeOf(header.get('author-time') ?? ''),
    committedAt: timeOf(header.get('committer-time') ?? ''),
    subject: (header.get('summary') ?? '').slice(0, longestSubject),
  };
}
