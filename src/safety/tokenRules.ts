import type { CredentialRule } from './credentialRule.ts';
import { isBasicCredential, isReference, looksRandom } from './credentialRule.ts';

/** Credentials that their own form gives away, wherever they stand. */
export const tokenRules: readonly CredentialRule[] = [
  token('GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9_]{36,255}'),
  token('GitHub token', ['ghs_'], 'ghs_[A-Za-z0-9_-]{1,1000}(?:\\.[A-Za-z0-9_-]{1,10000}){2}'),
  token('GitHub token', ['github_pat_'], 'github_pat_[A-Za-z0-9_]{22,255}'),
  token('GitLab token', ['gl'], 'gl(?:pat|oas|dt|rt|rtr|ptt|ft|soat|agent|cbt|imt|ffct)-[A-Za-z0-9_.-]{20,300}'),
  token('Slack token', ['xox', 'xapp-'], '(?:xox[a-z](?:\\.xox[a-z])?|xapp)-[A-Za-z0-9-]{8,400}'),
  webhook('Slack webhook', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/', ['hooks.slack.com']),
  webhook('Discord webhook', 'discord(?:app)?\\.com/api/webhooks/', ['/api/webhooks/']),
  webhook('Teams webhook', '\\.webhook\\.office\\.com/webhookb2/', ['webhook.office.com']),
  token('npm token', ['npm_'], 'npm_[A-Za-z0-9]{36,}'),
  token('Stripe key', ['k_live_', 'k_test_'], '[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}'),
  token('Stripe key', ['whsec_'], 'whsec_[A-Za-z0-9+/=]{24,255}'),
  token('AWS key id', ['akia', 'asia', 'a3t', 'abia', 'acca'], '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}'),
  token('AWS id', ['agpa', 'aida', 'aroa', 'aipa', 'anpa', 'anva'], 'A(?:GPA|IDA|ROA|IPA|NPA|NVA)[A-Z0-9]{16}'),
  token('PagerDuty token', ['pdus+', 'pdeu+', 'pdhus+'], 'pdh?(?:us|eu)\\+_?[A-Za-z0-9_-]{16,120}'),
  token('PagerDuty key', ['u+', 'e+', 'y_', 'w_'], '(?:[ue]\\+|[yw]_)[A-Za-z0-9_-]{18}', isMixed),
  token('Datadog key', ['ddapp_', 'ddapi_', 'ddpat_', 'ddsat_'], 'dd(?:app|api|pat|sat)_[A-Za-z0-9_-]{20,120}'),
  token('Google key', ['aiza'], 'AIza[A-Za-z0-9_-]{35}'),
  token('Google token', ['ya29.', 'gocspx-', '1//0'], '(?:ya29\\.|GOCSPX-|1//0)[A-Za-z0-9_-]{20,500}'),
  token('Azure secret', ['q~'], '[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}'),
  token('Anthropic key', ['sk-ant-'], 'sk-ant-[A-Za-z0-9_-]{20,300}'),
  token('OpenAI key', ['sk-'], 'sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,300}', isMixed),
  token('Groq key', ['gsk_'], 'gsk_[A-Za-z0-9]{40,80}'),
  token('Hugging Face token', ['hf_'], 'hf_[A-Za-z]{30,60}'),
  token('SendGrid key', ['sg.'], 'SG\\.[A-Za-z0-9_-]{10,128}\\.[A-Za-z0-9_-]{10,128}'),
  token('Mailgun key', ['key-'], 'key-[0-9a-f]{32}'),
  token('Twilio key', ['sk'], 'SK[0-9a-f]{32}'),
  token('Linear key', ['lin_api_'], 'lin_api_[A-Za-z0-9_]{32,128}'),
  token('Notion token', ['ntn_', 'secret_'], '(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})'),
  token('One Password token', ['ops_ey'], 'ops_ey[A-Za-z0-9+/=_-]{100,2000}'),
  token('Shopify token', ['shp'], 'shp(?:pa|ca|at|ss)_[A-Za-z0-9]{32,64}'),
  token('Grafana token', ['glc_', 'glsa_'], '(?:glc_[A-Za-z0-9+/]{32,400}={0,2}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})'),
  token('Vault token', ['hvs.', 'hvb.', 'hvr.'], 'hv[sbr]\\.[A-Za-z0-9_-]{24,400}'),
  token('Vercel token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], 'vc[piark]_[A-Za-z0-9]{20,60}'),
  token('Databricks token', ['dapi'], 'dapi[A-Fa-f0-9]{32}(?:-[0-9])?'),
  token('Docker token', ['dckr_'], 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}'),
  token('Figma token', ['figd_'], 'figd_[A-Za-z0-9_-]{40,200}'),
  token('Cloudflare token', ['cfk_', 'cfut_', 'cfat_'], 'cf(?:k|ut|at)_[A-Za-z0-9]{40,64}'),
  token('Tailscale key', ['tskey-'], 'tskey-[a-z]{2,20}-[0-9A-Za-z_-]{16,100}'),
  token('DigitalOcean token', ['_v1_'], 'do[opr]_v1_[a-f0-9]{64}'),
  token('PyPI token', ['pypi-'], 'pypi-AgE[A-Za-z0-9_-]{40,400}'),
  token('RubyGems key', ['rubygems_'], 'rubygems_[a-f0-9]{48}'),
  token('Terraform token', ['.atlasv1.'], '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}'),
  token('New Relic key', ['nrak-', 'nrjs-', 'nraa-', 'nrii-'], 'NR(?:AK|JS|AA|II)-[A-Za-z0-9_-]{19,40}'),
  token('Sentry token', ['sntry'], 'sntry[su]_[A-Za-z0-9+/=_-]{40,400}'),
  token('Atlassian token', ['atatt3', 'atctt3', 'atbb'], 'AT(?:ATT3|CTT3|BB)[A-Za-z0-9_=-]{28,400}'),
  token('Telegram token', [':aa'], '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}'),
  token('Supabase key', ['sbp_', 'sb_secret_'], '(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,80})'),
  token('age key', ['age-secret-key-1'], 'AGE-SECRET-KEY-1[0-9A-Z]{50,70}'),
  token('JWT', ['eyj'], 'eyJ[A-Za-z0-9_-]{8,}\\.(?:eyJ[A-Za-z0-9_-]{8,})?(?:\\.[A-Za-z0-9_-]*){1,4}'),
  {
    kind: 'private key',
    anchors: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<value>(?:(?!-----BEGIN)[^])+?)-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/dg,
    accepts: (value) => !isReference(value) && /[A-Za-z0-9+/=]{16}/.test(value),
  },
  {
    // An excerpt may end in the middle of a key.
    kind: 'private key',
    anchors: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<value>(?:(?:\\[nr]|[\s+\-|>"',])*[A-Za-z0-9+/=]{12,})+)/dg,
  },
  {
    kind: 'password hash',
    anchors: ['$2', '$5$', '$6$', '$y$', '$apr1$', '$argon2', '$scrypt$', '$pbkdf2'],
    pattern:
      /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|(?:apr1|[56y])\$[./A-Za-z0-9$=,]{20,200}|(?:argon2[id]{1,2}|scrypt|pbkdf2[a-z0-9-]*)\$[./A-Za-z0-9+$=,-]{30,300})/dg,
  },
  {
    kind: 'bearer token',
    anchors: ['bearer'],
    pattern: /\bbearer["']?[ \t:=]+["']?(?<value>[A-Za-z0-9._~+/=-]{8,8192})/dgi,
    accepts: looksRandom,
  },
  {
    kind: 'basic credentials',
    anchors: ['basic', '"auth"'],
    pattern: /(?:\bbasic[ \t]+|"auth"[ \t]*:[ \t]*")(?<value>[A-Za-z0-9+/]{6,4096}={0,2})/dgi,
    accepts: isBasicCredential,
  },
  {
    kind: 'authorization',
    anchors: ['authorization'],
    pattern:
      /authorization\\*["']?[ \t]*[:=,][ \t]*\\*["']?(?:(?:bearer|basic|token|apikey|geniekey|ssws|oauth|bot)[ \t]+)?(?:token[ \t]*=[ \t]*)?\\*["']?(?<value>[^\s"'\\,;<>]{4,8192})/dgi,
    accepts: (value) => !isReference(value) && looksRandom(value) && !/^(?:aws4-|digest$|negotiate$)/i.test(value),
  },
  {
    kind: 'cookie',
    anchors: ['cookie'],
    pattern: /cookie["']?[ \t]*:[ \t]*["']?(?<value>[^\s=;:"']{1,80}=[^\s"']{4,4096}(?:;[^\n"']{0,4096})?)/dgi,
  },
];

function token(
  kind: string,
  anchors: readonly string[],
  body: string,
  accepts?: CredentialRule['accepts'],
): CredentialRule {
  const pattern = new RegExp(`(?<![A-Za-z0-9_])(?:${body})(?![A-Za-z0-9])`, 'dg');
  return accepts ? { kind, anchors, pattern, accepts } : { kind, anchors, pattern };
}

function webhook(kind: string, address: string, anchors: readonly string[]): CredentialRule {
  return { kind, anchors, pattern: new RegExp(`${address}(?<value>[A-Za-z0-9_/@.-]{8,400})`, 'dgi') };
}

/** Names of packages and branches have the same form, but not letters of both cases and digits. */
function isMixed(value: string): boolean {
  return /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value);
}
