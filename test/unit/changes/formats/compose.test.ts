import { describe, expect, it } from 'vitest';
import { compose } from '../../../../src/changes/configuration/formats/compose.ts';
import { edited } from '../../../support/builders/editedText.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const file = `x-logging: &logging
  driver: json-file
  options: {max-size: 10m}

services:
  api:
    image: ghcr.io/shop/api:1.4.2
    command: ["serve", "--port", "8080"]
    environment:
      STRIPE_URL: https://api.stripe.com
      POOL_SIZE: 10
      DEBUG:
    ports:
      - "8080:8080"
      - 9090
    depends_on: [db]
    logging:
      <<: *logging
    deploy:
      replicas: 3
      resources:
        limits: {cpus: "0.5", memory: 512M}
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:8080/health"]
      timeout: 3s
  db:
    image: postgres:16.2
    environment:
      - POSTGRES_DB=shop
      - POSTGRES_PASSWORD=\${DB_PASSWORD}
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  data: {}
`;

describe('Compose files', () => {
  it.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['the same', file, file, []],
    ['an image', ...edited(file, '1.4.2', '1.5.0'), ['image api: 1.4.2 → 1.5.0']],
    [
      'another image',
      ...edited(file, 'postgres:16.2', 'timescale/timescaledb:2.14'),
      ['image db: postgres:16.2 → timescale/timescaledb:2.14'],
    ],
    [
      'a variable of a record',
      ...edited(file, '      STRIPE_URL: https://api.stripe.com\n', ''),
      ['env STRIPE_URL removed (was https://api.stripe.com) (api)'],
    ],
    [
      'a variable of a list',
      ...edited(file, 'POSTGRES_DB=shop', 'POSTGRES_DB=shop2'),
      ['env POSTGRES_DB: shop → shop2 (db)'],
    ],
    [
      'variables as a list instead of a record',
      ...edited(
        file,
        '      STRIPE_URL: https://api.stripe.com\n      POOL_SIZE: 10\n      DEBUG:\n',
        '      - DEBUG\n      - POOL_SIZE=10\n      - STRIPE_URL=https://api.stripe.com\n',
      ),
      [],
    ],
    [
      'all variables',
      ...edited(file, '    environment:\n      - POSTGRES_DB=shop\n      - POSTGRES_PASSWORD=${DB_PASSWORD}\n', ''),
      ['env POSTGRES_DB removed (was shop) (db)', 'env POSTGRES_PASSWORD removed (was ${DB_PASSWORD}) (db)'],
    ],
    ['a port', ...edited(file, '"8080:8080"', '"80:8080"'), ['api.ports[]: 8080:8080 → 80:8080']],
    ['a port as text', ...edited(file, '- 9090', '- "9090"'), []],
    ['replicas', ...edited(file, 'replicas: 3', 'replicas: 1'), ['api.deploy.replicas: 3 → 1']],
    ['a limit', ...edited(file, '512M', '256M'), ['api.deploy.resources.limits.memory: 512M → 256M']],
    ['an argument', ...edited(file, '"8080"]', '"8081"]'), ['api.command[2]: 8080 → 8081']],
    ['a health check', ...edited(file, 'timeout: 3s', 'timeout: 30s'), ['api.healthcheck.timeout: 3s → 30s']],
    ['what services it waits for, as a record', ...edited(file, 'depends_on: [db]', 'depends_on:\n      db: {}'), []],
    ['a template, where it is used', ...edited(file, '10m', '100m'), ['api.logging.options.max-size: 10m → 100m']],
    [
      'a service that came',
      ...edited(file, 'services:\n', 'services:\n  cache:\n    image: redis:7\n'),
      ['service cache added: {image: redis:7}'],
    ],
    [
      'a service that went',
      file,
      file.replace(/ {2}db:[^]*(?=volumes:\n {2}data)/, ''),
      [
        'service db removed (was {image: postgres:16.2, environment.POSTGRES_DB: shop, environment.POSTGRES_PASSWORD: ${DB_PASSWORD}, volumes: [data:/var/lib/postgresql/data]})',
      ],
    ],
    ['a new file', undefined, 'services:\n  api:\n    build: .\n', ['service api added: {build: .}']],
    ['order, quotes, comments', ...edited(file, 'image: postgres:16.2\n', 'image: "postgres:16.2" # db\n'), []],
    ['what does not parse', file, file.replace('volumes:\n  data: {}', 'volumes:\n\tdata: {}'), ['line 34: ']],
  ])('%s', (_, before, after, told) => {
    const actual = toldDifferences(compose, before, after, { path: 'compose.yaml' });
    expect(
      actual.map((text, index) => (told[index]?.endsWith(': ') ? text.slice(0, told[index].length) : text)),
    ).toEqual(told);
  });

  it('tells lines, those of lists too', () => {
    const after = file.replace('POOL_SIZE: 10', 'POOL_SIZE: 5').replace('POSTGRES_DB=shop', 'POSTGRES_DB=x');
    const versions = { path: 'compose.yaml', before: file, after, beside: new Map<string, string>() };
    expect(compose.differences(versions).map(({ line }) => line)).toEqual([11, 29]);
  });

  it.each([
    ['compose.yaml', true],
    ['docker-compose.yml', true],
    ['deploy/docker-compose.prod.yml', true],
    ['compose.override.yaml', true],
    ['podman-compose.yml', true],
    ['composer.json', false],
    ['src/compose.ts', false],
    ['decompose.yaml', false],
  ])('%s', (path, fits) => {
    expectFit(compose, path, undefined, fits);
  });
});
