import { describe, expect, it } from 'vitest';
import { redact, redactLines } from '../../../src/safety/redact.ts';
import { redactValueOf } from '../../../src/safety/redactValue.ts';

/** Made up on the spot, so that no scanner takes this file for a leak. */
const mixed = (length: number) => 'a1B2c3D4e5F6g7H8'.repeat(Math.ceil(length / 16)).slice(0, length);

describe('redactValueOf', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['password', '1234'],
    ['apiKey', 'abc'],
    ['client_secret', 'x'],
    ['STRIPE_KEY', mixed(24)],
    ['SESSION_SALT', mixed(20)],
    ['cookieKeys', mixed(32)],
    ['tokens', mixed(40)],
    ['pass', 'hunter2'],
    ['PROXY_PASS', 'hunter2'],
    ['smtpPass', 'hunter2'],
    ['secret_key_base', mixed(128)],
    ['BASIC_AUTH', 'admin:s3cret'],
    ['redisAuth', 'hunter2'],
    ['auth', 'admin:hunter2'],
    ['DB_CREDENTIALS', 'u:p'],
    ['dbCreds', 'hunter2'],
    ['PASSWORDS', 'a,b'],
    ['LICENSE_KEY', 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7'],
    ['requirepass', 'hunter2'],
    ['anything', `sk_live_${mixed(24)}`],
  ])('hides %s=%s', (name, value) => {
    expect(redactValueOf(name, value)).toMatch(/^\[redacted [\w ]+ [0-9a-f]{8}\]$/);
    expect(redactValueOf(name, value)).toBe(redactValueOf(name, value));
    expect(redactValueOf(name, value)).not.toBe(redactValueOf(name, `${value}x`));
  });

  it.each([
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '${OTHER}'],
    ['passwordRequired', 'true'],
    ['password', 'false'],
    ['token', '3600'],
    ['maxTokens', '4096'],
    ['SORT_KEY', 'createdAtV2AndThenSome1'],
    ['cacheKey', 'orders2024AndSomeMoreHere'],
    ['API_KEY_NAME', 'x-api-key'],
    ['key', 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7'],
    ['DEPLOY_KEYS', 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7'],
    ['tenant', '123e4567-e89b-12d3-a456-426614174000'],
    ['pass', 'true'],
    ['proxy_pass', 'http://backend'],
    ['fastcgi_pass', 'php:9000'],
    ['grpc_pass', 'backend'],
    ['pass', '12'],
    ['passes', 'hunter2'],
    ['bypass', 'hunter2'],
    ['auth', 'basic'],
    ['auth', 'localhost:9000'],
    ['SMTP_AUTH', 'plain, login'],
    ['REGISTRY_AUTH', 'htpasswd'],
    ['dbCredentials', '12 keys'],
    ['requireAuth', 'admins'],
    ['PROXY_AUTH', 'https://login.example.org/oauth'],
    ['MAX_SECRETS', '20'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/key.json'],
    ['imagePullSecrets', 'regcred'],
    ['existingSecret', 'api-credentials'],
    ['secretName', 'api'],
    ['secretRef', 'api'],
    ['LICENSE_KEY_PATH', '/etc/license'],
    ['queueKey', 'orders-by-date-v2'],
  ])('shows %s=%s', (name, value) => {
    expect(redactValueOf(name, value)).toBe(value);
  });
});

describe('directives of servers', () => {
  it.each([
    'set $api_key "k3yV4lue";',
    'proxy_set_header X-Api-Key k3yV4lue;',
    'SetEnv DB_PASSWORD k3yV4lue',
    'RequestHeader set X-Auth-Token "k3yV4lue"',
    'fastcgi_param APP_SECRET k3yV4lue;',
  ])('%s', (line) => {
    expect(redact(line)).not.toContain('k3yV4lue');
    expect(redact(line)).toContain('[redacted');
  });

  it.each(['set $token $http_x_token;', 'proxy_set_header X-Auth-Token $http_token;', 'proxy_read_timeout 30s;'])(
    '%s holds none',
    (line) => {
      expect(redact(line)).toBe(line);
    },
  );
});

describe('redactLines', () => {
  it('keeps the number of lines when a key of many lines goes', () => {
    const body = Array.from({ length: 4 }, () => mixed(60)).join('\n');
    const text = ['a', '-----BEGIN PRIVATE', ' KEY-----\n', body, '\n-----END PRIVATE', ' KEY-----', '\nb'].join('');
    expect(redactLines(text).split('\n')).toHaveLength(text.split('\n').length);
    expect(redactLines(text)).not.toContain(mixed(60));
    expect(redactLines(text).split('\n').at(-1)).toBe('b');
  });
});
