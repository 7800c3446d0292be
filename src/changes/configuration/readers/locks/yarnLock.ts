import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';

interface Block {
  readonly patterns: readonly string[];
  readonly line: number;
  readonly fields: Map<string, string>;
  readonly dependencies: { name: string; range: string }[];
}

/** `yarn.lock`, both the classic one and that of Yarn 2 and later. */
export function readYarnLock(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  refuseConflicts(text);
  const blocks = blocksOf(text);
  const meta = blocks.find((block) => block.patterns[0] === '__metadata');
  const packages = blocks.filter((block) => block !== meta);
  const isOwn = (block: Block): boolean => (block.fields.get('resolution') ?? '').includes('@workspace:');
  const wanted = new Set(
    packages.filter((block) => !isOwn(block)).flatMap((block) => block.dependencies.map(descriptor)),
  );
  const own = new Set(packages.filter(isOwn).flatMap((block) => block.dependencies.map(({ name }) => name)));
  const isDirect = (name: string, block: Block): boolean | undefined => {
    if (meta !== undefined) return own.has(name);
    // What nothing in the file asks for, the project or a workspace of it does.
    if (direct?.has(name) === true || block.patterns.some((pattern) => !wanted.has(pattern))) return true;
    return direct === undefined ? undefined : false;
  };
  return {
    packages: packages.filter((block) => !isOwn(block)).map((block) => packageOf(block, isDirect)),
    settings: lockSetting('version of yarn.lock', meta?.fields.get('version'), meta?.line),
  };
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let inDependencies = false;
  text.split('\n').forEach((raw, at) => {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) return;
    const last = blocks.at(-1);
    if (!line.startsWith(' ')) {
      if (!line.endsWith(':')) throw new UnreadableConfiguration(`line ${at + 1}: no package of a yarn.lock`);
      const patterns = line
        .slice(0, -1)
        .split(',')
        .map((pattern) => pattern.trim().replaceAll('"', ''));
      blocks.push({ patterns, line: at + 1, fields: new Map(), dependencies: [] });
    } else if (last === undefined) throw new UnreadableConfiguration(`line ${at + 1}: a field of no package`);
    else if (line.startsWith('    ')) {
      const [name, value] = fieldOf(line);
      if (inDependencies) last.dependencies.push({ name, range: value });
    } else {
      const [name, value] = fieldOf(line);
      inDependencies = name === 'dependencies' || name === 'optionalDependencies';
      last.fields.set(name, value);
    }
  });
  return blocks;
}

/** `version "1.0.0"` and `version: 1.0.0` alike. */
function fieldOf(line: string): readonly [string, string] {
  const text = line.trim();
  const nameEnd = text.startsWith('"') ? text.indexOf('"', 1) + 1 : text.search(/[: ]/);
  const name = nameEnd <= 0 ? text : text.slice(0, nameEnd);
  const value = text.slice(name.length).replace(/^:?\s{0,20}/, '');
  return [name.replaceAll('"', ''), value.replaceAll('"', '')];
}

function descriptor({ name, range }: { readonly name: string; readonly range: string }): string {
  return `${name}@${range}`;
}

function packageOf(block: Block, isDirect: (name: string, block: Block) => boolean | undefined): LockedPackage {
  const [first = ''] = block.patterns;
  const name = nameOf(first);
  const { fields, line } = block;
  const resolved = fields.get('resolved');
  const checksum = fields.get('checksum');
  const hashes = fields.get('integrity')?.split(/\s+/) ?? (checksum === undefined ? [] : [berryHash(checksum)]);
  const source = resolved?.split('#')[0] ?? protocolOf(fields.get('resolution'), name);
  return { name, version: fields.get('version') ?? '', line, source, hashes, isDirect: isDirect(name, block) };
}

function nameOf(pattern: string): string {
  const at = pattern.indexOf('@', 1);
  return at < 0 ? pattern : pattern.slice(0, at);
}

/** What is not from a registry says so: `patch:`, `https:`, `file:`. */
function protocolOf(resolution: string | undefined, name: string): string | undefined {
  const reference = resolution?.slice(name.length + 1);
  return reference === undefined || reference.startsWith('npm:') ? undefined : reference;
}

/** `10c0/abc…`: the part in front names how it was computed, as an algorithm does. */
function berryHash(checksum: string): string {
  return checksum.includes('/') ? checksum.replace('/', '-') : `checksum-${checksum}`;
}
