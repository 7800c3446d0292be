import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { lintSource } from '@secretlint/core';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { redact, redactDeep } from '../../../src/safety/redact.ts';

/** Made up on the spot, so that no scanner takes this file for a leak. */
const mixed = (length: number) => 'a1B2c3D4e5F6g7H8'.repeat(Math.ceil(length / 16)).slice(0, length);
const hex = (length: number) => '3f2a1b9c8d7e6f50'.repeat(Math.ceil(length / 16)).slice(0, length);
const letters = (length: number) => 'aBcDeFgHiJkL'.repeat(Math.ceil(length / 12)).slice(0, length);
const base64Url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${base64Url({ alg: 'HS256' })}.${base64Url({ sub: '1234567890' })}.${mixed(43)}`;
const keyBody = Array.from({ length: 6 }, () => `MIIE${mixed(60)}`).join('\n');
const pem = (body: string) =>
  ['-----BEGIN RSA PRIVATE', ' KEY-----\n', body, '\n-----END RSA PRIVATE', ' KEY-----'].join('');

const tokens: readonly (readonly [string, string])[] = [
  ['GitHub token', `ghp_${mixed(36)}`],
  ['GitHub token', `gho_${mixed(36)}`],
  ['GitHub token', `github_pat_${mixed(82)}`],
  ['GitHub token', `ghs_123_${jwt}`],
  ['GitLab token', `glpat-${mixed(20)}`],
  ['Slack token', `xoxb-123456789012-1234567890123-${mixed(24)}`],
  ['Slack token', `xapp-1-A012345-123-${hex(40)}`],
  ['npm token', `npm_${mixed(36)}`],
  ['Stripe key', `sk_live_${mixed(24)}`],
  ['Stripe key', `rk_test_${mixed(24)}`],
  ['AWS key id', `AKIA${'ABCD2345'.repeat(2)}`],
  ['AWS key id', `ASIA${'ABCD2345'.repeat(2)}`],
  ['PagerDuty token', `pdus+_0XBPWQQ_${mixed(36)}`],
  ['PagerDuty key', `u+${mixed(18)}`],
  ['PagerDuty key', `y_${mixed(18)}`],
  ['Datadog key', `ddapp_${mixed(34)}`],
  ['Google key', `AIza${mixed(35)}`],
  ['OpenAI key', `sk-proj-${mixed(48)}`],
  ['OpenAI key', `sk-${mixed(20)}T3BlbkFJ${mixed(20)}`],
  ['Anthropic key', `sk-ant-api03-${mixed(93)}AA`],
  ['Groq key', `gsk_${mixed(52)}`],
  ['Hugging Face token', `hf_${letters(34)}`],
  ['Linear key', `lin_api_${mixed(40)}`],
  ['Notion token', `ntn_12345678901${mixed(35)}`],
  ['SendGrid key', `SG.${mixed(22)}.${mixed(43)}`],
  ['Shopify token', `shpat_${hex(32)}`],
  ['Grafana token', `glsa_${mixed(32)}_${hex(8)}`],
  ['Grafana token', `glc_${mixed(60)}`],
  ['Vault token', `hvs.${mixed(96)}`],
  ['Vercel token', `vcp_${mixed(30)}`],
  ['Databricks token', `dapi${hex(32)}`],
  ['Docker token', `dckr_pat_${mixed(27)}`],
  ['Figma token', `figd_${mixed(40)}`],
  ['Cloudflare token', `cfut_${mixed(40)}${hex(8)}`],
  ['Tailscale key', `tskey-auth-${mixed(12)}-${mixed(32)}`],
  ['DigitalOcean token', `dop_v1_${hex(64)}`],
  ['Mailgun key', `key-${hex(32)}`],
  ['New Relic key', `NRAK-${mixed(27)}`],
  ['Telegram token', `123456789:AA${mixed(33)}`],
  ['JWT', jwt],
  ['password hash', `$2b$12$${mixed(53)}`],
];

const named: readonly (readonly [text: string, secret: string])[] = [
  ['password=hunter2', 'hunter2'],
  ['password: hunter2', 'hunter2'],
  ['Password: hunter2 user: bob', 'hunter2'],
  ['DB_PASSWORD=p&ss;w(rd,"x', 'p&ss;w(rd,"x'],
  ['export API_TOKEN=abc123def', 'abc123def'],
  ['+STRIPE_SECRET=abc123def', 'abc123def'],
  ['-  SESSION_SECRET: abc', 'abc'],
  ['DB_PASSWORD_PROD: correcthorse', 'correcthorse'],
  ['{"password": "hun\\"ter2", "user": "bob"}', 'hun\\"ter2'],
  ['"{\\"password\\":\\"hunter2\\",\\"a\\":1}"', 'hunter2'],
  ["'secret' => 'hunter2'", 'hunter2'],
  ["headers['X-Api-Key'] = 'hunter2'", 'hunter2'],
  ['const apiKey = "hunter2";', 'hunter2'],
  ['clientSecret: `hunter2`', 'hunter2'],
  ['password="hunter2', 'hunter2'],
  ['- name: DB_PASSWORD\n  value: hunter2', 'hunter2'],
  ['+        - name: DB_PASSWORD\n+          value: "hunter2"', 'hunter2'],
  ['<add key="ApiToken" value="hunter2"/>', 'hunter2'],
  ['<password>hunter2</password>', 'hunter2'],
  ['postgres://app:s3cr3t@db.internal/shop', 's3cr3t'],
  ['postgres://app:MyPassword1@localhost/shop', 'MyPassword1'],
  ['postgres://app:p@ss/w0rd@db/shop', 'p@ss/w0rd'],
  ['redis://:hunter22@cache:6379/0', 'hunter22'],
  ['https://deploytoken12:x-oauth-basic@github.com/a', 'deploytoken12'],
  ['https://user:ab@host/', 'ab'],
  ['Authorization: Bearer abc.def-123', 'abc.def-123'],
  ['"authorization": "Bearer abcdef123456"', 'abcdef123456'],
  [
    `Authorization: Basic ${Buffer.from('bob:hunter2').toString('base64')}`,
    Buffer.from('bob:hunter2').toString('base64'),
  ],
  ['Authorization: Token token=abcdefgh1234', 'abcdefgh1234'],
  [`{"auth": "${Buffer.from('bob:hunter2').toString('base64')}"}`, Buffer.from('bob:hunter2').toString('base64')],
  ['curl -H "DD-API-KEY: 0123456789abcdef0123456789abcdef"', '0123456789abcdef0123456789abcdef'],
  ['DD-APPLICATION-KEY: 0123456789abcdef', '0123456789abcdef'],
  ['routing_key: 0123456789abcdef', '0123456789abcdef'],
  ['https://api.datadoghq.com/v1?api_key=0123456789abcdef&x=1', '0123456789abcdef'],
  ['curl -u admin:hunter2 https://x.example', 'hunter2'],
  ['mysql -u root -phunter2 shop', 'hunter2'],
  ['psql --password hunter2', 'hunter2'],
  ['machine x login bob password hunter2', 'hunter2'],
  ["CREATE USER bob IDENTIFIED BY 'hunter2'", 'hunter2'],
  [`aws_secret_access_key = ${mixed(40)}`, mixed(40)],
  ['Server=x;User Id=sa;Password=hunter2;Encrypt=true', 'hunter2'],
  ['AccountKey=abcdEFGH1234/+==;EndpointSuffix=x', 'abcdEFGH1234/+=='],
  ['//registry.example/:_authToken=abcdef', 'abcdef'],
  ['Set-Cookie: session=abcdef123456; Path=/', 'abcdef123456'],
  [`https://blob.example/x?sv=1&sig=${mixed(44)}`, mixed(44)],
  [`SECRET_KEY_BASE=${hex(128)}`, hex(128)],
  [`  secret_key_base: ${hex(128)}`, hex(128)],
  ['secret_string = "hunter2"', 'hunter2'],
  ['secret_data = "hunter2"', 'hunter2'],
  ['PASS=hunter2', 'hunter2'],
  ['PROXY_PASS=hunter2', 'hunter2'],
  ['proxy_pass: http://bob:hunter2@api', 'hunter2'],
  ['{"auth":{"user":"a","pass":"hunter2"}}', 'hunter2'],
  ["'pass' => 'hunter2'", 'hunter2'],
  [`NEW_RELIC_LICENSE_KEY=${hex(40)}`, hex(40)],
  ['license_key: hunter2', 'hunter2'],
  ['requirepass hunter2', 'hunter2'],
  ['+masterauth "hunter2"', 'hunter2'],
  ['redis-server --requirepass hunter2 --appendonly yes', 'hunter2'],
  ['  user admin insecure-password hunter2', 'hunter2'],
  ['  user admin insecure-password hunter2 groups ops', 'hunter2'],
  ['  stats auth admin:hunter2', 'hunter2'],
  ['BASIC_AUTH=admin:s3cret', 's3cret'],
  ['export REDIS_AUTH="hunter2"', 'hunter2'],
  ['  - REDIS_AUTH=hunter2', 'hunter2'],
  ['  REDIS_AUTH: hunter2', 'hunter2'],
  ['DB_CREDENTIALS=u:p4ss', 'p4ss'],
  ['PASSWORDS=hunter2,hunter3', 'hunter3'],
  [`https://hooks.slack.com/services/T0123/B0123/${mixed(24)}`, mixed(24)],
];

