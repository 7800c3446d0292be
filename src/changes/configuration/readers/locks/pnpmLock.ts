import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';

interface Found {
  name: string;
  version: string;
  line: number;
  source: string | undefined;
  hashes: string[];
}

/**
 * `pnpm-lock.yaml`, lock file versions 5 to 9. Read by lines: pnpm writes it in one shape, and a YAML parser takes seconds
 * for the megabytes of a large one.
 */
export function readPnpmLock(text: string): LockFile {
  refuseConflicts(text);
  const version = /^lockfileVersion:\s{0,20}['"]?([\d.]{1,20})/m.exec(text)?.[1];
  if (version === undefined) throw new UnreadableConfiguration('line 1: no lockfileVersion');
  const packages: Found[] = [];
  const direct = new Set<string>();
  let section = '';
  let group = '';
  text.split('\n').forEach((line, at) => {
    const indent = line.length - line.trimStart().length;
    const key = keyOf(line);
    if (indent === 0 && key !== undefined) {
      section = key;
      group = isGroup(key) ? key : '';
    } else if (section === 'packages') {
      if (indent === 2 && key !== undefined)
        packages.push({ ...nameAndVersion(key, at + 1), line: at + 1, source: undefined, hashes: [] });
      else readResolution(line, packages.at(-1));
    } else if (section === 'importers' && indent === 4) group = key !== undefined && isGroup(key) ? key : '';
    else if (group !== '' && key !== undefined && indent === (section === 'importers' ? 6 : 2)) direct.add(key);
  });
  const settings = lockSetting('lockfileVersion', version);
  return {
    packages: packages.map((found): LockedPackage => ({ ...found, isDirect: direct.has(found.name) })),
    settings,
  };
}

function isGroup(key: string): boolean {
  return key === 'dependencies' || key === 'devDependencies' || key === 'optionalDependencies';
}

/** The key of a line `  '@scope/name@1.0.0':` or `  name: value`. */
function keyOf(line: string): string | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#') || text.startsWith('- ')) return undefined;
  const quote = text.charAt(0);
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(`${quote}:`, 1);
    return end < 0 ? undefined : text.slice(1, end);
  }
  const end = text.endsWith(':') ? text.length - 1 : text.indexOf(': ');
  return end < 0 ? undefined : text.slice(0, end);
}

/** `/left-pad/1.0.0_peer@2.0.0`, `/left-pad@1.0.0(peer@2.0.0)`, `left-pad@1.0.0`, `registry.example.org/left-pad/1.0.0`. */
function nameAndVersion(key: string, line: number): { name: string; version: string } {
  const peers = key.indexOf('(');
  const bare = (peers < 0 ? key : key.slice(0, peers)).replace(/^\//, '');
  const at = bare.indexOf('@', 1);
  const slash = bare.lastIndexOf('/');
  if (at > 0 && !/\/\d[^/]*$/.test(bare)) return { name: bare.slice(0, at), version: bare.slice(at + 1) };
  if (slash < 0) throw new UnreadableConfiguration(`line ${line}: a package without a version`);
  return { name: bare.slice(0, slash), version: bare.slice(slash + 1).replace(/_.*$/, '') };
}

function readResolution(line: string, found: Found | undefined): void {
  if (found === undefined) return;
  const integrity = /integrity: ([^\s,}]{1,300})/.exec(line)?.[1];
  if (integrity !== undefined) found.hashes.push(integrity);
  found.source ??= /(?:tarball|repo): ([^\s,}]{1,500})/.exec(line)?.[1];
}
