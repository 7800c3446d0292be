import type { Fact, FactReader } from '../facts.ts';

/** The lines of CODEOWNERS, in the three places where it may be. */
export const ownerFacts: FactReader = (path, text) => {
  if (!/^(?:\.github\/|docs\/|\.gitlab\/)?CODEOWNERS$/.test(path)) return [];
  return text.split(/\r?\n/).flatMap((row, index): Fact[] => {
    const [pattern, ...owners] = row
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    const isEntry = pattern !== undefined && pattern !== '' && !/^[[^]/.test(pattern) && owners.length > 0;
    return isEntry ? [{ kind: 'owner', pattern, owners, place: { path, line: index + 1 } }] : [];
  });
};
