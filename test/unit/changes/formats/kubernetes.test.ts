import { describe, expect, it } from 'vitest';
import type { Difference } from '../../../../src/changes/configuration/difference.ts';
import { differenceText } from '../../../../src/changes/configuration/difference.ts';
import { kubernetes } from '../../../../src/changes/configuration/formats/kubernetes.ts';
import { redactedDifference } from '../../../../src/changes/configuration/redactedDifference.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    app: shop
spec:
  replicas: 3
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
        - name: api
          image: registry.example.org/shop/api:1.4.2
          args: ["--port=8080", "--verbose"]
          ports:
            - containerPort: 8080
          env:
            - name: STRIPE_URL
              value: https://api.stripe.com
            - name: POOL_SIZE
              value: "10"
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef: {name: shop-secrets, key: db}
          resources:
            limits: {cpu: 500m, memory: 512Mi}
          readinessProbe:
            httpGet: {path: /ready, port: 8080}
            timeoutSeconds: 3
`;

const sidecar = `        - name: proxy
          image: envoyproxy/envoy:v1.29.1
          env:
            - name: LEVEL
              value: info
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: metrics, port: 9090}
`;

const ports = (list: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {ports: [${list}]}\n`;

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-config
data:
  LOG_LEVEL: info
  app.yaml: |
    checkout:
      timeout: 30s
      retries: 2
  app.properties: |
    pool.size=10
  start.sh: |
    #!/bin/sh
    exec shop
`;

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: shop-secrets
type: Opaque
data:
  db: aHVudGVyMg==
  stripe: c2tfbGl2ZQ==
`;

type Case = readonly [title: string, before: string | undefined, after: string | undefined, told: readonly string[]];

const change = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return text.replace(from, to);
};
const edit = (text: string, from: string, to: string): readonly [string, string] => [text, change(text, from, to)];

