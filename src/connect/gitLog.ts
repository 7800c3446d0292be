import { isoTimeOf } from '../incident/isoTime.ts';
import type { ChangeStatus, Commit, FileChange } from '../changes/history/readsHistory.ts';

/**
 * Fields of a commit for `--format`, each ended by NUL, the first marked by a character that begins no other token.
 * Names and messages are cut by git: a message may have megabytes.
 */
const fields = ['%x01%H', '%P', cut(200, '%aN'), cut(200, '%aE'), '%at', '%ct', cut(500, '%s'), cut(400, '%b')];
export const commitFormat = fields.join('%x00');

/** What makes `git log` and `git diff-tree` list files in a form that any name survives. */
export const fileOptions = ['-z', '-r', '--raw', '--no-abbrev', '--no-color', '--no-ext-diff', '--no-textconv'];

const statuses: Readonly<Record<string, ChangeStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'typeChanged',
};

/** Takes what git writes as it comes. */
export interface LogReader {
  push(chunk: Buffer): void;
  /** What was read so far, whole commits only when git goes on. */
  commits(): readonly Commit[];
}

/** Commits as `git log -z --format=<commitFormat>` with `fileOptions` (and `--numstat`) writes them. */
export function createLogReader(): LogReader {
  const commits: Commit[] = [];
  let header: string[] = [];
  let reader = createFileReader();
  const finish = (): void => {
    if (header.length === fields.length) commits.push(commitFrom(header, reader.files));
    header = [];
    reader = createFileReader();
  };
  const take = (token: string): void => {
    if (header.length > 0 && header.length < fields.length) header.push(token);
    else if (header.length === 0 || !reader.take(token)) {
      finish();
      if (token.startsWith('\u0001')) header.push(token);
    }
  };
  const tokens = createTokenizer(take);
  return {
    push: tokens.push,
    commits: () => {
      tokens.end();
      finish();
      return commits;
    },
  };
}

/** Files as `git diff-tree -z --raw` writes them. */
export function parseChangedFiles(output: Buffer): FileChange[] {
  const reader = createFileReader();
  const tokens = createTokenizer((token) => void reader.take(token));
  tokens.push(output);
  tokens.end();
  return reader.files;
}

/** Moment of a commit from its seconds since 1970; what no calendar can hold reads 1970. */
export function timeOf(seconds: string): string {
  const epochMs = Number(seconds) * 1000;
  return isoTimeOf(Number.isFinite(epochMs) && Math.abs(epochMs) <= 8.64e15 ? epochMs : 0);
}

/** NUL is in no name and in no message, and no byte of a longer UTF-8 character. */
function createTokenizer(take: (token: string) => void): { push(chunk: Buffer): void; end(): void } {
  let rest: Buffer[] = [];
  return {
    push: (chunk) => {
      const last = chunk.lastIndexOf(0);
      if (last < 0) {
        rest.push(chunk);
        return;
      }
      const whole = Buffer.concat([...rest, chunk.subarray(0, last)]).toString('utf8');
      rest = [chunk.subarray(last + 1)];
      for (const token of whole.split('\0')) take(token);
    },
    end: () => {
      const token = Buffer.concat(rest).toString('utf8');
      rest = [];
      if (token !== '') take(token);
    },
  };
}

/** Raw entries (`:100644 100644 … M`, then one name or two), then the counts of the same files, if any. */
function createFileReader(): { readonly files: FileChange[]; take(token: string): boolean } {
  const files: FileChange[] = [];
  let raw: { letter: string; kind: FileChange['kind']; names: string[] } | undefined;
  let counted = 0;
  let skipped = 0;
  const takeName = (entry: NonNullable<typeof raw>, name: string): void => {
    entry.names.push(name);
    const isPair = entry.letter === 'R' || entry.letter === 'C';
    if (isPair && entry.names.length < 2) return;
    const [first = '', second] = entry.names;
    const status = statuses[entry.letter] ?? 'modified';
    files.push({
      status,
      path: second ?? first,
      ...(second === undefined ? {} : { oldPath: first }),
      kind: entry.kind,
    });
    raw = undefined;
  };
  const takeCounts = (token: string): boolean => {
    const counts = /^\n?(\d+|-)\t(\d+|-)\t([^]*)$/.exec(token);
    const file = files[counted];
    if (!counts || file === undefined) return false;
    const [, additions = '-', deletions = '-', name = ''] = counts;
    if (additions !== '-') files[counted] = { ...file, additions: Number(additions), deletions: Number(deletions) };
    counted += 1;
    // Of a rename, the two names follow.
    if (name === '') skipped = 2;
    return true;
  };
  return {
    files,
    take: (token) => {
      if (raw !== undefined) {
        takeName(raw, token);
        return true;
      }
      if (skipped > 0) {
        skipped -= 1;
        return true;
      }
      const entry = /^\n?:(\d+) (\d+) \S+ \S+ ([A-Z])\d*$/.exec(token);
      if (!entry) return takeCounts(token);
      const [, oldMode = '', newMode = '', letter = ''] = entry;
      raw = { letter, kind: kindOf(letter === 'D' ? oldMode : newMode), names: [] };
      return true;
    },
  };
}

function commitFrom(header: readonly string[], files: readonly FileChange[]): Commit {
  const [id = '', parents = '', author = '', email = '', authored = '', committed = '', subject = '', body = ''] =
    header;
  const beginning = whole(body).trim();
  return {
    id: id.slice(1),
    parents: parents.split(' ').filter(Boolean),
    author: whole(author),
    email: whole(email),
    authoredAt: timeOf(authored),
    committedAt: timeOf(committed),
    subject: whole(subject),
    ...(beginning === '' ? {} : { body: beginning }),
    files,
  };
}

function kindOf(mode: string): FileChange['kind'] {
  if (mode === '160000') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}

function cut(columns: number, field: string): string {
  return `%<(${columns},trunc)${field}`;
}

/** Git fills up with spaces, and ends what it cut with two dots. */
function whole(text: string): string {
  const trimmed = text.trimEnd();
  return text.length > 190 && trimmed.length === text.length ? text.replace(/\.\.$/, '…') : trimmed;
}
