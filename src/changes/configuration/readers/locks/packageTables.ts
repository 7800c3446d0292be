import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';

interface Table {
  readonly line: number;
  readonly fields: Map<string, string>;
  readonly hashes: string[];
  readonly dependencies: string[];
}

/** What uv's workspace asks for in groups of its own. */
const manifest = '[manifest.dependency-groups]';
/** Tables whose lists are dependencies in groups, as uv writes them. */
const groups = new Set(['[package.dev-dependencies]', '[package.optional-dependencies]', manifest]);

/** `Cargo.lock`: packages without a source are the workspace's own, and what they depend on is direct. */
export function readCargoLock(text: string): LockFile {
  const { tables, version } = tablesOf(text);
  const isOwn = (table: Table): boolean => !table.fields.has('source');
  return lockFileOf(tables, isOwn, version, undefined);
}

/** `uv.lock`, `poetry.lock` and `pdm.lock`. */
export function readPythonLock(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  const { tables, version } = tablesOf(text);
  const isOwn = (table: Table): boolean => /\b(virtual|editable)\s{0,20}=/.test(table.fields.get('source') ?? '');
  return lockFileOf(tables, isOwn, version, direct);
}

function lockFileOf(
  tables: readonly Table[],
  isOwn: (table: Table) => boolean,
  version: string | undefined,
  direct: ReadonlySet<string> | undefined,
): LockFile {
  const own = tables.filter(isOwn);
  const wanted = own.length > 0 ? new Set(own.flatMap((table) => table.dependencies)) : direct;
  const packages = tables
    .filter((table) => !isOwn(table))
    .map((table): LockedPackage => {
      const name = table.fields.get('name') ?? '';
      if (name === '') throw new UnreadableConfiguration(`line ${table.line}: a package without a name`);
      const isDirect = wanted?.has(name);
      const source = urlIn(table.fields.get('source') ?? '');
      return {
        name,
        version: table.fields.get('version') ?? '',
        line: table.line,
        source,
        hashes: table.hashes,
        isDirect,
      };
    });
  return { packages, settings: lockSetting('version of the lock file', version) };
}

function urlIn(source: string): string | undefined {
  return /\b[a-z+]{2,20}:\/\/[^"'\s}#?]{1,500}/.exec(source)?.[0];
}

/** The `[[package]]` tables of a TOML file that a tool wrote, by lines: a parser takes too long for the largest. */
function tablesOf(text: string): { readonly tables: readonly Table[]; readonly version: string | undefined } {
  refuseConflicts(text);
  const tables: Table[] = [];
  let header = '';
  let list = '';
  let version: string | undefined;
  text.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    const table = tables.at(-1);
    if (list !== '') {
      if (line.startsWith(']')) list = '';
      else addTo(table, list, line);
    } else if (line.startsWith('[')) {
      header = line;
      if (line === manifest)
        tables.push({ line: at + 1, fields: new Map([['source', 'virtual = "."']]), hashes: [], dependencies: [] });
      if (line === '[[package]]') tables.push({ line: at + 1, fields: new Map(), hashes: [], dependencies: [] });
    } else if (line !== '' && !line.startsWith('#')) {
      const equals = line.indexOf('=');
      if (equals < 0) throw new UnreadableConfiguration(`line ${at + 1}: no TOML`);
      const name = line.slice(0, equals).trim();
      const value = line.slice(equals + 1).trim();
      if (groups.has(header)) addTo(table, 'dependencies', value);
      if (value.startsWith('[') && !value.endsWith(']')) list = groups.has(header) ? 'dependencies' : name;
      if (header === '' && name === 'version') version = value;
      if (header === '[package.source]' && name === 'url') table?.fields.set('source', value);
      if (header === '[[package]]') readField(table, name, value);
    }
  });
  if (tables.length === 0 && version === undefined && text.trim() !== '' && !text.includes('[metadata]'))
    throw new UnreadableConfiguration('line 1: no packages');
  return { tables, version };
}

function readField(table: Table | undefined, name: string, value: string): void {
  if (name === 'checksum') table?.hashes.push(`sha256:${value.replaceAll('"', '')}`);
  if (value.startsWith('[') || value.startsWith('{')) addTo(table, name, value);
  table?.fields.set(name, value.startsWith('"') ? value.replaceAll('"', '') : value);
}

function addTo(table: Table | undefined, list: string, line: string): void {
  if (list === 'dependencies') {
    const names = [...line.matchAll(/name = "([^"]{1,200})"/g)].map(([, name = '']) => name);
    const plain = /^"([^" ]{1,200})/.exec(line)?.[1];
    table?.dependencies.push(...(plain === undefined ? names : [plain]));
  } else for (const [, hash = ''] of line.matchAll(/hash = "([^"]{1,200})"/g)) table?.hashes.push(hash);
}
