import { UnreadableConfiguration } from '../../configurationFormat.ts';
import { recordOf, readStrictJson, stringOf } from '../strictJson.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting } from './lockedPackage.ts';

const asked = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. */
export function readNpmLock(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  const root = recordOf(readStrictJson(text));
  const settings = lockSetting('lockfileVersion', root['lockfileVersion']);
  const lines = linesOfKeys(text);
  if (root['packages'] !== undefined) return { packages: fromPackages(recordOf(root['packages']), lines), settings };
  if (root['dependencies'] === undefined && settings.length === 0)
    throw new UnreadableConfiguration('line 1: neither packages nor dependencies');
  return { packages: fromTree(recordOf(root['dependencies']), direct, lines), settings };
}

function fromPackages(
  packages: Readonly<Record<string, unknown>>,
  lines: ReadonlyMap<string, number>,
): LockedPackage[] {
  const own = Object.entries(packages).filter(([path]) => !path.includes('node_modules/'));
  const direct = new Set(
    own.flatMap(([, value]) => asked.flatMap((field) => Object.keys(recordOf(recordOf(value)[field])))),
  );
  return Object.entries(packages).flatMap(([path, value]): LockedPackage[] => {
    const entry = recordOf(value);
    const version = stringOf(entry['version']);
    if (!path.includes('node_modules/') || entry['link'] === true || version === undefined) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isTop = path.indexOf('node_modules/') === path.lastIndexOf('node_modules/');
    return [packageOf(name, version, entry, isTop && direct.has(name), lines.get(path) ?? 1)];
  });
}

function fromTree(
  tree: Readonly<Record<string, unknown>>,
  direct: ReadonlySet<string> | undefined,
  lines: ReadonlyMap<string, number>,
): LockedPackage[] {
  const found: LockedPackage[] = [];
  const open = [{ tree, isTop: true }];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    for (const [name, value] of Object.entries(level.tree)) {
      const entry = recordOf(value);
      const isDirect = direct === undefined ? undefined : level.isTop && direct.has(name);
      found.push(packageOf(name, stringOf(entry['version']) ?? '', entry, isDirect, lines.get(name) ?? 1));
      if (entry['dependencies'] !== undefined) open.push({ tree: recordOf(entry['dependencies']), isTop: false });
    }
  }
  return found;
}

function packageOf(
  name: string,
  version: string,
  entry: Readonly<Record<string, unknown>>,
  isDirect: boolean | undefined,
  line: number,
): LockedPackage {
  const hashes = stringOf(entry['integrity'])?.split(/\s+/) ?? [];
  return { name, version, line, source: stringOf(entry['resolved']), hashes, isDirect };
}

/** The line of each key that opens an object: the first one where a name stands several times. */
function linesOfKeys(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, at) => {
    const key = /^\s{1,100}"([^"]{1,300})": \{/.exec(line)?.[1];
    if (key !== undefined && !lines.has(key)) lines.set(key, at + 1);
  });
  return lines;
}
