import { describe, expect, it } from 'vitest';
import { applicationSettings } from '../../../../src/changes/configuration/formats/applicationSettings.ts';
import { edited } from '../../../support/builders/editedText.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const yaml = `# Shop
checkout:
  timeout: 30s
  retries: 3
  currencies: [EUR, USD]
upstreams:
  - name: payments
    url: https://pay.internal
    weight: 80
  - name: stock
    url: https://stock.internal
database:
  pool: {min: 2, max: 10}
  password: \${DB_PASSWORD}
`;

const spring = `spring:
  application:
    name: shop
server:
  port: 8080
---
spring:
  config:
    activate:
      on-profile: prod
server:
  port: 80
`;

const appsettings = `{
  // Defaults
  "Logging": { "LogLevel": { "Default": "Information", "Microsoft": "Warning" } },
  "ConnectionStrings": { "Shop": "Server=db;Database=shop" },
  "Features": ["cart", "search"],
  "AllowedHosts": "*",
}
`;

const toml = `title = "shop"
[server]
port = 8080
timeout = "30s"
[[upstream]]
name = "payments"
weight = 80
[[upstream]]
name = "stock"
weight = 20
[limits]
"a.b" = 1
since = 2024-01-01
`;

const ini = `[database]
host = db.internal
port = 5432 ; default
[cache]
ttl = 30
`;

const properties = `# Shop
checkout.timeout=30s
spring.datasource.url=jdbc:postgresql://db/shop
logging.level.root = INFO
`;

const manifest = `{
  "name": "shop",
  "version": "1.0.0",
  "type": "module",
  "scripts": { "start": "node server.js", "test": "vitest" },
  "engines": { "node": ">=20" },
  "dependencies": { "express": "^4.0.0" },
  "eslintConfig": { "root": true }
}
`;

type Case = readonly [
  title: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
];

const cases: readonly Case[] = [
  ['YAML: the same', 'config/shop.yaml', yaml, yaml, []],
  ['YAML: a value', 'config/shop.yaml', ...edited(yaml, 'timeout: 30s', 'timeout: 3s'), ['checkout.timeout: 30s → 3s']],
  [
    'YAML: a value of a member',
    'config/shop.yaml',
    ...edited(yaml, 'weight: 80', 'weight: 8'),
    ['upstreams[payments].weight: 80 → 8'],
  ],
  [
    'YAML: a member that went',
    'config/shop.yaml',
    ...edited(yaml, '  - name: stock\n    url: https://stock.internal\n', ''),
    ['upstreams[stock] removed (was {name: stock, url: https://stock.internal})'],
  ],
  [
    'YAML: a currency',
    'config/shop.yaml',
    ...edited(yaml, '[EUR, USD]', '[USD, EUR, GBP]'),
    ['checkout.currencies[] added: GBP'],
  ],
  [
    'YAML: flow as block, comments, quotes',
    'config/shop.yaml',
    ...edited(yaml, 'pool: {min: 2, max: 10}', 'pool:\n    # few\n    max: 10\n    "min": 2'),
    [],
  ],
  [
    'YAML: text instead of a number',
    'config/shop.yaml',
    ...edited(yaml, 'retries: 3', 'retries: "3"'),
    ['checkout.retries: 3 → "3"'],
  ],
  [
    'YAML: null instead of a value',
    'config/shop.yaml',
    ...edited(yaml, 'retries: 3', 'retries:'),
    ['checkout.retries: 3 → null'],
  ],
  [
    'YAML: a key that moved',
    'config/shop.yaml',
    ...edited(yaml, '  retries: 3\n', ''),
    ['checkout.retries removed (was 3)'],
  ],
  [
    'YAML: a section that came',
    'config/shop.yaml',
    yaml,
    `${yaml}cache: {ttl: 30, size: 5}\n`,
    ['cache added: {ttl: 30, size: 5}'],
  ],
  ['YAML: what does not parse', 'config/shop.yaml', yaml, `${yaml}- x\n`, ['line 15: ']],
  [
    'Spring: a value of a profile',
    'application.yml',
    ...edited(spring, 'port: 80\n', 'port: 81\n'),
    ['server.port: 80 → 81 (profile prod)'],
  ],
  [
    'Spring: a value of all',
    'application.yml',
    ...edited(spring, 'port: 8080', 'port: 8081'),
    ['server.port: 8080 → 8081'],
  ],
  ['Spring: profiles in another order', 'application.yml', spring, spring.split('---\n').reverse().join('---\n'), []],
  [
    'Spring: a profile that came',
    'application.yml',
    spring,
    `${spring}---\nspring.config.activate.on-profile: test\nserver.port: 1\n`,
    ['[profile test] added: {spring.config.activate.on-profile: test, server.port: 1} (profile test)'],
  ],
  [
    'JSON: a level',
    'appsettings.json',
    ...edited(appsettings, '"Information"', '"Debug"'),
    ['Logging.LogLevel.Default: Information → Debug'],
  ],
  [
    'JSON: a feature',
    'appsettings.Production.json',
    ...edited(appsettings, '["cart", "search"]', '["search"]'),
    ['Features[] removed (was cart)'],
  ],
  [
    'JSON: comments, commas, order',
    'appsettings.json',
    appsettings,
    '{"AllowedHosts": "*", "Features": ["search", "cart"], "ConnectionStrings": {"Shop": "Server=db;Database=shop"}, "Logging": {"LogLevel": {"Microsoft": "Warning", "Default": "Information"}}}',
    [],
  ],
  [
    'JSON: what does not parse',
    'appsettings.json',
    appsettings,
    appsettings.replace('"*"', ''),
    ['line 6: value expected'],
  ],
  ['TOML: a value', 'shop.toml', ...edited(toml, '"30s"', '"3s"'), ['server.timeout: 30s → 3s']],
  [
    'TOML: a value of a member',
    'shop.toml',
    ...edited(toml, 'weight = 20', 'weight = 0'),
    ['upstream[stock].weight: 20 → 0'],
  ],
  ['TOML: a date', 'shop.toml', ...edited(toml, '2024-01-01', '2024-02-01'), ['limits.since: 2024-01-01 → 2024-02-01']],
  [
    'TOML: a table that went',
    'shop.toml',
    ...edited(toml, '[limits]\n"a.b" = 1\nsince = 2024-01-01\n', ''),
    ['limits removed (was {a.b: 1, since: 2024-01-01})'],
  ],
  ['TOML: tables written otherwise', 'shop.toml', 'a.b = 1\n', '[a]\nb = 1 # one\n', []],
  ['TOML: what does not parse', 'shop.toml', toml, `${toml}x = [\n`, ['line 1']],
  ['INI: a value', 'db.ini', ...edited(ini, '5432', '5433'), ['database.port: 5432 → 5433']],
  ['INI: a comment and spaces', 'db.ini', ...edited(ini, 'port = 5432 ; default', 'port=5432'), []],
  ['INI: a section that went', 'db.ini', ...edited(ini, '[cache]\nttl = 30\n', ''), ['cache removed (was {ttl: 30})']],
  ['INI: what does not parse', 'db.ini', ini, `${ini}[x\n`, ['line 6: a section that does not close']],
  [
    'properties: a value',
    'src/main/resources/application.properties',
    ...edited(properties, '30s', '3s'),
    ['checkout.timeout: 30s → 3s'],
  ],
  [
    'properties: form',
    'src/main/resources/application.properties',
    ...edited(properties, 'logging.level.root = INFO', '! all\nlogging.level.root:\\\n  INFO'),
    [],
  ],
  [
    'properties: a key that went',
    'application.properties',
    ...edited(properties, 'spring.datasource.url=jdbc:postgresql://db/shop\n', ''),
    ['spring.datasource.url removed (was jdbc:postgresql://db/shop)'],
  ],
  [
    'package.json: a script',
    'package.json',
    ...edited(manifest, 'node server.js', 'node --inspect server.js'),
    ['scripts.start: node server.js → node --inspect server.js'],
  ],
  ['package.json: engines', 'api/package.json', ...edited(manifest, '>=20', '>=22'), ['engines.node: >=20 → >=22']],
  [
    'package.json: dependencies, version, linters',
    'package.json',
    manifest,
    manifest.replace('^4.0.0', '^5.0.0').replace('1.0.0', '1.1.0').replace('true', 'false'),
    [],
  ],
  [
    'Cargo.toml: the edition',
    'Cargo.toml',
    '[package]\nname = "a"\nedition = "2018"\n',
    '[package]\nname = "b"\nedition = "2021"\n',
    ['package.edition: 2018 → 2021'],
  ],
  [
    'pyproject.toml: Python',
    'pyproject.toml',
    '[project]\nrequires-python = ">=3.9"\n[tool.ruff]\nx = 1\n',
    '[project]\nrequires-python = ">=3.12"\n[tool.ruff]\nx = 2\n',
    ['project.requires-python: >=3.9 → >=3.12'],
  ],
  ['a new file', 'config/a.yaml', undefined, 'a: 1\nb: {c: 2}\n', ['a added: 1', 'b added: {c: 2}']],
  ['a file that went', 'config/a.json', '{"a": [1, 2]}', undefined, ['a removed (was [1, 2])']],
  ['an empty file', 'config/a.yaml', '', 'a: 1\n', ['a added: 1']],
];

describe('application settings', () => {
  it.each(cases)('%s', (_, path, before, after, told) => {
    const actual = toldDifferences(applicationSettings, before, after, { path });
    expect(
      actual.map((text, index) =>
        /^line \d+(?:: )?$/.test(told[index] ?? '') ? text.slice(0, told[index]?.length) : text,
      ),
    ).toEqual(told);
  });

  it.each([
    ...['config/shop.yaml', 'api/conf/x.json', 'application.yml', 'src/main/resources/application-prod.properties'].map(
      (path) => [path, true] as const,
    ),
    ...[
      'appsettings.Production.json',
      'shop.toml',
      'deploy/db.ini',
      'settings.json',
      'production.json',
      'etc/shop/limits.yaml',
    ].map((path) => [path, true] as const),
    ...[
      'shop-config.yaml',
      'config.jsonc',
      'serverless.yml',
      'fly.toml',
      'prometheus.yml',
      'package.json',
      'web/package.json',
    ].map((path) => [path, true] as const),
    ...[
      'test/config/shop.yaml',
      'src/test/resources/application.yml',
      'fixtures/config.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ].map((path) => [path, false] as const),
    ...[
      '.vscode/settings.json',
      '.eslintrc.json',
      'config/locales/de.yml',
      'docs/config.yaml',
      'data/users.json',
      'README.md',
    ].map((path) => [path, false] as const),
    ...[
      'node_modules/x/package.json',
      'jest.config.json',
      'pytest.ini',
      'setup.cfg',
      'gradle.properties',
      'messages_de.properties',
    ].map((path) => [path, false] as const),
    ...[
      'config/user.schema.json',
      '.incidents/mayday.yaml',
      'src/main/resources/static/cities.json',
      'package-lock.json',
      'src/config/index.ts',
      'renovate.json',
    ].map((path) => [path, false] as const),
  ])('%s: %s', (path, fits) => {
    expectFit(applicationSettings, path, undefined, fits);
  });
});
