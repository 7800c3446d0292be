import type { Difference } from '../../difference.ts';
import type { LockedPackage } from './lockedPackage.ts';

const shownNames = 3;

/**
 * What no ordinary update does: the same version with other content, packages from another place, hashes gone. The lists
 * are of one lock file before and after.
 */
export function contentDifferences(
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): readonly Difference[] {
  const was = hashesByVersion(before);
  const is = hashesByVersion(after);
  const tampered = after.filter((one) => hasOtherContent(was.get(versionKey(one)) ?? [], one.hashes));
  const bare = after.filter(
    (one) => (was.get(versionKey(one))?.length ?? 0) > 0 && is.get(versionKey(one))?.length === 0,
  );
  return [
    ...tampered.map((is): Difference => ({
      kind: 'told',
      text: `${is.name} ${is.version}: same version, other content`,
      note: 'its hash changed',
      line: is.line,
    })),
    ...moved(before, after),
    ...(bare.length === 0
      ? []
      : [{ kind: 'told' as const, text: `${namesOf(bare)}: no hash any more`, line: bare[0]?.line ?? 1 }]),
  ];
}

function versionKey({ name, version }: LockedPackage): string {
  return `${name}\0${version}`;
}

/** One version may stand in several places, and without a hash where another package brings it along. */
function hashesByVersion(packages: readonly LockedPackage[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const one of packages) {
    const same = found.get(versionKey(one));
    if (same === undefined) found.set(versionKey(one), [...one.hashes]);
    else same.push(...one.hashes);
  }
  return found;
}

/** Hashes of one algorithm that have none in common; a better algorithm, or a file more for another platform, is no other content. */
function hasOtherContent(was: readonly string[], is: readonly string[]): boolean {
  if (was.length === 0 || is.length === 0) return false;
  const algorithms = new Set(was.map(algorithmOf));
  const comparable = is.filter((hash) => algorithms.has(algorithmOf(hash)));
  const known = new Set(was);
  return comparable.length > 0 && !comparable.some((hash) => known.has(hash));
}

function algorithmOf(hash: string): string {
  return hash.slice(0, hash.search(/[-:]/));
}

interface Move {
  readonly text: string;
  readonly packages: LockedPackage[];
}

function moved(before: readonly LockedPackage[], after: readonly LockedPackage[]): readonly Difference[] {
  const was = new Map<string, Set<string>>();
  for (const one of before) {
    const places = was.get(one.name) ?? new Set();
    if (one.source !== undefined) places.add(placeOf(one));
    was.set(one.name, places);
  }
  const moves = new Map<string, Move>();
  for (const is of after) {
    const earlier = was.get(is.name);
    if (is.source === undefined || earlier === undefined || earlier.has(placeOf(is))) continue;
    const text =
      earlier.size === 0
        ? `from ${placeOf(is)}`
        : `from ${placeOf(is)}, before from ${[...earlier].slice(0, shownNames).join(', ')}`;
    // A file format that did not name places before says nothing about a move, unless the place is no registry.
    if (earlier.size === 0 && /^https?:/.test(is.source)) continue;
    const move = moves.get(text);
    if (move === undefined) moves.set(text, { text, packages: [is] });
    else move.packages.push(is);
  }
  return [...moves.values()].map(({ text, packages }): Difference => {
    const verb = packages.length > 1 ? 'now come' : 'now comes';
    return { kind: 'told', text: `${namesOf(packages)} ${verb} ${text}`, line: packages[0]?.line ?? 1 };
  });
}

/** The host of a URL; else what is there: a folder, a patch. */
function placeOf({ source = '' }: LockedPackage): string {
  const host = /^[a-z+]{2,20}:\/\/(?:[^@/]{1,200}@)?([^/:?#]{1,253})/i.exec(source)?.[1];
  if (host === undefined) return source;
  // On hosts of code the repository tells whose it is.
  return /^git/i.test(source) || /^git(hub|lab)\.|^codeload\.|^bitbucket\./.test(host)
    ? gitPlace(source, host)
    : host.toLowerCase();
}

function gitPlace(source: string, host: string): string {
  const path = source.slice(source.indexOf(host) + host.length + 1).split(/[?#]/)[0] ?? '';
  return `${host}/${path.split('/').slice(0, 2).join('/')}`.toLowerCase();
}

function namesOf(packages: readonly LockedPackage[]): string {
  const names = [...new Set(packages.map(({ name }) => name))];
  if (names.length <= shownNames) return names.join(', ');
  return `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} packages more`;
}
