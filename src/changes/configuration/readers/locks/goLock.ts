import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { Entry } from '../../entryDifferences.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { lockSetting, refuseConflicts } from './lockedPackage.ts';

/** `go.mod`: what is required (`// indirect` apart), replaced and excluded, and the versions of go itself. */
export function readGoMod(text: string): LockFile {
  refuseConflicts(text);
  const packages: LockedPackage[] = [];
  const settings: Entry[] = [];
  let block = '';
  let opened = 1;
  for (const [at, raw] of text.split('\n').entries()) {
    const comment = raw.indexOf('//');
    const words = (comment < 0 ? raw : raw.slice(0, comment))
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    const isIndirect = comment >= 0 && /^\/\/\s{0,20}indirect\b/.test(raw.slice(comment));
    const [first] = words;
    if (first === undefined) continue;
    if (block !== '' && first === ')') {
      block = '';
      continue;
    }
    if (block === '' && words.at(-1) === '(') {
      block = first;
      opened = at + 1;
      continue;
    }
    const verb = block === '' ? first : block;
    const rest = block === '' ? words.slice(1) : words;
    readDirective(verb, rest, at + 1, isIndirect, packages, settings);
  }
  if (block !== '') throw new UnreadableConfiguration(`line ${opened}: ${block} does not close`);
  return { packages, settings };
}

function readDirective(
  verb: string,
  words: readonly string[],
  line: number,
  isIndirect: boolean,
  packages: LockedPackage[],
  settings: Entry[],
): void {
  const [first = '', second = ''] = words;
  switch (verb) {
    case 'require':
      packages.push({ name: first, version: second, line, hashes: [], isDirect: !isIndirect });
      break;
    case 'replace': {
      const arrow = words.indexOf('=>');
      const value = words.slice(arrow + 1).join(' ');
      settings.push({
        key: `replace ${first}`,
        subject: `replace ${words.slice(0, Math.max(arrow, 1)).join(' ')}`,
        value,
        line,
      });
      break;
    }
    case 'module':
    case 'go':
    case 'toolchain':
      settings.push(...lockSetting(verb, words.join(' '), line));
      break;
    case 'exclude':
    case 'retract':
    case 'tool':
    case 'godebug':
    case 'ignore':
      settings.push({ key: `${verb} ${words.join(' ')}`, subject: `${verb} ${words.join(' ')}`, value: '', line });
      break;
    default:
      throw new UnreadableConfiguration(`line ${line}: no directive of a go.mod`);
  }
}

/** `go.sum`: the hashes of modules; `direct` are those that go.mod requires itself. */
export function readGoSum(text: string, direct: ReadonlySet<string> | undefined): LockFile {
  refuseConflicts(text);
  const packages: LockedPackage[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const [name = '', version = '', hash] = line.trim().split(/\s+/);
    if (name === '') continue;
    if (hash?.startsWith('h1:') !== true) throw new UnreadableConfiguration(`line ${at + 1}: no hash of a module`);
    // A `/go.mod` line is of a module that was only considered.
    if (!version.endsWith('/go.mod'))
      packages.push({ name, version, line: at + 1, hashes: [hash], isDirect: direct?.has(name) });
  }
  return { packages, settings: [] };
}
