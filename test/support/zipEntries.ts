import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** A file of a zip archive. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: number;
  readonly read: () => Buffer;
}

const endOfDirectory = 0x06054b50;
const endOfDirectoryBytes = 22;

/** The files of a zip archive (without Zip64), in its order. Throws when it is none. */
export async function zipEntries(file: string): Promise<readonly ZipEntry[]> {
  const archive = await readFile(file);
  const end = archive.lastIndexOf(Buffer.from(Uint32Array.of(endOfDirectory).buffer));
  if (end === -1 || end > archive.length - endOfDirectoryBytes) throw new Error(`${file} is no zip archive.`);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const packed = { method: archive.readUInt16LE(at + 10), bytes: archive.readUInt32LE(at + 20) };
    const start = archive.readUInt32LE(at + 42);
    entries.push({
      path: archive.toString('utf8', at + 46, at + 46 + nameLength),
      bytes: archive.readUInt32LE(at + 24),
      read: () => contentOf(archive, start, packed),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(
  archive: Buffer,
  start: number,
  packed: { readonly method: number; readonly bytes: number },
): Buffer {
  const content = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  const bytes = archive.subarray(content, content + packed.bytes);
  return packed.method === 0 ? bytes : inflateRawSync(bytes);
}
