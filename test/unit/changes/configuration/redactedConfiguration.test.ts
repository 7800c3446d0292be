import { describe, expect, it } from 'vitest';
import type { ReadVersions } from '../../../../src/changes/configuration/compareVersions.ts';
import { compareVersions } from '../../../../src/changes/configuration/compareVersions.ts';
import { configurationFormats } from '../../../../src/changes/configuration/configurationFormats.ts';
import { differenceText } from '../../../../src/changes/configuration/difference.ts';

// What a credential is replaced with, and what must be seen, in every format that can hold either.

const formats = configurationFormats({ featureFlags: [], zoneFiles: [] });

function told(path: string, before: string | undefined, after: string | undefined): string {
  const content = (text: string | undefined) =>
    text === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'text', text } as const);
  const file: ReadVersions = {
    ...{ status: 'modified', path, isLink: false, beside: new Map() },
    ...{ before: content(before), after: content(after) },
  };
  return compareVersions(file, formats).differences.map(differenceText).join('\n');
}

/** Text of a file that has `name` set to a value, as the format writes it. */
const shapes: Readonly<
  Record<string, { readonly path: string; readonly text: (name: string, value: string) => string }>
> = {
  'environment file': { path: '.env.production', text: (name, value) => `A=1\n${name}=${value}\n` },
  'quoted environment file': { path: '.env', text: (name, value) => `export ${name}="${value}"\n` },
  YAML: { path: 'config/production.yaml', text: (name, value) => `db:\n  ${name}: "${value}"\n` },
  JSON: { path: 'config/production.json', text: (name, value) => JSON.stringify({ db: { [name]: value } }, null, 2) },
  'JSON with comments': {
    path: 'config/app.jsonc',
    text: (name, value) => `{ // db\n  "${name}": ${JSON.stringify(value)} }`,
  },
  TOML: { path: 'config/app.toml', text: (name, value) => `[db]\n${name} = ${JSON.stringify(value)}\n` },
  INI: { path: 'config/app.ini', text: (name, value) => `[db]\n${name} = ${value}\n` },
  properties: { path: 'config/application.properties', text: (name, value) => `db.${name}=${value}\n` },
  Dockerfile: { path: 'Dockerfile', text: (name, value) => `FROM node:22\nENV ${name}="${value}"\nARG X=1\n` },
  Compose: {
    path: 'docker-compose.yml',
    text: (name, value) => `services:\n  api:\n    image: api:1\n    environment:\n      ${name}: "${value}"\n`,
  },
  'Compose list': {
    path: 'compose.yaml',
    text: (name, value) => `services:\n  api:\n    image: api:1\n    environment:\n      - ${name}=${value}\n`,
  },
  Kubernetes: {
    path: 'deploy/api.yaml',
    text: (name, value) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      containers:
        - name: api
          image: api:1
          env:
            - name: ${name}
              value: "${value}"
`,
  },
  'Helm values': { path: 'chart/values.yaml', text: (name, value) => `api:\n  ${name}: "${value}"\n` },
  Terraform: { path: 'infra/main.tf', text: (name, value) => `resource "x" "y" {\n  ${name} = "${value}"\n}\n` },
  'Terraform variables': { path: 'infra/prod.tfvars', text: (name, value) => `${name} = "${value}"\n` },
  workflow: {
    path: '.github/workflows/deploy.yml',
    text: (name, value) =>
      `on: push\njobs:\n  deploy:\n    runs-on: x\n    env:\n      ${name}: "${value}"\n    steps: [{ run: ls }]\n`,
  },
  nginx: { path: 'nginx.conf', text: (name, value) => `http {\n  server { set $${name} "${value}"; }\n}\n` },
  'not a format': { path: 'config/app.xml', text: (name, value) => `<a>\n<add key="x" ${name}="${value}"/>\n</a>\n` },
  'that does not parse': { path: 'config/broken.json', text: (name, value) => `{ "a": [,\n"${name}": "${value}"\n` },
};

const names = { password: 'DB_PASSWORD', camelCase: 'apiKey' };
const credentials: readonly (readonly [string, string, string])[] = [
  ['a password', names.password, 'correct-horse-7battery'],
  ['a key in camel case', names.camelCase, 'k3yV4lueThatNobodyKnows'],
  ['a token by its form', 'SOMETHING', ['ghp', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB0cD3eF6'].join('_')],
  ['an address with a password', 'STRIPE_URL', 'https://api:s3cr3tPassw0rd@stripe.test/v1'],
];

describe.each(Object.entries(shapes))('credentials in %s', (_name, { path, text }) => {
  it.each(credentials)('%s is not shown, and its change is', (_kind, name, value) => {
    const changed = value.replace(/[37]/, 'x');
    const hidden = value.includes('s3cr3tPassw0rd') ? ['s3cr3tPassw0rd', 'sxcr3tPassw0rd'] : [value, changed];
    for (const [before, after] of [
      [value, changed],
      [undefined, value],
      [value, undefined],
    ] as const) {
      const shown = told(
        path,
        before === undefined ? undefined : text(name, before),
        after === undefined ? undefined : text(name, after),
      );
      expect(shown).not.toBe('');
      for (const secret of hidden) expect(shown).not.toContain(secret);
    }
    const shown = told(path, text(name, value), text(name, changed));
    const marks = [...shown.matchAll(/\[redacted [\w ]+ ([0-9a-f]{8})\]/g)].map(([, hash]) => hash);
    expect(new Set(marks).size, shown).toBe(2);
  });
});

const seen: readonly (readonly [string, string, string, string])[] = [
  ['a commit', 'COMMIT', 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7', 'b0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7'],
  ['a UUID', 'TENANT', '123e4567-e89b-12d3-a456-426614174000', '223e4567-e89b-12d3-a456-426614174000'],
  ['a digest', 'DIGEST', `sha256:${'ab'.repeat(32)}`, `sha256:${'cd'.repeat(32)}`],
  ['an address', 'STRIPE_URL', 'https://stripe.test/v1', 'https://stripe.test/v2'],
  ['a number of tokens', 'MAX_TOKENS', '4096', '8192'],
  ['a switch', 'PASSWORD_LOGIN', 'false', 'true'],
  ['a reference', 'DB_PASSWORD', '${DB_PASSWORD_OLD}', '${DB_PASSWORD_NEW}'],
];

describe.each(
  Object.entries(shapes).filter(([name]) => !['nginx', 'not a format', 'that does not parse'].includes(name)),
)('what is no credential in %s', (_name, { path, text }) => {
  it.each(seen)('%s is shown', (_kind, name, before, after) => {
    const shown = told(path, text(name, before), text(name, after));
    expect(shown).toContain(before);
    expect(shown).toContain(after);
    expect(shown).not.toContain('[redacted');
  });
});

describe('secrets whose names do not tell', () => {
  it('the data of a Kubernetes Secret is redacted whatever its keys are', () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: api }\ndata:\n  stripe: ${value}\n  tls.crt: ${value}\n`;
    const shown = told('deploy/secret.yaml', secret('c2VjcmV0LW9uZQ=='), secret('c2VjcmV0LXR3bw=='));
    expect(shown).not.toMatch(/c2VjcmV0/);
    expect(shown).toMatch(/\[redacted/);
  });

  it.each([
    ['chart/values.yaml', 'a: 1\n', 'a: 1\nsecretEnv:\n  STRIPE: plainvalue123\n'],
    ['chart/values.yaml', 'a: 1\n', 'a: 1\nauth:\n  secrets:\n    foo: plainvalue123\n    bar: plainvalue123\n'],
    ['chart/values.yaml', 'auth:\n  secrets:\n    foo: old\n', 'auth:\n  secrets:\n    foo: plainvalue123\n'],
    ['config/app.yaml', 'credentials:\n  user: old\n', 'credentials:\n  user: plainvalue123\n'],
  ])('%s: what stands among secrets is one', (path, before, after) => {
    const shown = told(path, before, after);
    expect(shown).not.toContain('plainvalue123');
    expect(shown).toContain('[redacted');
  });

  it.each([
    ['kubernetes_secret', (value: string) => `data = {\n stripe = ${value}\n}`],
    ['aws_ssm_parameter', (value: string) => `type = "SecureString"\nvalue = ${value}`],
    ['azurerm_key_vault_secret', (value: string) => `name = "db"\nvalue = ${value}`],
    ['aws_secretsmanager_secret_version', (value: string) => `secret_string = ${value}`],
    ['google_secret_manager_secret_version', (value: string) => `secret_data = ${value}`],
    ['github_actions_secret', (value: string) => `plaintext_value = ${value}`],
    ['vault_generic_secret', (value: string) => `data_json = jsonencode({ a = ${value} })`],
    ['vault_kv_secret_v2', (value: string) => `data_json = <<EOT\n${value}\nEOT`],
  ])('the values of a %s are', (type, body) => {
    const resource = (value: string) => `resource "${type}" "s" {\n${body(value)}\n}\n`;
    const [before, after] = [resource('"hunter2"'), resource('"hunter3"')];
    for (const shown of [told('main.tf', before, after), told('main.tf', '', after), told('main.tf', before, '')]) {
      expect(shown).not.toMatch(/hunter/);
      expect(shown).toContain(type);
    }
    expect(new Set(told('main.tf', before, after).match(/\[redacted value \w+\]/g)).size).toBe(2);
  });

  it('the defaults of a variable that is called after them are', () => {
    const variable = (value: string) => `variable "secrets" {\n default = { stripe = "${value}" }\n}\n`;
    expect(told('main.tf', variable('hunter2'), variable('hunter3'))).not.toMatch(/hunter/);
  });

  it.each([
    ['resource "kubernetes_secret" "s" {\n data = { a = VALUE }\n}\n', 'var.one', 'random_password.two.result'],
    ['resource "kubernetes_secret" "s" {\n metadata { name = VALUE }\n}\n', '"one"', '"two"'],
    ['resource "aws_ssm_parameter" "p" {\n type = "String"\n value = VALUE\n}\n', '"10s"', '"1s"'],
    ['resource "vault_generic_secret" "s" {\n data_json = VALUE\n}\n', 'file("a.json")', 'file("b.json")'],
  ])('what leads to them and what is plain is shown: %s', (text, one, two) => {
    expect(told('main.tf', text.replace('VALUE', one), text.replace('VALUE', two))).toContain(`${one} → ${two}`);
  });

  it.each([
    ['config/default.json', '{"mail":{"auth":{"user":"a","pass":"VALUE"}}}'],
    ['config/secrets.yml', 'production:\n  secret_key_base: VALUE\n'],
    ['redis.conf', 'requirepass VALUE\n'],
    ['compose.yaml', 'services:\n  db:\n    image: x\n    command: redis-server --requirepass VALUE\n'],
    ['haproxy.cfg', 'userlist u\n  user admin insecure-password VALUE\n'],
    ['haproxy.cfg', 'frontend f\n  bind *:80\n  stats auth admin:VALUE\n'],
  ])('%s: %s', (path, text) => {
    const shown = told(path, text.replace('VALUE', 'hunter2'), text.replace('VALUE', 'hunter3'));
    expect(shown).not.toMatch(/hunter/);
    expect(new Set(shown.match(/\[redacted \w+ \w+\]/g)).size).toBe(2);
  });

  it('where a proxy leads to is shown', () => {
    const server = (to: string) => `http {\n  server {\n    location / { proxy_pass ${to}; }\n  }\n}\n`;
    expect(told('nginx.conf', server('http://blue'), server('http://green'))).toContain('http://blue → http://green');
  });

  it('what is said about a secret beside its value is shown', () => {
    const shown = told('compose.yaml', 'secrets:\n  db:\n    file: ./a\n', 'secrets:\n  db:\n    file: ./b\n');
    expect(shown).toContain('./a → ./b');
  });

  it('a private key that a file holds over many lines is not shown line by line', () => {
    const key = (letter: string) =>
      `-----BEGIN RSA PRIVATE KEY-----\n${Array.from({ length: 20 }, () => `${letter}${'Qx7'.repeat(20)}`).join('\n')}\n-----END RSA PRIVATE KEY-----\n`;
    const shown = told('config/app.conf', `a\n${key('M')}b\n`, `a\n${key('N')}c\n`);
    expect(shown).not.toContain('Qx7');
    expect(shown).toMatch(/line 24: b → c/);
  });
});
