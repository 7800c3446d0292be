import { dirname, join } from 'node:path/posix';
import { FlattenMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { scriptPath } from './scriptPath.ts';

/** A place in a source that a map names: `path` as far as the map tells, relative to the repository's root or absolute. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
}

/** Reads a file by its path relative to the repository's root; undefined when it is not there. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Reading a larger map would be felt in the editor. */
const largestMap = 8 * 1024 * 1024;

/** Maps by what reads them and the built file's path: a trace has many frames of one bundle. */
export type KnownMaps = Map<ReadText, Map<string, Promise<SourceMap | undefined>>>;

interface SourceMap {
  /** Sources are named relative to it. */
  readonly path: string;
  readonly map: ReturnType<typeof FlattenMap>;
}

/**
 * Where a place of a built file comes from, by its source map: inline, named by `//# sourceMappingURL=`, or beside it
 * (https://tc39.es/ecma426/). Undefined without a map that can be read, and for code that no source has.
 */
export async function throughSourceMap(
  built: { readonly path: string; readonly line: number; readonly column?: number },
  read: ReadText,
  known: KnownMaps = new Map(),
): Promise<SourcePlace | undefined> {
  const maps = known.get(read) ?? new Map<string, Promise<SourceMap | undefined>>();
  known.set(read, maps);
  const reading = maps.get(built.path) ?? readMap(built.path, read);
  maps.set(built.path, reading);
  const found = await reading;
  if (found === undefined) return undefined;
  try {
    const column = Math.max(0, (built.column ?? 1) - 1);
    const { source, line } = originalPositionFor(found.map, { line: built.line, column });
    return source === null ? undefined : { path: sourcePath(source, found.path), line };
  } catch {
    // Its mappings are decoded only now, and are none.
    return undefined;
  }
}

async function readMap(path: string, read: ReadText): Promise<SourceMap | undefined> {
  const text = await read(path);
  if (text === undefined) return undefined;
  try {
    const found = await mapOf(path, text, read);
    // Bundlers of bundles write maps in sections.
    return found === undefined ? undefined : { path: found.path, map: FlattenMap(found.text) };
  } catch {
    // Not JSON, or no map: the caller goes by the file's name.
    return undefined;
  }
}

async function mapOf(
  path: string,
  text: string,
  read: ReadText,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const [, url = `${path.slice(path.lastIndexOf('/') + 1)}.map`] =
    [...text.slice(-largestMap).matchAll(/^[ \t]*\/[/*][#@] sourceMappingURL=([^\s*]+)/gm)].at(-1) ?? [];
  if (url.startsWith('data:')) {
    const [, base64, data = ''] = /^data:[^,]{0,200}?(;base64)?,(.*)$/.exec(url) ?? [];
    const plain = base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString('utf8');
    return plain.length > largestMap ? undefined : { path, text: plain };
  }
  if (/^[a-z][\w+.-]*:/i.test(url)) return undefined;
  const mapPath = join(dirname(path), url.replace(/[?#].*$/, ''));
  const map = mapPath.startsWith('..') ? undefined : await read(mapPath);
  return map === undefined || map.length > largestMap ? undefined : { path: mapPath, text: map };
}

/** Sources are named relative to the map, or by a bundler's address. */
function sourcePath(source: string, map: string): string {
  const path = scriptPath(source);
  if (path !== source || path.startsWith('/') || /^[A-Za-z]:/.test(path)) return path;
  return join(dirname(map), path).replace(/^(?:\.\.\/)+/, '');
}
