/** Names that hold one credential, several, or only say which kind is asked for: `REDIS_AUTH`, `dbCredentials`, `passwords`. */
const groups = new Set(['auth', 'cred', 'creds', 'credential', 'credentials', 'passwords', 'secrets']);

/** Words before them that make a switch or a reference of it: `imagePullSecrets`, `requireAuth`. */
const tellsOtherwise = new Set(
  `pull existing external enable enabled disable disabled require requires required use skip allow allowed with always
  need needs`.split(/\s+/),
);

/** How one signs in, and other words that are no credential under these names. */
const ways = new Set(
  `basic bearer digest oauth oauth2 oidc openid saml ldap jwt token kerberos gssapi ntlm mtls tls ssl cert certificate key
  apikey api-key iam session cookie header form local external internal enabled disabled enable disable always never
  strict trust md5 scram scram-sha-1 scram-sha-256 scram-sha-512 peer ident pam radius plain login cram-md5 xoauth2 sasl
  password anonymous google github gitlab azure auth0 okta cognito keycloak firebase want need request inherit htpasswd hmac sigv4 aws gcp
  environment instance`.split(/\s+/),
);

/**
 * True where a name such as `REDIS_AUTH`, `DB_CREDENTIALS` or `passwords` holds a credential, not a way to sign in, a switch,
 * a small number, or where to find one. Under `auth` alone only `user:password` is one.
 */
export function holdsCredentials(name: string, value: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const last = words.at(-1) ?? '';
  if (words.length === 1 && (last === 'auth' || last === 'basic')) return isUserAndPassword(value);
  if (!groups.has(last) || words.some((word) => tellsOtherwise.has(word))) return false;
  return !isPlain(value);
}

/** `admin:hunter2`, not `localhost:9000`. */
function isUserAndPassword(value: string): boolean {
  return /^[^\s:/@,{}[\]"']{1,100}:[^\s:/]\S{0,400}$/.test(value) && !/:\d{1,5}$/.test(value);
}

function isPlain(value: string): boolean {
  return (
    value.split(/[\s,|]+/).every((part) => ways.has(part.toLowerCase())) ||
    /^\d{1,5}(?: (?:keys?|entry|entries|lines?))?$/.test(value) ||
    /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@]*|arn:\S+|projects\/\S+)$/i.test(value) ||
    /^(?:~|\.{1,2})?\/[\w.@/-]*$|^[\w.@/-]+\.(?:json|ya?ml|toml|ini|cfg|conf|txt|pem|p12|key|crt|env)$/i.test(value)
  );
}