const cases: readonly Case[] = [
  ['the same manifest', deployment, deployment, []],
  ['an image', ...edit(deployment, '1.4.2', '1.5.0'), ['image api: 1.4.2 → 1.5.0 (Deployment shop)']],
  [
    'an image of another repository',
    ...edit(deployment, 'shop/api:1.4.2', 'new/api:1.4.2'),
    ['image api: registry.example.org/shop/api:1.4.2 → registry.example.org/new/api:1.4.2 (Deployment shop)'],
  ],
  [
    'an image that got a digest',
    ...edit(deployment, '1.4.2', `1.4.2@sha256:${'ab'.repeat(32)}`),
    ['image api: 1.4.2 → 1.4.2@sha256:abababababab (Deployment shop)'],
  ],
  ['an image that lost its tag', ...edit(deployment, ':1.4.2', ''), ['image api: 1.4.2 → no tag (Deployment shop)']],
  ['replicas', ...edit(deployment, 'replicas: 3', 'replicas: 1'), ['replicas: 3 → 1 (Deployment shop)']],
  [
    'a variable that went',
    ...edit(deployment, '            - name: STRIPE_URL\n              value: https://api.stripe.com\n', ''),
    ['env STRIPE_URL removed (was https://api.stripe.com) (Deployment shop)'],
  ],
  [
    'a variable that came',
    ...edit(deployment, '          env:\n', '          env:\n            - name: DEBUG\n              value: "1"\n'),
    ['env DEBUG added: 1 (Deployment shop)'],
  ],
  [
    'a variable that is now a secret',
    ...edit(deployment, 'value: https://api.stripe.com', 'valueFrom: {secretKeyRef: {name: stripe, key: url}}'),
    ['env STRIPE_URL: https://api.stripe.com → <secret stripe url> (Deployment shop)'],
  ],
  [
    'all variables',
    ...edit(sidecarOnly(), '          env:\n            - name: LEVEL\n              value: info\n', ''),
    ['env LEVEL removed (was info) (Pod p)'],
  ],
  [
    'variables in another order',
    ...edit(deployment, '            - name: POOL_SIZE\n              value: "10"\n', ''),
    ['env POOL_SIZE removed (was 10) (Deployment shop)'],
  ],
  [
    'limits',
    ...edit(deployment, '512Mi', '256Mi'),
    ['containers[api].resources.limits.memory: 512Mi → 256Mi (Deployment shop)'],
  ],
  ['limits written otherwise', ...edit(deployment, 'cpu: 500m, memory: 512Mi', 'memory: 536870912, cpu: "0.5"'), []],
  [
    'a limit that came',
    ...edit(deployment, 'memory: 512Mi}', 'memory: 512Mi}\n            requests: {cpu: 100m}'),
    ['containers[api].resources.requests.cpu added: 100m (Deployment shop)'],
  ],
  [
    'a probe',
    ...edit(deployment, 'timeoutSeconds: 3', 'timeoutSeconds: 1'),
    ['containers[api].readinessProbe.timeoutSeconds: 3 → 1 (Deployment shop)'],
  ],
  [
    'a probe that went',
    ...edit(
      deployment,
      '          readinessProbe:\n            httpGet: {path: /ready, port: 8080}\n            timeoutSeconds: 3\n',
      '',
    ),
    [
      'containers[api].readinessProbe removed (was {httpGet.path: /ready, httpGet.port: 8080, timeoutSeconds: 3}) (Deployment shop)',
    ],
  ],
  [
    'an argument',
    ...edit(deployment, '"--verbose"', '"--quiet"'),
    ['containers[api].args[1]: --verbose → --quiet (Deployment shop)'],
  ],
  [
    'a container that came',
    ...edit(deployment, '      containers:\n', `      containers:\n${sidecar}`),
    ['containers[proxy] added: {name: proxy, image: envoyproxy/envoy:v1.29.1, env.LEVEL: info} (Deployment shop)'],
  ],
  [
    'containers in another order, with one change',
    deployment + sidecar,
    change(deployment, '      containers:\n', `      containers:\n${sidecar.replace('info', 'debug')}`),
    ['env LEVEL: info → debug (Deployment shop, container proxy)'],
  ],
  [
    'comments, quotes, order and flow',
    deployment,
    change(
      change(deployment, 'replicas: 3', '# three\n  replicas: 3 # of them'),
      'selector:\n    matchLabels: {app: shop}',
      'selector: {\'matchLabels\': {"app": shop}}',
    ),
    [],
  ],
  [
    'a label of the pods',
    ...edit(deployment, '      labels: {app: shop}', '      labels: {app: shop, v: "2"}'),
    ['template.metadata.labels.v added: 2 (Deployment shop)'],
  ],
  [
    'what only the cluster writes',
    deployment,
    `${change(deployment, '  labels:\n    app: shop\nspec', '  labels:\n    app: shop\n  resourceVersion: "12"\n  generation: 4\nspec')}status:\n  readyReplicas: 3\n`,
    [],
  ],
  ['resources in another order', `${deployment}---\n${service}`, `${service}---\n${deployment}`, []],
  ['a resource that came', deployment, `${deployment}---\n${service}`, ['Service shop added']],
  [
    'a resource that went',
    `${service}---\n${deployment}`,
    service,
    ['Deployment shop removed (was registry.example.org/shop/api:1.4.2)'],
  ],
  ['a new file', undefined, deployment, ['Deployment shop added: registry.example.org/shop/api:1.4.2']],
  ['a file that went', service, undefined, ['Service shop removed']],
  [
    'one resource of several',
    `${deployment}---\n${service}`,
    `${deployment}---\n${change(service, 'port: 9090', 'port: 9091')}`,
    ['ports[metrics].port: 9090 → 9091 (Service shop)'],
  ],
  [
    'a namespace',
    service,
    change(service, '  name: shop\n', '  name: shop\n  namespace: prod\n'),
    ['Service prod/shop added', 'Service shop removed'],
  ],
  [
    'another version of the API',
    ...edit(deployment, 'apps/v1', 'extensions/v1beta1'),
    ['apiVersion: apps/v1 → extensions/v1beta1 (Deployment shop)'],
  ],
  [
    'a list of resources',
    list(deployment),
    list(change(deployment, 'replicas: 3', 'replicas: 2')),
    ['replicas: 3 → 2 (Deployment shop)'],
  ],
  ['a value of a config map', ...edit(configMap, 'info', 'debug'), ['LOG_LEVEL: info → debug (ConfigMap shop-config)']],
  [
    'a file in a config map, in meaning',
    ...edit(configMap, 'timeout: 30s', 'timeout:   3s # quick'),
    ['app.yaml checkout.timeout: 30s → 3s (ConfigMap shop-config)'],
  ],
  [
    'properties in a config map',
    ...edit(configMap, 'pool.size=10', 'pool.size = 5'),
    ['app.properties pool.size: 10 → 5 (ConfigMap shop-config)'],
  ],
  [
    'a file in a config map that does not parse',
    ...edit(configMap, '      retries: 2', '      retries: [2'),
    ['app.yaml: retries: 2 → retries: [2 (line 3 of 3, ConfigMap shop-config)'],
  ],
  [
    'a program in a config map',
    ...edit(configMap, 'exec shop', 'exec shop --debug'),
    ['start.sh: exec shop → exec shop --debug (line 2 of 2, ConfigMap shop-config)'],
  ],
  [
    'a file that came into a config map',
    ...edit(configMap, '\ndata:\n', '\ndata:\n  b.yaml: |\n    a: 1\n    b: 2\n'),
    ['b.yaml added: 2 lines (ConfigMap shop-config)'],
  ],
  [
    'data of a secret, plain instead of Base64',
    secret,
    change(change(secret, '  db: aHVudGVyMg==\n', ''), '\ndata:', '\nstringData:\n  db: hunter2\ndata:'),
    [],
  ],
  ['a schedule', cron('0 3 * * *'), cron('0 4 * * *'), ['schedule: 0 3 * * * → 0 4 * * * (CronJob nightly)']],
  [
    'an image of a cron job',
    cron('@daily'),
    cron('@daily').replace('job:1', 'job:2'),
    ['image job: 1 → 2 (CronJob nightly)'],
  ],
  [
    'a host of an ingress',
    ingress('shop.example.org'),
    ingress('www.example.org'),
    ['rules[shop.example.org].host: shop.example.org → www.example.org (Ingress shop)'],
  ],
  ['a port without a name', ports('{port: 80}'), ports('{port: 81}'), ['ports[80].port: 80 → 81 (Service shop)']],
  [
    'a port of two',
    ports('{port: 80}, {port: 443}'),
    ports('{port: 443}, {port: 81}'),
    ['ports[80].port: 80 → 81 (Service shop)'],
  ],
  [
    'a port beside another',
    ports('{port: 80}'),
    ports('{port: 81}, {port: 443}'),
    ['ports[81] added: {port: 81}', 'ports[443] added: {port: 443}', 'ports[80] removed (was {port: 80})'].map(
      (text) => `${text} (Service shop)`,
    ),
  ],
  [
    'a template',
    deployment,
    change(deployment, 'replicas: 3', 'replicas: {{ .Values.replicas }}\n  {{- if .Values.x }}'),
    ['line 9: '],
  ],
  [
    'what is no resource',
    deployment,
    `${deployment}---\nfoo: bar\n`,
    [`line ${deployment.split('\n').length + 1}: a document that is no Kubernetes resource`],
  ],
];

