import type { Difference } from '../difference.ts';

/** An image reference without its version, and the version: tag, digest or both; empty where there is none. */
export interface ImageReference {
  readonly repository: string;
  readonly version: string;
}

const shortDigest = 12;

/** `registry:5000/org/api:1.4.2@sha256:…` apart. Of a digest the first 12 digits, as people compare them. */
export function imageReference(text: string): ImageReference {
  const [, repository = text, tag = '', digest = ''] = /^([^@]*?)(?::([^:/@]*))?(?:@(.*))?$/.exec(text) ?? [];
  const [algorithm = '', hash = ''] = digest.split(':');
  const short = digest === '' ? '' : `${algorithm}:${hash.slice(0, shortDigest)}`;
  return { repository, version: [tag, short].filter(Boolean).join('@') };
}

/** A change of an image by its versions when both are of one repository, `image api: 1.4.2 → 1.5.0`; others as they are. */
export function withImageVersions(difference: Difference): Difference {
  if (difference.kind !== 'changed' || !/^image(?: |$)/.test(difference.subject)) return difference;
  const [before, after] = [imageReference(difference.before), imageReference(difference.after)];
  const isOnlyVersion = before.repository === after.repository && before.version !== after.version;
  if (!isOnlyVersion) return difference;
  return { ...difference, before: before.version || 'no tag', after: after.version || 'no tag' };
}
