import { describe, expect, it } from 'vitest';
import { helm } from '../../../../src/changes/configuration/formats/helm.ts';
import { edited } from '../../../support/builders/editedText.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const values = `# Shop
replicaCount: 3
image:
  repository: registry.example.org/shop/web
  tag: "1.4.2"
  pullPolicy: IfNotPresent

api:
  image:
    repository: registry.example.org/shop/api
    tag: 1.4.2
  env:
    STRIPE_URL: https://api.stripe.com
    POOL_SIZE: 10
  extraEnv:
    - name: LOG_LEVEL
      value: info
    - name: DB_PASSWORD
      valueFrom:
        secretKeyRef:
          name: shop
          key: db

ingress:
  enabled: true
  hosts:
    - host: shop.example.org
      paths:
        - path: /
          pathType: Prefix

resources: {}
tolerations: []
`;

const chart = `apiVersion: v2
name: shop
version: 1.2.3
appVersion: "1.4.2"
dependencies:
  - name: redis
    version: 18.6.1
    repository: https://charts.bitnami.com/bitnami
  - name: postgresql
    version: 13.2.24
    repository: https://charts.bitnami.com/bitnami
    condition: postgresql.enabled
`;

const template = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
spec:
  replicas: {{ .Values.replicaCount }}
`;

describe('Helm charts', () => {
  it.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['the same values', values, values, []],
    ['the tag of a component', ...edited(values, 'tag: 1.4.2', 'tag: 1.5.0'), ['image api: 1.4.2 → 1.5.0']],
    ['the only tag', ...edited(values, 'tag: "1.4.2"', 'tag: "1.5.0"'), ['image.tag: 1.4.2 → 1.5.0']],
    [
      'a repository',
      ...edited(values, 'repository: registry.example.org/shop/api', 'repository: mirror.example.org/shop/api'),
      ['api.image.repository: registry.example.org/shop/api → mirror.example.org/shop/api'],
    ],
    [
      'a variable of a record',
      ...edited(values, '    STRIPE_URL: https://api.stripe.com\n', ''),
      ['env STRIPE_URL removed (was https://api.stripe.com) (api)'],
    ],
    ['a variable of a list', ...edited(values, 'value: info', 'value: debug'), ['env LOG_LEVEL: info → debug (api)']],
    ['a variable as number or text', ...edited(values, 'POOL_SIZE: 10', 'POOL_SIZE: "10"'), []],
    [
      'where a variable comes from',
      ...edited(values, '          key: db', '          key: database'),
      ['env DB_PASSWORD: <secret shop db> → <secret shop database> (api)'],
    ],
    [
      'all variables of a component',
      ...edited(values, '  env:\n    STRIPE_URL: https://api.stripe.com\n    POOL_SIZE: 10\n', ''),
      ['env STRIPE_URL removed (was https://api.stripe.com) (api)', 'env POOL_SIZE removed (was 10) (api)'],
    ],
    ['replicas', ...edited(values, 'replicaCount: 3', 'replicaCount: 30'), ['replicaCount: 3 → 30']],
    ['a switch', ...edited(values, 'enabled: true', 'enabled: false'), ['ingress.enabled: true → false']],
    [
      'a host',
      ...edited(values, 'paths:\n        - path: /\n', 'paths:\n        - path: /shop\n'),
      ['ingress.hosts[shop.example.org].paths[/].path: / → /shop'],
    ],
    [
      'resources',
      ...edited(values, 'resources: {}', 'resources:\n  limits:\n    memory: 512Mi'),
      ['resources.limits added: {memory: 512Mi}'],
    ],
    [
      'comments, quotes and order',
      ...edited(values, 'resources: {}\ntolerations: []\n', "tolerations: [] # none\n'resources': {}\n"),
      [],
    ],
    [
      'anchors',
      'a: &a\n  timeout: 30s\nb:\n  <<: *a\n',
      'a: &a\n  timeout: 3s\nb:\n  <<: *a\n',
      ['a.timeout: 30s → 3s', 'b.timeout: 30s → 3s'],
    ],
    ['new values', undefined, 'a: 1\nb:\n  c: 2\n', ['a added: 1', 'b added: {c: 2}']],
    ['values that do not parse', values, `${values}  x: [\n`, ['line 34: ']],
  ])('values: %s', (_, before, after, told) => {
    expectTold('charts/shop/values-production.yaml', before, after, told);
  });

  it.each<readonly [string, string, string, readonly string[]]>([
    [
      'the version of the application',
      ...edited(chart, 'appVersion: "1.4.2"', 'appVersion: "1.5.0"'),
      ['appVersion: 1.4.2 → 1.5.0'],
    ],
    ['a dependency', ...edited(chart, '18.6.1', '19.0.0'), ['dependency redis: 18.6.1 → 19.0.0']],
    [
      'the condition of a dependency',
      ...edited(chart, 'postgresql.enabled', 'db.enabled'),
      ['dependency postgresql condition: postgresql.enabled → db.enabled'],
    ],
    [
      'a dependency that went',
      ...edited(
        chart,
        '  - name: redis\n    version: 18.6.1\n    repository: https://charts.bitnami.com/bitnami\n',
        '',
      ),
      ['dependency redis removed (was {name: redis, version: 18.6.1, repository: https://charts.bitnami.com/bitnami})'],
    ],
  ])('chart: %s', (_, before, after, told) => {
    expectTold('charts/shop/Chart.yaml', before, after, told);
  });

  it('of templates says that they are no data', () => {
    expectTold('charts/shop/templates/deployment.yaml', template, `${template}# more\n`, [
      'line 4: a template means something only with its values',
    ]);
  });

  it.each([
    ['charts/shop/Chart.yaml', undefined, true],
    ['values.yaml', undefined, true],
    ['deploy/values.prod.yaml', undefined, true],
    ['deploy/prod-values.yml', undefined, true],
    ['charts/shop/templates/deployment.yaml', template, true],
    ['charts/shop/templates/_helpers.tpl', '{{- define "x" }}', true],
    ['charts/shop/templates/service.yaml', 'apiVersion: v1\nkind: Service\n', false],
    ['.github/ISSUE_TEMPLATE/values.md', undefined, false],
    ['src/values.ts', undefined, false],
  ])('%s', (path, text, fits) => {
    expectFit(helm, path, text, fits);
  });
});

function expectTold(
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
): void {
  const actual = toldDifferences(helm, before, after, { path });
  expect(actual.map((text, index) => (told[index]?.endsWith(': ') ? text.slice(0, told[index].length) : text))).toEqual(
    told,
  );
}