function sidecarOnly(): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n${sidecar}`;
}

function list(...resources: readonly string[]): string {
  const items = resources.map((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((row, index) => (index === 0 ? `- ${row}` : `  ${row}`))
      .join('\n'),
  );
  return `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n`;
}

function cron(schedule: string): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\nspec:\n  schedule: "${schedule}"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: job\n              image: job:1\n`;
}

function ingress(host: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\nspec:\n  rules:\n    - host: ${host}\n`;
}

describe('Kubernetes manifests', () => {
  it.each(cases)('%s', (_, before, after, told) => {
    const actual = toldDifferences(kubernetes, before, after, { path: 'k8s/shop.yaml' });
    expect(
      actual.map((text, index) => (told[index]?.endsWith(': ') ? text.slice(0, told[index].length) : text)),
    ).toEqual(told);
  });

  it('of the data of secrets only that it changed', () => {
    const after = change(
      change(secret, 'aHVudGVyMg==', 'aHVudGVyMw=='),
      '  stripe: c2tfbGl2ZQ==\n',
      '  other: c2tfbGl2ZQ==\n',
    );
    const shown = differencesOf(secret, after).map((difference) => differenceText(redactedDifference(difference)));
    expect(shown).toEqual([
      expect.stringMatching(
        /^db: \[redacted value [\da-f]{8}\] → \[redacted value [\da-f]{8}\] \(Secret shop-secrets\)$/,
      ),
      expect.stringMatching(/^other added: \[redacted value ([\da-f]{8})\] \(Secret shop-secrets\)$/),
      expect.stringMatching(/^stripe removed \(was \[redacted value ([\da-f]{8})\]\) \(Secret shop-secrets\)$/),
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/aHVu|hunter|sk_live|c2tf/);
  });

  it('tells lines: of variables, of files in config maps, of what was removed', () => {
    const both = `${deployment}---\n${configMap}`;
    const after = change(change(both, 'value: "10"', 'value: "5"'), 'retries: 2', 'retries: 3').replace(
      /^ {12}- name: STRIPE_URL\n.*\n/m,
      '',
    );
    const rows = after.split('\n');
    const told = differencesOf(both, after).map(({ kind, line = 0 }) => [kind, rows[line - 1]?.trim() ?? '']);
    expect(told.slice(0, 1)).toEqual([['changed', '- name: POOL_SIZE']]);
    expect(told.slice(2)).toEqual([['changed', 'retries: 3']]);
    expect(differencesOf(both, after)[1]?.line).toBe(
      both.split('\n').findIndex((row) => row.includes('STRIPE_URL')) + 1,
    );
  });

  it.each([
    ['k8s/shop.yaml', deployment, true],
    ['shop.yml', `# c\n---\n${deployment}`, true],
    ['list.json', '{"apiVersion": "v1", "kind": "List", "items": []}', true],
    ['k8s/shop.yaml', undefined, true],
    ['services/messages/deploy/shop.yaml', deployment, true],
    ['.deploy/build/.shop.json', '{"apiVersion": "v1", "kind": "List", "items": []}', true],
    ['config/shop.yaml', undefined, false],
    ['chart/Chart.yaml', 'apiVersion: v2\nname: shop\n', false],
    ['config.yaml', 'kind: x\n', false],
    ['shop.md', deployment, false],
  ])('%s', (path, text, fits) => {
    expectFit(kubernetes, path, text, fits);
  });
});

function differencesOf(before: string, after: string): readonly Difference[] {
  return kubernetes.differences({ path: 'k8s/shop.yaml', before, after, beside: new Map() });
}
