import { isoTimeOf } from '../incident/isoTime.ts';
import type { ChangeStatus, Commit, FileChange } from '../investigate/readsHistory.ts';

/**
 * Fields of a commit for `--format`, each ended by NUL, the first marked by a character that begins no other token.
 * Names and subjects are cut by git: a message may have megabytes.
 */
export const commitFormat = ['%x01%H', '%P', cut(200, '%aN'), cut(200, '%aE'), '%at', '%ct', cut(500, '%s')].join(
  '%x00',
);

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

/** Commits as `git log -z --format=<commitFormat>` with `fileOptions` (and `--numstat`) writes them. */
export function parseCommits(output: Buffer): Commit[] {
  const tokens = tokensOf(output);
  const commits: Commit[] = [];
  for (let at = 0; at < tokens.length;) {
    const [id = '', parents = '', author = '', email = '', authored = '', committed = '', subject = ''] =
      tokens.slice(at);
    if (!id.startsWith('\u0001')) break;
    const { files, next } = parseFiles(tokens, at + 7);
    commits.push({
      id: id.slice(1),
      parents: parents.split(' ').filter(Boolean),
      author: whole(author),
      email: whole(email),
      authoredAt: timeOf(authored),
      committedAt: timeOf(committed),
      subject: whole(subject),
      files,
    });
    at = next;
  }
  return commits;
}

/** Files as `git diff-tree -z --raw` writes them. */
export function parseChangedFiles(output: Buffer): FileChange[] {
  return parseFiles(tokensOf(output), 0).files;
}

/** Moment of a commit from its seconds since 1970; what no calendar can hold reads 1970. */
export function timeOf(seconds: string): string {
  const epochMs = Number(seconds) * 1000;
  return isoTimeOf(Number.isFinite(epochMs) && Math.abs(epochMs) <= 8.64e15 ? epochMs : 0);
}

function tokensOf(output: Buffer): string[] {
  // NUL is in no name and in no message, and no byte of a longer UTF-8 character.
  return output.toString('utf8').split('\0');
}

/** Raw entries (`:100644 100644 … M`, then one name or two), then the counts of the same files, if any. */
function parseFiles(tokens: readonly string[], start: number): { files: FileChange[]; next: number } {
  const files: FileChange[] = [];
  let at = start;
  for (;;) {
    const entry = /^\n?:(\d+) (\d+) \S+ \S+ ([A-Z])\d*$/.exec(tokens[at] ?? '');
    if (!entry) break;
    const [, oldMode = '', newMode = '', letter = ''] = entry;
    const isPair = letter === 'R' || letter === 'C';
    const first = tokens[at + 1] ?? '';
    const path = isPair ? (tokens[at + 2] ?? '') : first;
    const kind = kindOf(letter === 'D' ? oldMode : newMode);
    files.push({ status: statuses[letter] ?? 'modified', path, ...(isPair ? { oldPath: first } : {}), kind });
    at += isPair ? 3 : 2;
  }
  for (const [index, file] of files.entries()) {
    const counts = /^\n?(\d+|-)\t(\d+|-)\t([^]*)$/.exec(tokens[at] ?? '');
    if (!counts) break;
    const [, additions = '-', deletions = '-', name = ''] = counts;
    if (additions !== '-') files[index] = { ...file, additions: Number(additions), deletions: Number(deletions) };
    at += name === '' ? 3 : 1;
  }
  return { files, next: at };
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