const harmless = [
  'env API_TOKEN newly read by 1234abcd in src/a.js:1, set nowhere in the repository',
  'env DATABASE_PASSWORD no longer read (was in src/a.js:1), still set in .env:1',
  'env API_TOKEN added: [redacted value 974b4f6d]',
  'env API_TOKEN removed',
  `commit ${hex(40)}`,
  `${hex(7)} Release connections on error`,
  `index ${hex(7)}..${hex(7)} 100644`,
  `image: shop@sha256:${hex(64)}`,
  '123e4567-e89b-12d3-a456-426614174000',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  `correlation=${hex(16)} traceparent: 00-${hex(32)}-${hex(16)}-01`,
  'const token = await readToken(request);',
  'if (token == null) throw x; token === y ? token : other',
  'password: string; token: Option<String>, token: Promise<string>',
  'const password = process.env.DB_PASSWORD ?? config.password;',
  'Login token: validation fails since noon',
  'Auth token: 401s on checkout',
  'token: expired',
  'password reset emails are not sent; the token bucket overflows; a secret plan',
  'max_tokens: 4096, tokenizer: bpe, page_token=abc',
  'password=${DB_PASSWORD} token=$TOKEN secret="{{ .Values.secret }}" api_key=<your key>',
  'token: secret:PAGERDUTY',
  'password: ********',
  'PWD=/root OLDPWD=/home',
  'http://host:8080/a@b https://user@host/x git@github.com:org/repo.git',
  'https://registry.example:4873/@scope/package',
  'Basic authentication is on, bearer authentication too',
  'primary_key=id public_key: ssh-rsa AAAAB3Nza',
  'sk-learn-some-long-package-name',
  'secretName: my-tls',
  'existingSecret: api-credentials, secretRef: { name: api }, existing-secret: x',
  'pass: true, pass: hunter, passes: 12, passed: 3, bypass: foo, tests pass: all of them',
  '{"pass":"true","fail":0} {"pass":12} {"pass":"all of the tests"}',
  'requirepass is not set, and insecure-password is discouraged by its manual',
  'auth: basic',
  'server › proxy_pass: http://api → https://api.example.org:8443/v2, fastcgi_pass: php:9000 → unix:/run/php.sock',
  'LICENSE_KEY_PATH=/etc/newrelic/license.key license: MIT',
  'GOOGLE_APPLICATION_CREDENTIALS=/var/run/secrets/key.json',
  'DB_CREDENTIALS=config/credentials.yml',
  'POSTGRES_HOST_AUTH=scram-sha-256',
  'PROXY_AUTH=https://login.example.org/oauth',
  'ENABLE_AUTH=yes\nCORS_ALLOW_CREDENTIALS=1\nIMAGE_PULL_SECRETS=regcred',
  'DB_CREDENTIALS: rotated by Ann this morning',
  'stats auth is off',
  'the cookie: banner is broken',
  'fetch(url, { credentials: "include" })',
  '06:18:02.003 GET /checkout 500 in 38 ms',
];

