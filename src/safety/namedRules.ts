import { holdsCredentials } from './credentialGroups.ts';
import type { CredentialRule } from './credentialRule.ts';
import { isCodeReference, isReference } from './credentialRule.ts';

/** `pass` alone is a word: a name only before `=`, or in quotes before one word in quotes. */
const barePass = String.raw`(?<![a-z])pass(?==)|(?<=["'\x60])pass(?=\\*["'\x60][ \t]*(?::|=>)[ \t]*\\*["'\x60][^\s"'\x60\\]{1,200}\\*["'\x60])`;
const passwords = String.raw`pass(?:word|wd|phrase|code)|(?<![a-z])pwd|(?<=[_-])(?<!(?:fastcgi|uwsgi|scgi|grpc|memcached)_)pass|requirepass|masterauth|${barePass}`;
const secrets = String.raw`(?<!existing[_-]?)secret(?:[_-]?(?:access[_-]?key|key(?:[_-]?base)?|id|token|string|data))?`;
const tokens = String.raw`(?<!page|continuation|page[_-]|continuation[_-])token(?:[_-]?(?:key|secret))?|(?<=[^a-z0-9])_auth`;
const keys = String.raw`(?:api|app|application|access|auth|account|private|signing|encryption|shared|integration|routing|service|storage|session|deploy|master|subscription|licen[cs]e)[ _.-]?key`;
const all = [passwords, secrets, tokens, keys].join('|');

const suffix = String.raw`(?:[_-]?(?:\d{1,3}|prod(?:uction)?|dev(?:elopment)?|test|staging|stage|live|old|new|primary|secondary|value|base64))?`;
const quoted = String.raw`(?<quote>\\*["'\x60])(?<value>(?:(?!\k<quote>)(?:\\.|[^\\\n])){1,65536})`;
const bare = String.raw`(?<bare>(?!\[redacted )(?:[^\s"'\x60,;&|<>(){}[\]\\]|\\(?![nrt"'])){1,8192})`;
const value = `(?:${quoted}|${bare})`;

const variable = String.raw`(?:PASS(?:WORD|WD|PHRASE|CODE)|_PASS|_PWD|SECRET(?:_ACCESS)?(?:_KEY(?:_?BASE)?|_ID|_STRING|_DATA)?|TOKEN|(?:API|APP|ACCESS|AUTH|ACCOUNT|PRIVATE|SIGNING|ENCRYPTION|SHARED|SERVICE|MASTER)_?KEY)(?:_?(?:\d{1,3}|PROD|DEV|TEST|STAGING|LIVE|OLD|NEW|PRIMARY|SECONDARY|VALUE|BASE64))?`;

const name = new RegExp(`(?:${all})${suffix}$|(?:^|db|user|smtp|mail|redis|mysql|auth|admin|root)pass$`, 'i');

/** True for a name whose value is a credential: `apiKey`, `DB_PASSWORD`, and `pass`, which is none in prose. */
export function namesCredential(text: string): boolean {
  return name.test(text);
}

const passwordAnchors = ['pass', 'pwd', 'masterauth'];
const keyAnchors = ['key'];
const anchors = [...passwordAnchors, 'secret', 'token', '_auth', ...keyAnchors];

