const mostStarsOfPart = 3;
const mostStars = 6;
const mostDeepStars = 3;
const mostBraces = 4;

/**
 * True for a glob that is matched in little time whatever the names are: at most three `*` between two slashes and six in all, at
 * most three `**`, and no groups in parentheses. Libraries make regular expressions of globs, and `*a*a*a*a*a*b` takes minutes for
 * one long name.
 */
export function isTameGlob(glob: string): boolean {
  const parts = glob.split('/');
  const deep = parts.filter((part) => part === '**').length;
  const stars = parts.filter((part) => part !== '**').map((part) => (part.match(/\*+/g) ?? []).length);
  const all = stars.reduce((sum, count) => sum + count, 0);
  const braces = (glob.match(/\{/g) ?? []).length;
  const isFewStars = all <= mostStars && stars.every((count) => count <= mostStarsOfPart);
  return isFewStars && deep <= mostDeepStars && braces <= mostBraces && !glob.includes('(');
}
