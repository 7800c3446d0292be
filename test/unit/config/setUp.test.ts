import fc from 'fast-check';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { collectFacts } from '../../../src/config/setUp/collectFacts.ts';
import { proposeConfiguration } from '../../../src/config/setUp/proposeConfiguration.ts';
import type { WorkspaceFiles } from '../../../src/config/setUp/workspaceFiles.ts';
import { workspaceFiles } from '../../../src/config/setUp/workspaceFiles.ts';
import { expectGolden } from '../../support/golden.ts';
import { projectRoot } from '../../support/run.mjs';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

const never = new AbortController().signal;

describe('the proposal', () => {
  it('for the drill says what its manifest, Compose file, rules and owners say', async () => {
    const text = await proposed(workspaceFiles, join(projectRoot, 'templates/drill/service'));
    await expectGolden('set-up-drill.txt', text);
    expect(parseConfiguration(text, 'UTC').configuration?.services).toEqual([
      {
        name: 'checkout',
        paths: [],
        hosts: [],
        url: 'http://127.0.0.1:8080',
        health: [
          { kind: 'http', url: 'http://127.0.0.1:8080/health/live' },
          { kind: 'http', url: 'http://127.0.0.1:8080/health/ready' },
        ],
        metrics: { endpoint: { url: 'http://127.0.0.1:8080/metrics' } },
        owners: ['@fernway/checkout'],
      },
    ]);
  });

  it.each([
    ['monorepo', monorepo()],
    ['cluster', cluster()],
    ['python', python()],
    ['spring', spring()],
    ['empty', { 'README.md': '# Nothing runs here' }],
  ])('for %s', async (name, files) => {
    await expectGolden(`set-up-${name}.txt`, await proposed(inMemory(files)));
  });

  it('follows an Ingress through the selector of its Service to the workload', async () => {
    const text = await proposed(inMemory({ 'k8s/shop.yaml': behindServices }));
    expect(text).toContain('    url: https://checkout.example.org # from k8s/shop.yaml:33 (the Ingress)\n');
    expect(text).toContain('    hosts:\n      - checkout.example.org');
    expect(text).toContain('    health:\n      - /livez');
    expect(text).toContain(
      '# k8s/shop.yaml:35 leads old.example.org to the Service gone, and no workload here is behind it.\n',
    );
  });

  it.each([
    ['9102', '    #   url: /m # from k8s/shop.yaml:8 (port 9102 of the pods, where the url does not lead)\n'],
    ['8080', '      url: /m # from k8s/shop.yaml:8 (port 8080 of the pods)\n'],
  ])('says on which port metrics are: %s', async (port, row) => {
    const text = await proposed(inMemory({ 'k8s/shop.yaml': behindServices.replace('"8080"', `"${port}"`) }));
    expect(text).toContain(row);
  });

  it('takes what a Service says of its metrics for its workload', async () => {
    const manifest = behindServices
      .replace(/ {6}annotations: .*\n/, '')
      .replace('name: checkout-svc }', 'name: checkout-svc, annotations: { prometheus.io/scrape: "true" } }');
    expect(await proposed(inMemory({ 'k8s/shop.yaml': manifest }))).toMatch(/ {6}url: \/metrics # from k8s\/shop/);
  });

  it('never breaks out of its line, and parses, whatever names say', async () => {
    const nasty = fc.string({ unit: fc.constantFrom(...Array.from('a:b-#\n"\'{}[],&*!|>% \t\\/0$`')), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (one, two, three) => {
        const files = inMemory({
          [`${one}/docker-compose.yml`]: `services:\n  ${JSON.stringify(two)}:\n    build: ${JSON.stringify(three)}\n    ports: ["80:80"]\n    depends_on: [${JSON.stringify(one)}]\n`,
          'docker-compose.yml': `services:\n  shop:\n    build: ${JSON.stringify(one)}\n    ports: [${JSON.stringify(two)}]\n    depends_on: [${JSON.stringify(three)}]\n`,
          'k8s.yaml': JSON.stringify({
            ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: one, namespace: two } },
            spec: { template: { spec: { containers: [{ livenessProbe: { httpGet: { path: `/${three}` } } }] } } },
          })
            .replace('{"apiVersion"', '{\n"apiVersion"')
            .replace(',"kind"', ',\n"kind"'),
          'prometheus.yml': `scrape_configs:\n  - job_name: ${JSON.stringify(two)}\n    static_configs: [{targets: [${JSON.stringify(one)}, shop]}]\n`,
          CODEOWNERS: `* ${one}\n`,
          [`slo/${two}.yaml`]: `apiVersion: openslo/v1\nkind: SLO\nspec: { service: shop }\n`,
        });
        await proposed(files);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps no credential that a file holds', async () => {
    const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    const text = await proposed(
      inMemory({
        'docker-compose.yml': `services:\n  shop:\n    build: .\n    environment: { TOKEN: ${token} }\n    ports: ["80:80"]\n`,
        'prometheus.yml': `scrape_configs:\n  - job_name: ${token}\n`,
      }),
    );
    expect(text).not.toContain(token);
  });
});

describe('health routes in programs', () => {
  it.each([
    ['app.js', `app.get('/healthz', (req, res) => res.send('ok'));`, '/healthz'],
    ['app.ts', `fastify.route({ method: 'GET', url: '/health/ready', handler });`, '/health/ready'],
    ['routes.js', `  'GET /health/live': (shop) => ({ body: live(shop) }),`, '/health/live'],
    ['server.js', `if (req.url === '/readyz') return ready(res);`, '/readyz'],
    ['app.py', `@app.route("/health")`, '/health'],
    ['main.py', `@router.get("/api/health/live", include_in_schema=False)`, '/api/health/live'],
    ['urls.py', `    path("/health/", health),`, undefined],
    ['Health.java', `  @GetMapping("/health")`, '/health'],
    ['main.go', `\tmux.HandleFunc("GET /livez", live)`, '/livez'],
    ['router.go', `\tr.Get("/healthz", handlers.Health)`, '/healthz'],
    ['Program.cs', `app.MapHealthChecks("/health/ready");`, '/health/ready'],
    ['app.js', `// app.get('/healthz')`, undefined],
    ['client.js', `const { data } = await axios.get('/health');`, undefined],
    ['client.py', `requests.get(f"{base}" + "/health")`, undefined],
    ['app.test.js', `app.get('/healthz')`, undefined],
    ['test/app.js', `app.get('/healthz')`, undefined],
    ['app.js', `app.get('/healthy-recipes/list')`, undefined],
    ['app.js', `const label = '/health';`, undefined],
  ])('%s: %s', async (path, row, expected) => {
    const { facts } = await collectFacts(inMemory({ [path]: `\n${row}\n` }), '', never);
    const found = facts.flatMap((fact) => (fact.kind === 'health' ? [[fact.path, fact.place.line]] : []));
    expect(found).toEqual(expected === undefined ? [] : [[expected, 2]]);
  });

  it('are looked for in no time, in rows of any kind', async () => {
    const files = inMemory({ 'app.js': `${'"/health'.repeat(50)}\n`.repeat(500) });
    await collectFacts(files, '', never);
  });
});

// What took quadratic time took minutes for these: the tests would end in their timeout.
describe('files that nobody would write', () => {
  const blank = '\n'.repeat(200_000);
  it.each([
    ['of empty lines alone', { 'a.yaml': `${blank}x`, 'pyproject.toml': `[project]${blank}x`, 'Cargo.toml': `[package]${blank}x` }], // prettier-ignore
    ['with a command that is no text', { 'compose.yaml': 'services:\n  a:\n    build: .\n    healthcheck: { test: [{ toString: 1 }] }\n' }], // prettier-ignore
    ['with ten thousand Alertmanagers', { 'prometheus.yml': `alerting:\n  alertmanagers:\n    - static_configs:\n        - targets:\n${Array.from({ length: 10_000 }, (_, index) => `            - am${String(index)}:9093\n`).join('')}` }], // prettier-ignore
    ['with ten thousand dependencies', { 'compose.yaml': `services:\n  a:\n    build: .\n    depends_on:\n${Array.from({ length: 10_000 }, (_, index) => `      - d${String(index)}\n`).join('')}` }], // prettier-ignore
  ])('%s are read in no time', async (_, files) => {
    expect((await proposed(inMemory(files))).split('\n').length).toBeLessThan(300);
  });
});

describe('files of a folder', () => {
  it('leave out what is installed, built or hidden, and follow no link', async () => {
    const { path: folder } = await createTemporaryFolder('mayday-set-up-');
    const { path: outside } = await createTemporaryFolder('mayday-set-up-');
    await write(outside, { 'secret.yaml': 'a: 1' });
    await write(folder, {
      'a.yaml': '',
      'src/b.js': '',
      'node_modules/c/package.json': '',
      '.git/config': '',
      '.github/CODEOWNERS': '',
      'dist/d.js': '',
    });
    await symlink(outside, join(folder, 'link'));
    await symlink(join(outside, 'secret.yaml'), join(folder, 'link.yaml'));
    expect(await workspaceFiles.list(folder, never)).toEqual({
      paths: ['.github/CODEOWNERS', 'a.yaml', 'src/b.js'],
      isCut: false,
    });
  });

  it('end when a person gives up, and are empty where nothing can be read', async () => {
    await expect(workspaceFiles.list(projectRoot, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await workspaceFiles.list(join(projectRoot, 'no such folder'), never)).toEqual({ paths: [], isCut: false });
    expect(await workspaceFiles.read(projectRoot, 'no such file')).toBeUndefined();
  });

  it('that cannot be read are told in the proposal', async () => {
    const text = await proposed(inMemory({ 'deploy/app.yaml': 'apiVersion: v1\nkind: {{ .Values.kind }\n' }));
    expect(text).toMatch(/# deploy\/app\.yaml could not be read: line \d+: /);
  });
});

async function proposed(files: WorkspaceFiles, folder = ''): Promise<string> {
  const text = proposeConfiguration(await collectFacts(files, folder, never));
  const { diagnostics, configuration } = parseConfiguration(text, 'UTC');
  expect(diagnostics, text).toEqual([]);
  expect(configuration).toBeDefined();
  return text;
}

function inMemory(files: Readonly<Record<string, string>>): WorkspaceFiles {
  return {
    list: () => Promise.resolve({ paths: Object.keys(files).sort(), isCut: false }),
    read: (_folder, path) => Promise.resolve(files[path]),
  };
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function monorepo(): Record<string, string> {
  return {
    'docker-compose.yml': `services:
  api:
    build: { context: ./services/api }
    ports: ["127.0.0.1:3000:8080"]
    depends_on: [db, redis, mail]
    healthcheck: { test: ["CMD", "curl", "-f", "http://localhost:8080/healthz"] }
  web:
    build: ./services/web
    ports: [{ target: 80, published: "8081" }]
    depends_on: { api: { condition: service_healthy } }
  mail:
    image: registry.example.org/acme/mail:1.4
  db:
    image: postgres:16
    ports: ["5432:5432"]
  redis:
    image: redis:7
  prometheus:
    image: prom/prometheus:v3.1.0
    ports: ["9090:9090"]
  alertmanager:
    image: prom/alertmanager
    ports: ["19093:9093"]
`,
    'monitoring/prometheus.yml': `scrape_configs:
  - job_name: prometheus
    static_configs: [{ targets: ["localhost:9090"] }]
  - job_name: api
    static_configs: [{ targets: ["api:8080"] }]
  - job_name: frontend
    static_configs: [{ targets: ["web:80"] }]
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["alertmanager:9093"] }]
`,
    'monitoring/rules/api.yml': `groups:
  - name: api
    rules: [{ alert: ApiErrors, expr: up == 0 }]
`,
    '.github/CODEOWNERS': `# who owns what\n* @acme/everyone\n/services/api/ @acme/payments ana@example.org\nweb/ @acme/web\n`,
    'services/api/package.json': '{\n  "name": "@acme/api"\n}\n',
    'services/api/src/health.ts': `router.get('/health/live', live);\nrouter.get('/metrics', metrics);\n`,
    'services/web/src/app.js': `app.get('/health', ok);\n`,
    'services/web/nginx.conf': 'server {\n  access_log /var/log/nginx/web.log combined;\n}\n',
    'slo/api.yaml': 'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: api }\nspec: { service: api }\n',
    'slo/billing.yaml': 'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: billing }\nspec: { service: billing }\n',
  };
}

const behindServices = `apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      labels: { app: checkout, tier: web }
      annotations: { prometheus.io/scrape: "true", prometheus.io/path: /m, prometheus.io/port: "8080" }
    spec:
      containers:
        - name: checkout
          ports: [{ name: http, containerPort: 8080 }]
          livenessProbe: { httpGet: { path: /livez, port: http } }
---
apiVersion: v1
kind: Service
metadata: { name: checkout-svc }
spec: { selector: { app: checkout }, ports: [{ name: web, port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Service
metadata: { name: checkout-svc, namespace: other }
spec: { selector: { tier: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
spec:
  tls: [{ hosts: [checkout.example.org] }]
  rules:
    - host: checkout.example.org
      http: { paths: [{ path: /, backend: { service: { name: checkout-svc, port: { number: 80 } } } }] }
    - host: old.example.org
      http: { paths: [{ path: /, backend: { service: { name: gone, port: { number: 80 } } } }] }
`;

function cluster(): Record<string, string> {
  return {
    'k8s/base/orders.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  template:
    metadata:
      annotations: { prometheus.io/scrape: "true", prometheus.io/path: /internal/metrics }
    spec:
      containers:
        - name: orders
          livenessProbe: { httpGet: { path: /livez, port: 8080 } }
          readinessProbe: { httpGet: { path: /readyz, port: 8080 } }
`,
    'k8s/prod/orders.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: shop
spec: { template: { spec: { containers: [{ name: orders }] } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  tls: [{ hosts: [orders.example.org] }]
  rules:
    - host: orders.example.org
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: orders, port: { number: 80 } } } }] }
    - host: ledger.example.org
      http: { paths: [{ path: /api, pathType: Prefix, backend: { service: { name: ledger, port: { number: 80 } } } }] }
`,
    'k8s/base/ledger.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ledger, namespace: shop }
spec: { template: { spec: { containers: [{ name: ledger, readinessProbe: { httpGet: { path: /ready } } }] } } }
`,
    'charts/extra/templates/deployment.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n',
    'grafana/datasources.yml': `apiVersion: 1
datasources:
  - { name: Prometheus, type: prometheus, url: "https://prometheus.example.org/" }
  - { name: Alerts, type: alertmanager, url: "http://alertmanager.monitoring.svc:9093" }
`,
  };
}

function python(): Record<string, string> {
  return {
    'pyproject.toml': '[build-system]\nrequires = []\n\n[project]\nname = "billing"\n',
    'billing/app.py': 'from fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/health")\ndef health(): ...\n',
    CODEOWNERS: '* @acme/billing\n',
    'deploy/httpd.conf': 'CustomLog "/var/log/httpd/access_log" combined\nCustomLog /dev/stdout combined\n',
  };
}

function spring(): Record<string, string> {
  return {
    'compose.yaml': 'services:\n  inventory:\n    build: .\n    ports:\n      - "8080:8080"\n',
    'pom.xml':
      '<project>\n<artifactId>spring-boot-starter-actuator</artifactId>\n<artifactId>micrometer-registry-prometheus</artifactId>\n</project>\n',
  };
}
