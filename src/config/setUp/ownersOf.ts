import type { FactOf } from './facts.ts';
import type { Sourced } from './proposal.ts';

/** Where GitHub looks for CODEOWNERS, in its order. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Who owns a folder by CODEOWNERS: the last line that fits it counts. `folder` is empty for the whole repository. */
export function ownersOf(folder: string, lines: readonly FactOf<'owner'>[]): Sourced<readonly string[]> | undefined {
  const file = places.find((path) => lines.some(({ place }) => place.path === path));
  const last = lines.filter(({ place, pattern }) => place.path === file && fits(pattern, folder)).at(-1);
  const owners = last?.owners.filter((owner) => owner.length <= 200 && /^[\w@./+-]+$/.test(owner)) ?? [];
  return last === undefined || owners.length === 0 ? undefined : { value: owners, place: last.place };
}

function fits(pattern: string, folder: string): boolean {
  const bare = pattern.replace(/^\//, '').replace(/(?:\/\*{0,2}|^\*{1,2})$/, '');
  if (bare === '') return true;
  if (folder === '' || bare.includes('*')) return false;
  const isAnchored = pattern.startsWith('/') || bare.includes('/');
  return isAnchored ? folder === bare || folder.startsWith(`${bare}/`) : folder.split('/').includes(bare);
}
