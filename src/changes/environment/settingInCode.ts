/** Pattern of a line of code that sets the variable for its own process; undefined for what is no code with such means. */
export function codePattern(path: string, name: string): RegExp | undefined {
  const ending = /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const patterns = byEnding[ending];
  return patterns === undefined ? undefined : new RegExp(patterns.replaceAll('NAME', name));
}

const javascript = String.raw`\b(?:process\.env|Bun\.env)(?:\.NAME|\[["'\x60]NAME["'\x60]\])\s*(?:\?\?|\|\|)?=(?![=>])|\bDeno\.env\.set\(\s*["']NAME["']|\bstubEnv\(\s*["']NAME["']`;
const python = String.raw`\benviron\[["']NAME["']\]\s*=(?!=)|\benviron\.setdefault\(\s*["']NAME["']|\b(?:setenv|putenv)\(\s*["']NAME["']`;
const go = String.raw`\b(?:os|t|b)\.Setenv\(\s*"NAME"`;
const none = '(?!)';

const byEnding: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte', 'astro'].map((ending) => [
      ending,
      javascript,
    ]),
  ),
  ...Object.fromEntries(['py', 'pyw'].map((ending) => [ending, python])),
  go,
  ...Object.fromEntries(
    ['java', 'kt', 'rb', 'php', 'cs', 'rs', 'c', 'cc', 'cpp', 'h', 'swift', 'scala', 'ex', 'exs', 'sql'].map(
      (ending) => [ending, none],
    ),
  ),
};
