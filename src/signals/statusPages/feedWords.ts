/** The words with which status pages begin a message, the newest message first. */
const messageStart =
  /\b(resolved|completed|postmortem|operating normally|investigating|identified|monitoring|in progress|verifying|scheduled|update)\b\s*(?:\([^)]{0,40}\)\s*)?[-–—:]/gi;
const overWord = /^(?:resolved|completed|postmortem|operating normally)$/;

/** A word of its own: `[Resolved] API errors`, `Resolved.`, `API errors: resolved`. */
const aside =
  /^[^\p{L}]*(?:status\s*:\s*)?(?:resolved|completed|restored|postmortem)\s*(?:[\])\-–—:.!|]|$)|[[(](?:resolved|completed|restored)[\])]|[-–—:|]\s*(?:resolved|completed|restored)[.!]?\s*$/iu;
/** In a title these are no prose. */
const titleWord = /\b(?:resolved|postmortem|operating normally)\b/i;
const sentence =
  /\b(?:(?:has|have|had)(?: now| since)? been(?: now| fully| completely)? (?:resolved|restored|completed|fixed)|(?:is|are|was|were)(?: now)?(?: fully| completely)? (?:resolved|restored|completed|fixed)|(?:is|are)(?: now)?(?: all)? operating normally|(?:has|have) returned to normal)\b/i;
/** What makes a wish, a condition or a half of it. */
const doubt =
  /\b(?:not|never|no|un\w*resolved|cannot|\w+n['’]t|until|till|once|when|after|if|before|unless|while|soon|as soon as|will|should|expect\w*|hope|try\w*|work(?:ing)? (?:to|on)|being|partial(?:ly)?|partly|mostly|almost|nearly|some|most|many|few|still|however|but|except|remain\w*|again|previous\w*|earlier)\b/i;
const nearTheStart = 300;

/** Where the newest message says that an incident stands: `investigating`; undefined when no such word begins one. */
export function standingIn(text: string): string | undefined {
  for (const found of text.matchAll(messageStart)) {
    const word = found[1] ?? '';
    const before = text.slice(0, found.index).trimEnd();
    // In the middle of a sentence it is prose: "until this is resolved - sorry".
    if (/^[A-Z]/.test(word) || before === '' || /[.!?:;)\]]$/.test(before)) return word.toLowerCase();
  }
  return undefined;
}

/** True when an entry says plainly that what it tells of is over: "resolved" in prose may as well be a hope. */
export function saysOver(title: string, text: string): boolean {
  if (aside.test(title) || (titleWord.test(title) && !doubt.test(title))) return true;
  const standing = standingIn(text);
  if (standing !== undefined) return overWord.test(standing);
  const start = text.slice(0, nearTheStart);
  return aside.test(start.split('\n', 1)[0] ?? '') || (sentence.test(start) && !doubt.test(start));
}
