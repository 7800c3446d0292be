import { holdsCredentials } from './credentialGroups.ts';
import { isCodeReference, isReference } from './credentialRule.ts';
import { isHarmless, isPlainAddress, namesCredential } from './namedRules.ts';
import { redact, redactNamed } from './redact.ts';

/**
 * The value that stands under a name, `DB_PASSWORD` or `apiKey`: one mark when the name says that it is a credential, else
 * redacted as any text. What stands for a value kept elsewhere, and words such as `true`, stay.
 */
export function redactValueOf(name: string, value: string): string {
  const bare = /^(["'`])(.*)\1$/s.exec(value)?.[2] ?? value;
  if (bare === '' || isReference(bare) || isCodeReference(bare) || isHarmless(bare)) return redact(value);
  if (/pass$/i.test(name) && isPlainAddress(bare)) return redact(value);
  const isCredential = namesCredential(name)
    ? !isCount(name, bare)
    : holdsCredentials(name, bare) || (namesKey(name) && looksLikeKey(bare));
  return isCredential ? redactNamed(value) : redact(value);
}

/**
 * Text that lists names with their values, `db_password "…", user "…"`, redacted: beside what `redact` finds, quoted values
 * behind the name of a credential. Not for prose, which quotes words behind such names.
 */
export function redactPairs(text: string): string {
  const pairs = text.replace(
    /([\w.-]{2,80})(["']?[ \t]+)(["'`])((?:(?!\3)[^\\\n]|\\.){1,4096})\3/g,
    (whole, name: string, gap: string, quote: string, value: string) => {
      const redacted = redactValueOf(name, value);
      return redacted === value ? whole : `${name}${gap}${quote}${redacted}${quote}`;
    },
  );
  return redact(pairs);
}

/** `token: 3600` is a lifetime or a limit, `pass: 12` tells of tests; a password may be four digits. */
function isCount(name: string, value: string): boolean {
  return /^pass$/i.test(name) ? /^\d{1,3}$/.test(value) : /^\d{1,5}$/.test(value) && !/pass|pwd/i.test(name);
}

/** Names that a credential may have, and much else as well: `STRIPE_KEY`, `tokens`, but also `SORT_KEY`. */
function namesKey(name: string): boolean {
  return (
    /(?:key|keys|tokens|secrets|passwords|credentials?|auth|salt|pepper|hmac|license|dsn)$/i.test(name) &&
    !/(?:cache|sort|partition|primary|foreign|public|object|hash|digest|etag|host|known)[_-]?keys?$/i.test(name) &&
    !/^keys?$/i.test(name)
  );
}

/** One run of letters and digits that nobody wrote as a word. Digests and commit ids have the length of theirs. */
function looksLikeKey(value: string): boolean {
  return (
    /^[A-Za-z0-9+/=_.~-]{16,512}$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) &&
    // Words with dashes and a number: a name of something, `orders-by-date-v2`.
    !/^[a-z]+(?:[-_.][a-z]+)*(?:[-_.]?v?\d{1,4})?$/i.test(value)
  );
}
