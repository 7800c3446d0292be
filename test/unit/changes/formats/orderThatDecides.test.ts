import { describe, expect, it } from 'vitest';
import { classifyConfiguration } from '../../../../src/changes/configuration/classifyConfiguration.ts';
import { configurationFormats } from '../../../../src/changes/configuration/configurationFormats.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

// Where the first that matches decides, or each works on what those before it made: another order is no formatting.

const formats = configurationFormats({ featureFlags: [], zoneFiles: [] });

const nginx = (...lines: readonly string[]): string =>
  `http {\n  server {\n    server_name shop.example.org;\n    ${lines.join('\n    ')}\n  }\n}\n`;
const map = (...lines: readonly string[]): string => `http {\n  map $uri $api {\n    ${lines.join('\n    ')}\n  }\n}\n`;
const haproxy = (...lines: readonly string[]): string => `frontend web\n  bind :80\n  ${lines.join('\n  ')}\n`;
const apache = (...lines: readonly string[]): string =>
  `<VirtualHost *:80>\n  ServerName shop.example.org\n  ${lines.join('\n  ')}\n</VirtualHost>\n`;
const github = (...steps: readonly string[]): string =>
  `on: push\njobs:\n  build:\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
const kubernetes = (...containers: readonly string[]): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n${containers.map((name) => `    - {name: ${name}, image: "${name}:1"}\n`).join('')}`;
const envoy = (...filters: readonly string[]): string =>
  `static_resources:\n  listeners:\n    - name: web\n      http_filters:\n${filters.map((name) => `        - name: ${name}\n`).join('')}`;

type Written = (...parts: readonly string[]) => string;

describe('order that decides', () => {
  it.each<readonly [string, string, Written, readonly string[], readonly string[], readonly string[]]>([
    [
      'regex locations of nginx',
      'nginx.conf',
      nginx,
      ['location ~ ^/pay { return 200; }', 'location ~* ^/p { return 404; }'],
      ['location ~* ^/p { return 404; }', 'location ~ ^/pay { return 200; }'],
      ['server shop.example.org › regex locations run in another order'],
    ],
    [
      'other locations of nginx: the longest wins',
      'nginx.conf',
      nginx,
      ['location /pay { return 200; }', 'location /p { return 404; }'],
      ['location /p { return 404; }', 'location /pay { return 200; }'],
      [],
    ],
    [
      'rewrites of nginx',
      'nginx.conf',
      nginx,
      ['rewrite ^/a /b;', 'rewrite ^/b /c;'],
      ['rewrite ^/b /c;', 'rewrite ^/a /b;'],
      ['server shop.example.org › rewrite rules run in another order'],
    ],
    [
      'who is allowed by nginx',
      'nginx.conf',
      nginx,
      ['allow 10.0.0.0/8;', 'deny all;'],
      ['deny all;', 'allow 10.0.0.0/8;'],
      ['server shop.example.org › allow and deny rules run in another order'],
    ],
    [
      'who is allowed beside others that are',
      'nginx.conf',
      nginx,
      ['allow 10.0.0.0/8;', 'allow 192.168.0.0/16;', 'deny all;'],
      ['allow 192.168.0.0/16;', 'allow 10.0.0.0/8;', 'deny all;'],
      [],
    ],
    [
      'headers of nginx',
      'nginx.conf',
      nginx,
      ['add_header A a;', 'add_header B b;'],
      ['add_header B b;', 'add_header A a;'],
      [],
    ],
    [
      'patterns of a map',
      'nginx.conf',
      map,
      ['default 0;', '~^/a 1;', '~^/ 2;'],
      ['~^/ 2;', '~^/a 1;', 'default 0;'],
      ['map $uri $api › patterns run in another order'],
    ],
    [
      'a rule that came before others says so itself',
      'nginx.conf',
      nginx,
      ['rewrite ^/a /b;', 'rewrite ^/b /c;'],
      ['rewrite ^/x /y;', 'rewrite ^/a /b;', 'rewrite ^/b /c;'],
      ['server shop.example.org › rewrite ^/x added: /y'],
    ],
    [
      'http-request of HAProxy',
      'haproxy.cfg',
      haproxy,
      ['http-request deny if bad', 'http-request allow if good'],
      ['http-request allow if good', 'http-request deny if bad'],
      ['frontend web › http-request rules run in another order'],
    ],
    [
      'use_backend of HAProxy',
      'haproxy.cfg',
      haproxy,
      ['use_backend api if a', 'use_backend pay if b', 'timeout client 5s'],
      ['timeout client 5s', 'use_backend pay if b', 'use_backend api if a'],
      ['frontend web › use_backend rules run in another order'],
    ],
    [
      'RewriteRule of Apache',
      'httpd.conf',
      apache,
      ['RewriteRule ^/a /b', 'RewriteRule ^/b /c', 'constructor x'],
      ['RewriteRule ^/b /c', 'rewriterule ^/a /b', 'constructor x'],
      ['VirtualHost shop.example.org › rewrite rules run in another order'],
    ],
    [
      'steps of a workflow, one of them edited',
      '.github/workflows/ci.yml',
      github,
      ['run: npm ci', 'run: npm test', 'uses: a/deploy@v1'],
      ['run: npm test', 'uses: a/deploy@v2', 'run: npm ci'],
      ['uses a/deploy: v1 → v2 (job build)', 'steps run in another order (job build)'],
    ],
    [
      'a step that came',
      '.github/workflows/ci.yml',
      github,
      ['run: npm ci', 'run: npm test'],
      ['run: npm audit', 'run: npm ci', 'run: npm test'],
      ['step npm audit added: {run: npm audit} (job build)'],
    ],
    [
      'initContainers of Kubernetes',
      'k8s/shop.yaml',
      kubernetes,
      ['migrate', 'seed'],
      ['seed', 'migrate'],
      ['initContainers run in another order (Pod shop)'],
    ],
    [
      'http_filters of Envoy',
      'envoy.yaml',
      envoy,
      ['jwt', 'router'],
      ['router', 'jwt'],
      ['static_resources.listeners[web].http_filters run in another order'],
    ],
  ])('%s', (_title, path, written, before, after, told) => {
    const text = written(...after);
    const format = classifyConfiguration(path, text, formats);
    expect(format && toldDifferences(format, written(...before), text, { path })).toEqual(told);
  });
});
