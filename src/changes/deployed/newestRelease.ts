import { formatDuration } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { dayMs, epochMsOf } from '../../incident/isoTime.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { BranchTag, DeployBranch } from './deployedSources.ts';
import type { ReleaseVersion } from './releaseVersion.ts';
import { anyReleaseVersionOf, compareReleases, releaseVersionOf } from './releaseVersion.ts';

/**
 * A branch that went on for so long after its newest release is deployed in another way: to take that release for what runs
 * would clear every commit since.
 */
const staleMs = 30 * dayMs;

/**
 * The newest release on a branch: the tag made last; of several made at once, the greatest version. `glob` chose the tags,
 * else their names must be versions, with one of `prefixes` in front or none.
 */
export function newestRelease(
  { name, head, tags }: DeployBranch,
  {
    glob,
    prefixes,
    now,
  }: { readonly glob: string | undefined; readonly prefixes: readonly string[]; readonly now: IsoTime },
): { readonly kind: 'found'; readonly tag: BranchTag } | { readonly kind: 'silent'; readonly reason: string } {
  const releases = tags.flatMap((tag) => {
    const version = glob === undefined ? releaseVersionOf(tag.name, prefixes) : anyReleaseVersionOf(tag.name);
    return version === undefined ? [] : [{ tag, version }];
  });
  const newest = releases.toSorted(newestFirst)[0]?.tag;
  if (newest === undefined) {
    const which = glob === undefined ? 'No tag of a release' : `No tag ${plainLine(glob, 100)} with a version`;
    return { kind: 'silent', reason: `${which} is on ${name}.` };
  }
  const ageMs = epochMsOf(now) - epochMsOf(newest.at);
  if (glob === undefined && newest.commit !== head && ageMs > staleMs) {
    const shown = plainLine(newest.name, 100);
    const reason = `The newest release tag on ${name}, ${shown}, is ${formatDuration(ageMs)} old and the branch went on since: that says nothing about what runs.`;
    return { kind: 'silent', reason };
  }
  return { kind: 'found', tag: newest };
}

interface Release {
  readonly tag: BranchTag;
  readonly version: ReleaseVersion;
}

function newestFirst(a: Release, b: Release): number {
  if (a.tag.at !== b.tag.at) return a.tag.at < b.tag.at ? 1 : -1;
  return compareReleases(b.version, a.version);
}
