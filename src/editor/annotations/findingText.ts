import type { Mark } from '../../changes/lines/placeMarks.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { DocumentMark } from './markedDocuments.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** How many lines of either side of a change are kept as evidence. */
const keptLines = 200;

/** What a finding about a marked line says, and where it is in what runs: `src/db.js:14-18`. Plain text. */
export function findingText({ mark, found, commits }: DocumentMark): { readonly text: string; readonly place: string } {
  const { kind, line, start, end, commit: id, hunk } = mark;
  const {
    isPending,
    place: { path },
  } = found;
  const lines = start === end ? String(line + 1) : `${line + 1}-${line + 1 + end - start}`;
  const place = `${plainLine(path, 400)}:${lines}`;
  const commit = id === undefined ? undefined : commits.get(id);
  const by =
    commit === undefined
      ? 'in the change window'
      : `by ${commit.id.slice(0, 8)} "${redactedLine(commit.subject, 200)}" (${redactedLine(commit.author, 100)})`;
  const { length } = hunk.before;
  const what =
    kind === 'changed' ? `${place} changed` : `${length} ${length === 1 ? 'line' : 'lines'} removed at ${place}`;
  return { text: `${what} ${by}${isPending ? ', not deployed' : ''}`, place };
}

/** What was there before and what is there now, as rows of a diff. */
export function hunkText({ hunk: { before } }: Mark, lines: readonly string[]): string {
  return [...rows('-', before), ...rows('+', lines)].join('\n');
}

function rows(sign: string, lines: readonly string[]): readonly string[] {
  const more = lines.length - keptLines;
  const kept = lines.slice(0, keptLines).map((line) => `${sign}${line}`);
  return more > 0 ? [...kept, `${sign}… ${more} more lines`] : kept;
}
