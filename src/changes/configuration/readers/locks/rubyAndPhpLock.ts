import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { Entry } from '../../entryDifferences.ts';
import { listOf, readStrictJson, recordOf, stringOf } from '../strictJson.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';

/** `Gemfile.lock`. */
export function readGemfileLock(text: string): LockFile {
  refuseConflicts(text);
  const found: Omit<LockedPackage, 'isDirect'>[] = [];
  const direct = new Set<string>();
  const settings: Entry[] = [];
  let section = '';
  let source: string | undefined;
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    if (line === '') continue;
    const indent = line.length - line.trimStart().length;
    const [name = '', version = ''] = line.trim().replace(/!$/, '').split(' ', 2);
    if (indent === 0) {
      section = line;
      source = undefined;
    } else if (section === 'DEPENDENCIES') direct.add(name);
    else if (section === 'RUBY VERSION' || section === 'BUNDLED WITH')
      settings.push(...lockSetting(section.toLowerCase(), line.trim(), at + 1));
    else if (name === 'remote:') source ??= version;
    else if (indent === 4 && version.startsWith('(')) {
      // A gem for several platforms stands there once for each: 1.16.0-x86_64-linux.
      const plain = version.slice(1).replace(/[-)].*$/, '');
      found.push({ name, version: plain, line: at + 1, source, hashes: [] });
    }
  }
  if (section === '') throw new UnreadableConfiguration('line 1: no section of a Gemfile.lock');
  return { packages: found.map((one) => ({ ...one, isDirect: direct.has(one.name) })), settings };
}

/** `composer.lock`. */
export function readComposerLock(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  const root = recordOf(readStrictJson(text));
  const lines = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const name = /^\s{1,40}"name": "([^"]{1,200})"/.exec(line)?.[1];
    if (name !== undefined && !lines.has(name)) lines.set(name, at + 1);
  }
  const packages = [...listOf(root['packages']), ...listOf(root['packages-dev'])].map((value): LockedPackage => {
    const entry = recordOf(value);
    const name = stringOf(entry['name']) ?? '';
    const version = (stringOf(entry['version']) ?? '').replace(/^v(?=\d)/, '');
    const reference =
      stringOf(recordOf(entry['dist'])['reference']) ?? stringOf(recordOf(entry['source'])['reference']);
    const source = stringOf(recordOf(entry['dist'])['url']) ?? stringOf(recordOf(entry['source'])['url']);
    const hashes = reference === undefined || reference === '' ? [] : [`reference:${reference}`];
    return { name, version, line: lines.get(name) ?? 1, source, hashes, isDirect: direct?.has(name) };
  });
  return { packages, settings: lockSetting('plugin-api-version', root['plugin-api-version']) };
}
