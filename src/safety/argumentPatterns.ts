/** The names that git allows for a ref are wider than these; what does not fit here is refused, never quoted. */
const refPattern =
  /^(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[\p{L}\p{N}\p{Extended_Pictographic}_@][\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d._/@+#=,%!$&'()-]*$/u;

/** True for the name of a branch, tag or ref that may become an argument of git: no dash first, no range, no operator. */
export function isSafeRef(text: string): boolean {
  return text.length <= 255 && refPattern.test(text) && !/[./]$/.test(text) && text !== '@';
}

/** True for a commit id, whole or abbreviated to at least 7 digits, SHA-1 or SHA-256. */
export function isCommitId(text: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(text);
}

/** True for what git shall resolve: a commit id, a safe ref, or one of them with `~2` or `^` behind it. */
export function isSafeRevision(text: string): boolean {
  const base = text.replace(/(?:[~^]\d{0,4})+$/, '');
  return isCommitId(base) || isSafeRef(base);
}

/** True for a date that the calendar has, `2026-12-25`. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** True for a path inside a repository as git writes it: relative, with `/`, without `..`, NUL or a dash first. */
export function isRepositoryPath(text: string): boolean {
  if (text === '' || text.length > 4096 || text.includes('\0') || text.startsWith('/')) return false;
  return text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
