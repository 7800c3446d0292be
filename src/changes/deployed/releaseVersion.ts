/** The numbers of a release, the weightiest first; a calendar version is one too. */
export type ReleaseVersion = readonly number[];

/** What tags of releases are called beside their version. */
const releaseWords = ['', 'release', 'releases', 'rel', 'version', 'ver'];

/**
 * The version that the name of a tag tells: `v1.9.0`, `2026.11.23`, `release-2026-11-23`, `20261123.2`, and with one of
 * `prefixes` (a service's name) in front `api-v1.9.0`, `api/1.9`, `api@1.9.0`. Undefined for what is no release: a moving tag
 * (`v1`), a pre-release (`1.9.0-rc.1`), another component's tag.
 */
export function releaseVersionOf(tag: string, prefixes: readonly string[] = []): ReleaseVersion | undefined {
  if (tag.length > 255) return undefined;
  const known = [...prefixes.map((prefix) => prefix.toLowerCase()), ...releaseWords];
  const { head, numbers } = parts(tag) ?? {};
  if (head === undefined || numbers === undefined) return undefined;
  const words = head
    .toLowerCase()
    .replace(/v$/, '')
    .split(/[-_/@]+(?=[a-z])|[-_/@]+$/)
    .filter((word) => word !== '');
  const name = head.toLowerCase().replace(/[-_/@]*v?$/, '');
  if (!known.includes(name) && !words.every((word) => known.includes(word))) return undefined;
  const release = numbersOf(numbers);
  return release !== undefined && (release.length > 1 || isDay(release[0] ?? 0)) ? release : undefined;
}

/** The version in a tag that a glob has chosen already: whatever is in front of it is the glob's affair. */
export function anyReleaseVersionOf(tag: string): ReleaseVersion | undefined {
  const { numbers } = parts(tag) ?? {};
  return tag.length > 255 || numbers === undefined ? undefined : numbersOf(numbers);
}

/** `1.9.0-rc.1`, `v2.0-beta`, `2.0.0a1`: made to be tried, not to be deployed. */
export function isPreRelease(tag: string): boolean {
  return /\.\d+[-._]?(?:a|b|alpha|beta|rc|pre|preview|dev|snapshot|canary|nightly|next)[-._\d]*(?:\+[\w.-]*)?$/i.test(
    tag,
  );
}

/** Below zero when `a` is older than `b`. */
export function compareReleases(a: ReleaseVersion, b: ReleaseVersion): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What is in front of the version, `api-v`, and the version. Behind it only build metadata (semver) may follow. */
function parts(tag: string): { readonly head: string; readonly numbers: string } | undefined {
  const [, head, numbers] = /^(.*?(?:^|[-_/@]|[-_/@]v|^v))(\d+(?:[.\-_]\d+)*)(?:\+[\w.-]+)?$/i.exec(tag) ?? [];
  return head === undefined || numbers === undefined ? undefined : { head, numbers };
}

function numbersOf(text: string): ReleaseVersion | undefined {
  const numbers = text.split(/[.\-_]/).map(Number);
  return numbers.length <= 6 && numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** 20261123 */
function isDay(number: number): boolean {
  return /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(String(number));
}
