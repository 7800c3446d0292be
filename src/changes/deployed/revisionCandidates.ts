import { isSafeRef } from '../../safety/argumentPatterns.ts';

/** Something in a repository that a version may stand for. */
export type RevisionCandidate =
  { readonly kind: 'commit'; readonly id: string } | { readonly kind: 'tag'; readonly name: string };

/** Names that move: they tell where something came from, not what it is. */
const moving =
  /^(?:latest|stable|edge|nightly|canary|current|main|master|trunk|dev|develop|prod|production|staging|unknown|none|null|undefined|snapshot)$/i;

/**
 * What a version as services, images and labels tell it may stand for, the surest first: a whole commit id, the id that
 * `git describe` ends with, a tag of that name (with and without `v`, and as `tags` or the service's name would have it), a
 * short commit id in one of its parts. Empty for what names nothing.
 */
export function revisionCandidates(
  version: string,
  { service, tags }: { readonly service?: string; readonly tags?: string } = {},
): readonly RevisionCandidate[] {
  const text = version.trim();
  if (text === '' || text.length > 200 || moving.test(text)) return [];
  const whole = text.toLowerCase();
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(whole)) return [{ kind: 'commit', id: whole }];
  const described = describedCommit(whole);
  if (described !== undefined) return [{ kind: 'commit', id: described }];
  const names = tagNames(text, service, tags).filter(isSafeRef);
  const ids = [...(/^[0-9a-f]{7,63}$/.test(whole) ? [whole] : []), ...shortIds(whole)];
  return [
    ...[...new Set(names)].map((name) => ({ kind: 'tag' as const, name })),
    ...[...new Set(ids)].map((id) => ({ kind: 'commit' as const, id })),
  ];
}

/** `v1.9.0-12-g3f2a9c1`, `v1.9.0-12-g3f2a9c1-dirty`: twelve commits after that tag. `v1.9.0-0-g3f2a9c1` is the tag itself. */
function describedCommit(text: string): string | undefined {
  return /-\d{1,6}-g([0-9a-f]{7,64})(?:[-+.](?:dirty|broken|modified))?$/.exec(text)?.[1];
}

function tagNames(text: string, service: string | undefined, tags: string | undefined): string[] {
  const clean = text.replace(/-(?:dirty|broken|modified)$/, '');
  const bare = clean.replace(/^v(?=\d)/, '');
  // Build metadata (semver) is what the build added; a tag is named without it. So is an image's tag, which may have no `+`.
  const short = bare.replace(/\+.*$/, '');
  const release = /^\d+(?:\.\d+){1,3}(?=[-_][0-9a-f]{7,40}$)/.exec(bare)?.[0];
  const versions = [...new Set([bare, short])];
  const ofGlob = tags?.includes('*') === true ? versions.flatMap((v) => [`v${v}`, v].map((n) => inGlob(tags, n))) : [];
  const ofService =
    service === undefined
      ? []
      : versions.flatMap((v) => ['-v', '-', '/v', '/', '@', '@v'].map((by) => service + by + v));
  const plain = versions.flatMap((v) => (/^\d/.test(v) && !isShortId(v) ? [`v${v}`, v] : [v]));
  // A commit id behind the version is surer than the version: that tag may stand elsewhere.
  return release === undefined ? [...ofGlob, clean, ...plain, ...ofService] : [clean];
}

/** Seven or more hexadecimal digits, not only decimal ones: those may be a date. */
function isShortId(text: string): boolean {
  return /^[0-9a-f]{7,63}$/i.test(text) && /[a-f]/i.test(text);
}

/** `api-v*` with 1.9.0 is `api-v1.9.0`. */
function inGlob(glob: string, version: string): string {
  const [head = '', ...rest] = glob.split('*');
  const doubled = head.endsWith('v') && version.startsWith('v');
  return head + (doubled ? version.slice(1) : version) + rest.join('');
}

/**
 * Parts that look like a short commit id: `main-3f2a9c1`, `1.9.0+3f2a9c1`, `sha-3f2a9c1`. Without a letter it is a date or the
 * number of a build, unless something says that it is a commit.
 */
function shortIds(text: string): string[] {
  const parts = text.split(/[^0-9a-z]+/);
  return parts.flatMap((part, index) => {
    const before = parts[index - 1] ?? '';
    const [, id] = /^g?([0-9a-f]{7,64})$/.exec(part) ?? [];
    if (id === undefined) return [];
    const isSaid = part.startsWith('g') || /^(?:sha|commit|git|rev|revision|g)$/.test(before);
    return isSaid || (/[a-f]/.test(id) && /\d/.test(id)) ? [id] : [];
  });
}
