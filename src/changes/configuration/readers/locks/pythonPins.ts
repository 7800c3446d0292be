import { listOf, readStrictJson, recordOf, stringOf } from '../strictJson.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';
import { UnreadableConfiguration } from '../../configurationFormat.ts';

/** `Pipfile.lock`. */
export function readPipfileLock(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  const root = recordOf(readStrictJson(text));
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, at) => {
    const key = /^\s{1,40}"([^"]{1,200})": \{/.exec(line)?.[1];
    if (key !== undefined && !lines.has(key)) lines.set(key, at + 1);
  });
  const packages = ['default', 'develop'].flatMap((group) =>
    Object.entries(recordOf(root[group])).map(([name, value]): LockedPackage => {
      const entry = recordOf(value);
      const hashes = listOf(entry['hashes']).filter((hash) => typeof hash === 'string');
      const version = stringOf(entry['version'])?.replace(/^==/, '') ?? stringOf(entry['ref']) ?? '';
      const source = stringOf(entry['git']) ?? stringOf(entry['file']);
      return { name, version, line: lines.get(name) ?? 1, source, hashes, isDirect: direct?.has(pythonName(name)) };
    }),
  );
  const sources = listOf(recordOf(root['_meta'])['sources']).map((source) => stringOf(recordOf(source)['url']));
  return { packages, settings: sources.flatMap((url) => lockSetting('index', url)) };
}

/** One spelling for a Python package's name (PEP 503). */
export function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** `requirements*.txt` and `constraints*.txt`: what pip-compile wrote says "via" for what others ask for. */
export function readRequirements(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  refuseConflicts(text);
  const isCompiled = /^\s{0,40}# via\b/m.test(text);
  const packages: LockedPackage[] = [];
  const settings: LockFile['settings'][number][] = [];
  for (const { line, text: joined } of logicalLines(text)) {
    const option = /^(--?[a-z-]{1,40})(?:[= ]\s{0,40}(.{0,500}))?$/.exec(joined);
    if (option !== null) {
      const [, name = '', value = ''] = option;
      settings.push({ key: name, subject: name, value: value.trim(), line });
      continue;
    }
    const found = requirement(joined, line);
    const isDirect = direct?.has(pythonName(found.name)) ?? (isCompiled ? undefined : true);
    packages.push({ ...found, isDirect });
  }
  return { packages, settings };
}

function* logicalLines(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let parts: string[] = [];
  let start = 1;
  const lines = text.split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (parts.length === 0) start = at + 1;
    const goesOn = line.endsWith('\\');
    parts.push(goesOn ? line.slice(0, -1).trim() : line);
    if (goesOn && at + 1 < lines.length) continue;
    const joined = parts.join(' ').trim();
    parts = [];
    if (joined !== '') yield { line: start, text: joined };
  }
}

function requirement(text: string, line: number): Omit<LockedPackage, 'isDirect'> {
  const hashes = [...text.matchAll(/--hash[= ](\S{1,300})/g)].map(([, hash = '']) => hash);
  const bare = (text.split(' --hash')[0] ?? '').split(/\s;|;\s/)[0]?.trim() ?? '';
  if (/^[a-z+]{2,20}:\/\//i.test(bare))
    return { name: /#egg=([\w.-]{1,100})/.exec(bare)?.[1] ?? bare, version: bare, line, hashes };
  const name = /^[A-Za-z0-9][\w.-]{0,100}/.exec(bare)?.[0];
  if (name === undefined) throw new UnreadableConfiguration(`line ${line}: no requirement`);
  const rest = bare
    .slice(name.length)
    .replace(/^\s{0,20}\[[^\]]{0,200}\]/, '')
    .trim();
  if (rest !== '' && !/^(?:[<>=!~]|@)/.test(rest)) throw new UnreadableConfiguration(`line ${line}: no requirement`);
  const version = /^={2,3}\s{0,20}([^\s,]{1,100})$/.exec(rest)?.[1] ?? rest.replace(/^@\s{0,20}/, '');
  return { name: pythonName(name), version: version === '' ? 'any' : version, line, hashes };
}