/** Credentials that the name beside them gives away: `password=`, `"apiKey": "…"`, `--token …`, `://user:pass@`. */
export const namedRules: readonly CredentialRule[] = [
  named('password', passwordAnchors, passwords),
  named('secret', ['secret'], secrets),
  named('token', ['token', '_auth'], tokens),
  named('key', keyAnchors, keys),
  {
    // A line of an environment file: the value may hold anything but white space.
    kind: 'variable',
    anchors,
    pattern: new RegExp(
      String.raw`^[+\- \t]*(?:(?:export|set|ENV)[ \t]+)?[A-Z0-9_]{0,80}?${variable}=(?<value>(?!\[redacted |["'\x60])\S{1,8192})`,
      'dgm',
    ),
    accepts: (text) => !isReference(text) && !isHarmless(text),
  },
  {
    // The same of names that tell of credentials in many forms, and hold plain settings as well.
    kind: 'variable',
    anchors: ['_auth', 'cred', 'passwords', 'secrets'],
    pattern: new RegExp(
      String.raw`^[+\- \t]*(?:(?:export|set|ENV)[ \t]+)?(?<name>[A-Z0-9_]{0,80}?(?:_AUTH|CREDS?|CREDENTIALS?|PASSWORDS|SECRETS))(?:=["'\x60]?(?<value>(?!\[redacted )[^\s"'\x60]{1,8192})|:[ \t]+["'\x60]?(?<bare>(?!\[redacted )[^\s"'\x60]{1,8192})["'\x60]?[ \t]*$)`,
      'dgm',
    ),
    accepts: (text, groups) => !isReference(text) && !isHarmless(text) && holdsCredentials(groups['name'] ?? '', text),
  },
  {
    // `name: DB_PASSWORD` and `value: …` on the next line, as Kubernetes and .NET write it.
    kind: 'variable',
    anchors: ['value'],
    pattern: new RegExp(
      String.raw`(?:name|key)["']?[ \t]*[:=][ \t]*["']?[\w.:-]{0,80}(?:${all})${suffix}["']?[\s,+-]{1,200}["']?value["']?[ \t]*[:=][ \t]*${value}`,
      'dgi',
    ),
    accepts: (text, groups) => acceptsNamed(text, { ...groups, separator: '=' }),
  },
  {
    kind: 'option',
    anchors,
    pattern: new RegExp(
      String.raw`(?:(?<![\w-])--[\w-]{0,60}(?:${all})|\bENV[ \t]+[A-Z0-9_]{0,80}(?:PASSWORD|SECRET|TOKEN|API_KEY)|\blogin[ \t]+\S{1,100}\s+password|\bsshpass[ \t]+-p)[ \t]+(?!-)${value}`,
      'dgi',
    ),
    // `env API_TOKEN added: …` is how a difference is told, not the `ENV` of a Dockerfile.
    accepts: (text) => !isReference(text) && !isHarmless(text) && !/^(?:added|removed|newly)[:,.]?$/.test(text),
  },
  {
    // `set $api_key "…";` of nginx, `SetEnv DB_PASSWORD …` of Apache, headers of proxies.
    kind: 'directive',
    anchors,
    pattern: new RegExp(
      String.raw`\b(?:set|setenv|fastcgi_param|uwsgi_param|(?:proxy_set|add|set|more_set|request)[_-]?headers?(?:[ \t]+set)?)[ \t]+["']?\$?[\w-]{0,60}?(?:${all})${suffix}["']?[ \t]+${value}`,
      'dgi',
    ),
    accepts: (text) => !isReference(text) && !isHarmless(text) && !/^\d{1,5}$/.test(text),
  },
  {
    // Redis' `requirepass hunter2` and the users of HAProxy; what goes on behind the word is prose.
    kind: 'password',
    anchors: ['requirepass', 'masterauth', 'insecure-password'],
    pattern: new RegExp(
      String.raw`(?<![\w-])(?:requirepass|masterauth|insecure-password)[ \t]+${value}(?=["'\x60]?[ \t]*(?:$|#|groups[ \t]))`,
      'dgim',
    ),
    accepts: (text) => !isReference(text),
  },
  {
    kind: 'password',
    anchors: ['stats'],
    pattern: /\bstats[ \t]{1,20}auth[ \t]{1,20}[^\s:"']{1,100}:(?<value>(?!\[redacted )[^\s"']{1,400})/dg,
    accepts: (text) => !isReference(text),
  },
  {
    kind: 'password',
    anchors: [' by', 'password'],
    pattern: new RegExp(String.raw`(?:\bidentified[ \t]+by|\bpassword)[ \t]+${quoted}`, 'dgi'),
    accepts: (text) => !isReference(text),
  },
  {
    kind: 'password',
    anchors: ['mysql'],
    pattern: /\bmysql(?:dump|admin)?\b[^\n]{0,200}?[ \t]-p(?<value>(?!\[redacted )[^\s"'-]\S{0,200})/dg,
    accepts: (text) => !isReference(text),
  },
  {
    kind: 'password',
    anchors: ['curl', 'wget', 'http'],
    pattern:
      /[ \t](?:-u|--user|--proxy-user|--auth)[ \t=]?["']?[^\s:"']{1,100}:(?<value>(?!\[redacted )[^\s"']{1,400})/dg,
    accepts: (text) => !isReference(text) && !/^\d{1,5}$/.test(text),
  },
  {
    kind: 'value',
    anchors: ['</'],
    pattern: new RegExp(String.raw`<[\w:.-]{0,60}(?:${all})>(?<value>[^<>\n]{1,4096})</`, 'dgi'),
    accepts: (text) => !isReference(text.trim()),
  },
  {
    kind: 'url password',
    anchors: ['://'],
    // A port before a path is not a password: `host:8080/a@b`.
    pattern: /:\/\/[^\s:@/?#"'<>`]{0,256}:(?!\d{1,5}(?:[/?#]|$))(?<value>[^\s"'<>`]{1,512})@/dg,
    accepts: (text) => !isReference(text),
  },
  {
    kind: 'url user',
    anchors: ['://'],
    pattern: /:\/\/(?:(?<value>[^\s:@/?#"'<>`]{8,256}):x-oauth-basic|(?<bare>[^\s:@/?#"'<>`]{16,256}))@/dg,
    accepts: (text) => !isReference(text) && /\d/.test(text),
  },
  {
    kind: 'url signature',
    anchors: ['sig'],
    pattern: /[?&](?:sig|signature|x-amz-signature|x-goog-signature)=(?<value>[A-Za-z0-9%+/=_-]{16,1024})/dgi,
  },
  {
    kind: 'session token',
    anchors: ['x-amz-security-token'],
    pattern: /x-amz-security-token=(?<value>[A-Za-z0-9%+/=_-]{16,4096})/dgi,
  },
];

function named(kind: string, ruleAnchors: readonly string[], words: string): CredentialRule {
  return {
    kind,
    anchors: ruleAnchors,
    pattern: new RegExp(
      String.raw`(?<word>${words})${suffix}(?:(?<closing>\\*["'\x60]\]?)[ \t]*|[ \t]*(?![ \t]*:)|)(?<separator>:=|=>|=(?![=~>])|:(?![:=]))(?<gap>[ \t]*)${value}(?=(?<next>[^\n]{0,24}))`,
      'dgi',
    ),
    accepts: acceptsNamed,
  };
}

/** Words that follow a name and are no value of it: literals, types, states. */
const harmless = new Set(
  `true false yes no on off null none nil undefined nan empty unset default string str number int integer bool boolean
  char text any unknown object array bytes buffer void never function promise option optional required secretstr
  expired invalid missing revoked rejected absent denied wrong incorrect mismatch ok failed include omit same-origin
  ask prompt stdin env file redacted hidden masked`.split(/\s+/),
);

/** True for a word that is no credential wherever it stands: `true`, `null`, `string`, `required`. */
export function isHarmless(text: string): boolean {
  return harmless.has(text.toLowerCase()) || text === '-' || text === '~';
}

/** True for where nginx's `proxy_pass` leads to, which nobody has as a password: `http://backend`. */
export function isPlainAddress(text: string): boolean {
  return /^(?:https?|grpcs?):\/\/[^\s@]*$/i.test(text);
}

function acceptsNamed(plain: string, groups: Readonly<Record<string, string | undefined>>): boolean {
  if (isReference(plain) || isHarmless(plain)) return false;
  if (/^pass$/i.test(groups['word'] ?? '') && isPlainAddress(plain)) return false;
  if (groups['quote'] !== undefined) return true;
  const next = groups['next'] ?? '';
  if (isReference(plain + next) || isCodeReference(plain + next.slice(0, 1)) || isCodeReference(plain)) return false;
  if (isSecretName(plain, groups)) return false;
  if (/^pwd$/i.test(groups['word'] ?? '') && plain.startsWith('/')) return false;
  if (/^\d{1,5}$/.test(plain) && !/^pass|^pwd/i.test(groups['word'] ?? '')) return false;
  return !isProse(plain, groups);
}

/** `secret:NAME` is how a configuration refers to a secret kept elsewhere. */
function isSecretName(plain: string, { word, separator, gap }: Readonly<Record<string, string | undefined>>): boolean {
  return word === 'secret' && separator === ':' && gap === '' && /^[A-Z][A-Z0-9_]*$/.test(plain);
}

/** `Login token: validation fails` tells of a token; `password: hunter2 user: bob` holds one. */
function isProse(plain: string, groups: Readonly<Record<string, string | undefined>>): boolean {
  const next = groups['next'] ?? '';
  const isWord = /^[a-z]+[.!?]?$/i.test(plain) || plain.length < 6;
  return groups['separator'] === ':' && isWord && /^,? [a-z]/i.test(next) && !/^,? \w+[:=]/.test(next);
}
