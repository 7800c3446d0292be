import { isUtf8 } from 'node:buffer';

/** Git's own measure: a NUL among the first bytes is in no text. */
const searchedBytes = 8000;

/**
 * The text of a file, without byte order mark: UTF-8, UTF-16 where a mark says so, else Latin-1, which keeps every byte apart
 * from every other. Undefined for a binary file.
 */
export function textOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, searchedBytes).includes(0)) return undefined;
  if (!isUtf8(bytes)) return bytes.toString('latin1');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.toString('utf8', start);
}