const digest = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 8);

describe('redact', () => {
  it.each(tokens)('finds a %s by its form: %s', (kind, token) => {
    expect(redact(`before ${token} after`)).toBe(`before [redacted ${kind} ${digest(token)}] after`);
  });

  it.each(named)('finds the value in %j', (text, secret) => {
    const result = redact(text);
    expect(result).not.toContain(secret);
    expect(result).toMatch(/\[redacted [A-Za-z ]+ [0-9a-f]{8}\]/);
  });

  it.each(harmless)('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('keeps the name, so that a change can be seen without its values', () => {
    expect(redact('-DB_PASSWORD=one\n+DB_PASSWORD=two')).toBe(
      `-DB_PASSWORD=[redacted password ${digest('one')}]\n+DB_PASSWORD=[redacted password ${digest('two')}]`,
    );
  });

  it.each([
    ['whole', pem(keyBody)],
    ['as the added lines of a diff', pem(keyBody).replaceAll('\n', '\n+')],
    ['as one line with escapes', pem(keyBody).replaceAll('\n', '\\n')],
    ['cut off', pem(keyBody).slice(0, 300)],
  ])('finds a private key, %s', (_form, text) => {
    expect(redact(`key: ${text}`)).not.toContain(mixed(60));
    expect(redact(text)).toContain('-----BEGIN RSA PRIVATE');
  });

  it('is not switched off by what a text says', () => {
    expect(redact('# secretlint-disable\npassword=hunter2')).not.toContain('hunter2');
  });

  it('finds everything that secretlint finds', async () => {
    const missed: string[] = [];
    for (const [kind, token] of tokens) {
      if ((await secretlintFinds(token)) && redact(token) === token) missed.push(kind);
    }
    expect(missed).toEqual([]);
  });

  const piece = fc.oneof(
    fc.constantFrom(...tokens.map(([, token]) => token), ...named.map(([text]) => text), ...harmless),
    fc.constantFrom(
      ...Array.from('"\'`\\\n =:;,&@-+[]{}<>'),
      '://',
      'password',
      'token',
      '_KEY=',
      '[redacted key 12345678]',
      ' -p',
    ),
    fc.string({ maxLength: 6 }),
  );
  const pieces = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves no token of a known form, whatever surrounds it', () => {
    const separated = fc.tuple(fc.string({ maxLength: 20 }), fc.constantFrom(...tokens), fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(separated, ([before, [, token], after]) => {
        expect(redact(`${before} ${token} ${after}`)).not.toContain(token);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('redactDeep', () => {
  it('redacts every string of plain JSON and leaves keys, numbers and shape', () => {
    const data = {
      text: 'password=hunter2',
      list: ['x', { deep: `ghp_${mixed(36)}` }],
      count: 3,
      none: null,
      yes: true,
      'password=hunter2': 1,
    };
    expect(redactDeep(data)).toEqual({
      text: `password=[redacted password ${digest('hunter2')}]`,
      list: ['x', { deep: `[redacted GitHub token ${digest(`ghp_${mixed(36)}`)}]` }],
      count: 3,
      none: null,
      yes: true,
      'password=hunter2': 1,
    });
  });

  it('takes the text under a key that names a credential for one', () => {
    expect(redactDeep({ apiKey: 'correct horse', user: 'bob', DB_PASSWORD: ['a b', '${X}'] })).toEqual({
      apiKey: `[redacted value ${digest('correct horse')}]`,
      user: 'bob',
      DB_PASSWORD: [`[redacted value ${digest('a b')}]`, '${X}'],
    });
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = redactDeep({ password: value });
        expect(redactDeep(once)).toEqual(once);
      }),
    );
  });
});

async function secretlintFinds(content: string): Promise<boolean> {
  const { messages } = await lintSource({
    source: { content, filePath: 'text.txt', ext: '.txt', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: [{ id: 'preset', rule: creator, options: [] }] } },
  });
  return messages.length > 0;
}
