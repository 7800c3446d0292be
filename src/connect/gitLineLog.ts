import type { LineChange } from '../changes/lines/readsLineHistory.ts';
import { timeOf } from './gitLog.ts';

/** What `git log -L` writes before the patch of each commit: fields that hold no NUL. Subjects may have megabytes: git cuts them. */
export const lineHistoryFormat = `${['%x00%x01%H', '%P', '%<(200,trunc)%aN', '%at', '%ct', '%<(500,trunc)%s'].join('%x00')}%x00`;

/** Changes as `git log -L` with `lineHistoryFormat` writes them, of a stretch that is in `path` in the newest one. */
export function parseLineHistory(output: Buffer, path: string): readonly LineChange[] {
  const changes: LineChange[] = [];
  let current = path;
  for (const entry of output.toString('utf8').split('\0\u0001').slice(1)) {
    const [id = '', parents = '', author = '', authored = '', committed = '', subject = '', ...patch] =
      entry.split('\0');
    const hunk = hunkOf(patch.join('\0'));
    const [parent] = parents.split(' ').filter(Boolean);
    const here = hunk?.path ?? current;
    changes.push({
      id,
      parent,
      author: author.trimEnd(),
      authoredAt: timeOf(authored),
      committedAt: timeOf(committed),
      subject: subject.trimEnd(),
      path: here,
      oldPath: hunk === undefined ? here : hunk.oldPath,
      start: hunk?.start ?? 1,
      end: hunk?.end ?? 1,
    });
    current = hunk?.oldPath ?? here;
  }
  return changes;
}

/** Some versions of git quote odd names here, others write them as they are, line ends included. */
const header = /(?:^|\n)--- ([^]*?)\n\+\+\+ ([^]*?)\n@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

function hunkOf(
  patch: string,
):
  | { readonly path: string; readonly oldPath: string | undefined; readonly start: number; readonly end: number }
  | undefined {
  const [, before = '', after = '', start = '', count = '1'] = header.exec(patch) ?? [];
  if (start === '') return undefined;
  const last = [...patch.matchAll(/\n@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/g)].at(-1);
  const end = last === undefined ? Number(start) + Number(count) : Number(last[1]) + Number(last[2] ?? '1');
  return {
    path: nameOf(after, 'b/') ?? '',
    oldPath: before === '/dev/null' ? undefined : nameOf(before, 'a/'),
    start: Number(start),
    end: end - 1,
  };
}

function nameOf(text: string, prefix: string): string | undefined {
  const name = text.startsWith('"') ? unquoted(text) : text.replace(/\t$/, '');
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** `"a/\303\244.txt"`: bytes that are no plain text are written in octal. */
function unquoted(text: string): string {
  const inner = text.replace(/\t$/, '').slice(1, -1);
  const bytes = inner.replace(/\\([0-7]{3}|.)|([^\\]+)/gs, (_all, escaped: string | undefined, plain = '') => {
    if (escaped === undefined) return Buffer.from(plain as string, 'utf8').toString('latin1');
    return /^[0-7]{3}$/.test(escaped)
      ? String.fromCharCode(Number.parseInt(escaped, 8))
      : (escapes[escaped] ?? escaped);
  });
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
