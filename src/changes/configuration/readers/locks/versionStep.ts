/** How far two versions are apart. */
export interface VersionStep {
  readonly level: 'major' | 'minor' | 'patch' | 'prerelease' | 'commit';
  readonly isDowngrade: boolean;
}

/** The step between two versions as semver counts (also `v1.2`, `1.2.3.4`); undefined where one is no such version. */
export function versionStep(before: string, after: string): VersionStep | undefined {
  const was = partsOf(before);
  const is = partsOf(after);
  if (was === undefined || is === undefined) return undefined;
  const at = [0, 1, 2, 3].find((part) => was.numbers[part] !== is.numbers[part]);
  if (at === undefined) {
    // 2.0.0-rc.1 comes before 2.0.0.
    const isDowngrade =
      was.rest === '' ? is.rest !== '' : is.rest !== '' && is.rest.localeCompare(was.rest, 'en', { numeric: true }) < 0;
    // Go names a commit without a tag by its moment: v0.0.0-20260401024825-9d38bb4040a9.
    return { level: /\d{14}-[0-9a-f]{12}$/.test(is.rest) ? 'commit' : 'prerelease', isDowngrade };
  }
  const level = at === 0 ? 'major' : at === 1 ? 'minor' : 'patch';
  return { level, isDowngrade: (is.numbers[at] ?? 0) < (was.numbers[at] ?? 0) };
}

/** Sorts versions from old to new; what is no version last, by its letters. */
export function compareVersions(one: string, other: string): number {
  const step = versionStep(one, other);
  if (one === other) return 0;
  if (step === undefined) return one < other ? -1 : 1;
  return step.isDowngrade ? 1 : -1;
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly rest: string } | undefined {
  const found =
    /^[v^~=]{0,2}(\d{1,12})(?:\.(\d{1,12}))?(?:\.(\d{1,12}))?(?:\.(\d{1,12}))?(?:[-+.]?([A-Za-z-][\w.+-]{0,100}|\+.{0,100}|-.{0,100}))?$/.exec(
      version,
    );
  if (found === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', fourth = '0', rest = ''] = found;
  return { numbers: [major, minor, patch, fourth].map(Number), rest: rest.split('+')[0] ?? '' };
}
