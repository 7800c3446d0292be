import type { Difference } from '../../difference.ts';
import { entryDifferences } from '../../entryDifferences.ts';
import { contentDifferences } from './contentDifferences.ts';
import type { LockedPackage, LockFile } from './lockedPackage.ts';
import { compareVersions, versionStep } from './versionStep.ts';

/** As many packages that the project does not ask for itself are told one by one. */
const shownOthers = 20;

interface Told {
  readonly rank: number;
  readonly isDirect: boolean | undefined;
  readonly difference: Difference;
}

/**
 * What differs between two versions of a lock file: what looks like tampering first, then direct packages, majors and
 * downgrades before the rest; of the others the first ones, and how many more there are.
 */
export function lockDifferences(before: LockFile, after: LockFile): readonly Difference[] {
  const told = versionDifferences(before.packages, after.packages);
  const direct = told.filter(({ isDirect }) => isDirect === true);
  const others = told.filter(({ isDirect }) => isDirect !== true);
  const shown = others.slice(0, others.length > shownOthers + 1 ? shownOthers : others.length);
  const rest = others.slice(shown.length);
  return [
    ...contentDifferences(before.packages, after.packages),
    ...entryDifferences(before.settings, after.settings),
    ...[...direct, ...shown].map(({ difference }) => difference),
    ...(rest.length === 0 ? [] : [summary(rest)]),
  ];
}

function summary(rest: readonly Told[]): Difference {
  const what = rest.every(({ isDirect }) => isDirect === false) ? 'transitive packages' : 'packages';
  const majors = rest.filter(({ rank }) => rank === 0).length;
  return {
    kind: 'told',
    text: `and ${rest.length} ${what}`,
    ...(majors > 0 ? { note: `${majors} of them major or downgraded` } : {}),
  };
}

function versionDifferences(before: readonly LockedPackage[], after: readonly LockedPackage[]): readonly Told[] {
  const was = byName(before);
  const is = byName(after);
  const names = [...is.keys(), ...[...was.keys()].filter((name) => !is.has(name))];
  const told = names.flatMap((name) => packageDifferences(was.get(name) ?? [], is.get(name) ?? []));
  return told.sort((one, other) => one.rank - other.rank);
}

function byName(packages: readonly LockedPackage[]): ReadonlyMap<string, readonly LockedPackage[]> {
  const found = new Map<string, LockedPackage[]>();
  for (const one of packages) {
    const same = found.get(one.name);
    if (same === undefined) found.set(one.name, [one]);
    else same.push(one);
  }
  return found;
}

/** The versions of one package: those that went pair with those that came, from old to new. */
function packageDifferences(before: readonly LockedPackage[], after: readonly LockedPackage[]): readonly Told[] {
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length + come.length === 0) return [];
  const kept = new Set(
    after.filter(({ version }) => !come.some((one) => one.version === version)).map(({ version }) => version),
  );
  const { pairs, rest } = paired(gone, come);
  return [
    ...pairs.map(({ was, is }) => replaced(was, is, before)),
    ...come.slice(pairs.length).map((is) => added(is, kept)),
    ...rest.map((was) => removed(was, after)),
  ];
}

/** Where more versions went than came, what the project asked for itself is replaced by what it asks for now, else the newest. */
function paired(
  gone: readonly LockedPackage[],
  come: readonly LockedPackage[],
): {
  readonly pairs: readonly { readonly was: LockedPackage; readonly is: LockedPackage }[];
  readonly rest: readonly LockedPackage[];
} {
  const left = [...gone];
  const pairs = come.slice(0, gone.length).map((is) => {
    const alike = left.findLastIndex((was) => was.isDirect === is.isDirect);
    const at = gone.length <= come.length ? 0 : alike < 0 ? left.length - 1 : alike;
    const [was = is] = left.splice(at, 1);
    return { was, is };
  });
  return { pairs, rest: left };
}

function without(packages: readonly LockedPackage[], others: readonly LockedPackage[]): readonly LockedPackage[] {
  const known = new Set(others.map(({ version }) => version));
  const found = new Map<string, LockedPackage>();
  for (const one of packages)
    if (!known.has(one.version) && (one.isDirect === true || !found.has(one.version))) found.set(one.version, one);
  return [...found.values()].sort((one, other) => compareVersions(one.version, other.version));
}

function replaced(was: LockedPackage, is: LockedPackage, before: readonly LockedPackage[]): Told {
  const step = versionStep(was.version, is.version);
  const isDirect = is.isDirect ?? was.isDirect;
  const notes = [
    ...(step === undefined ? [] : [step.level]),
    ...(step?.isDowngrade === true ? ['downgrade'] : []),
    ...origin(isDirect),
    ...(isDirect === true && before.some((one) => one.isDirect === false && one === was) ? ['was transitive'] : []),
  ];
  const text = `${is.name} ${was.version} → ${is.version}`;
  const rank = step?.level === 'major' || step?.isDowngrade === true ? 0 : 2;
  return { rank, isDirect, difference: { kind: 'told', text, line: is.line, ...noted(notes) } };
}

function added(is: LockedPackage, kept: ReadonlySet<string>): Told {
  const notes = [...origin(is.isDirect), ...(kept.size > 0 ? [`beside ${[...kept].slice(0, 3).join(', ')}`] : [])];
  const difference: Difference = { kind: 'added', subject: is.name, after: is.version, line: is.line, ...noted(notes) };
  return { rank: 1, isDirect: is.isDirect, difference };
}

function removed(was: LockedPackage, after: readonly LockedPackage[]): Told {
  const stays = [...new Set(after.map(({ version }) => version))].slice(0, 3);
  // A manifest of now says nothing about who asked for what is gone.
  const notes = [
    ...(was.isDirect === true ? ['direct'] : []),
    ...(stays.length > 0 ? [`${stays.join(', ')} ${stays.length > 1 ? 'stay' : 'stays'}`] : []),
  ];
  const difference: Difference = {
    kind: 'removed',
    subject: was.name,
    before: was.version,
    line: was.line,
    ...noted(notes),
  };
  return { rank: 1, isDirect: was.isDirect, difference };
}

function origin(isDirect: boolean | undefined): readonly string[] {
  return isDirect === undefined ? [] : [isDirect ? 'direct' : 'transitive'];
}

function noted(notes: readonly string[]): { readonly note?: string } {
  return notes.length === 0 ? {} : { note: notes.join(', ') };
}
