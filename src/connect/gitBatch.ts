import type { Content } from '../changes/configuration/readsVersions.ts';
import { textOf } from './fileText.ts';

/** What one entry of `git cat-file --batch` is. */
interface Entry {
  readonly isFile: boolean;
  readonly bytes: number;
}

const lineEnd = 10;

/**
 * Reads what `git cat-file --batch` writes for `names` as it comes: `<id> blob <bytes> LF <content> LF` for each, or
 * `<name> missing LF`. `take` gets each file as soon as it is whole, in the order of `names`; what is missing it never gets.
 */
export function createBatchReader(
  names: readonly string[],
  fileBytes: number,
  take: (name: string, content: Content, bytes: number) => void,
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let next = 0;
  let entry: Entry | undefined;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    if (entry !== undefined && held <= entry.bytes) return;
    const output = Buffer.concat(chunks);
    let at = 0;
    for (;;) {
      if (entry === undefined) {
        const end = output.indexOf(lineEnd, at);
        if (end < 0) break;
        entry = entryOf(output.toString('latin1', at, end));
        at = end + 1;
        if (entry === undefined) {
          next++;
          continue;
        }
      }
      const end = at + entry.bytes;
      if (output.length <= end) break;
      const name = names[next++];
      if (entry.isFile && name !== undefined) take(name, contentOf(output.subarray(at, end), fileBytes), entry.bytes);
      entry = undefined;
      at = end + 1;
    }
    chunks = [output.subarray(at)];
    held = output.length - at;
  };
}

function entryOf(header: string): Entry | undefined {
  const [, type, size] = /^\S+ (\w+) (\d+)$/.exec(header) ?? [];
  return size === undefined ? undefined : { isFile: type === 'blob', bytes: Number(size) };
}

function contentOf(bytes: Buffer, fileBytes: number): Content {
  if (bytes.length > fileBytes) return { kind: 'tooLarge', bytes: bytes.length };
  const text = textOf(bytes);
  return text === undefined ? { kind: 'binary', bytes: bytes.length } : { kind: 'text', text };
}
