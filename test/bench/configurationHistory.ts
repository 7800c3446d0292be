import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { git } from '../support/testWorkspace.ts';

const services = 60;
const sourceFiles = 2000;
export const windowCommits = 500;
/** Between two commits. */
const commitMs = 60_000;
const importedAt = 1_795_000_000_000;

/** A repository of many services with their configuration, and a window of commits that change some of it. */
export async function writeConfigurationHistory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await git(directory, 'init', '--quiet', '--initial-branch=main');
  await fastImport(directory, history());
  await git(directory, 'gc', '--quiet');
}

function* history(): Generator<string> {
  const files = new Map<string, string>();
  for (let service = 0; service < services; service++) {
    for (const [path, text] of serviceFiles(service, 0)) files.set(path, text);
  }
  files.set('package-lock.json', lockText(0));
  for (let file = 0; file < sourceFiles; file++) files.set(`src/module${String(file)}.ts`, source(file, 0));
  // Long before the window.
  yield commit(-10_000, 'Import', files);
  for (let number = 1; number <= windowCommits; number++) {
    const touched = new Map<string, string>([
      [`src/module${String((number * 7) % sourceFiles)}.ts`, source((number * 7) % sourceFiles, number)],
    ]);
    // One lock file for all, as workspaces have it.
    if (number % 50 === 0) touched.set('package-lock.json', lockText(number));
    // Every other commit changes configuration as well, now of one kind, now of another.
    const candidates = [...serviceFiles((number * 13) % services, number)];
    const chosen = candidates[number % (candidates.length * 2)];
    if (chosen !== undefined) touched.set(...chosen);
    yield commit(number, `Change ${String(number)}`, touched);
  }
}

function commit(number: number, message: string, files: ReadonlyMap<string, string>): string {
  const who = `Ana Ruiz <ana@example.com> ${String((importedAt + number * commitMs) / 1000)} +0000`;
  const changes = [...files].map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  return `commit refs/heads/main\ncommitter ${who}\n${data(message)}${changes.join('')}\n`;
}

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}\n`;
}

function source(file: number, edit: number): string {
  const lines = Array.from(
    { length: 60 },
    (_none, line) => `export const value${String(line)} = ${String(file * line)};`,
  );
  return `${lines.join('\n')}\nexport const edit = ${String(edit)};\n`;
}

/** What a service has, in the shapes that such files have. */
function* serviceFiles(service: number, edit: number): Generator<readonly [string, string]> {
  const name = `service-${String(service)}`;
  const root = `services/${name}`;
  yield [`${root}/deploy/deployment.yaml`, deployment(name, edit)];
  yield [`${root}/chart/values.yaml`, values(name, edit)];
  yield [`${root}/Dockerfile`, dockerfile(edit)];
  yield [`${root}/.env.production`, environment(edit)];
  yield [`${root}/config/production.json`, `${JSON.stringify(settings(edit), null, 2)}\n`];
  yield [`${root}/config/service.toml`, toml(edit)];
  yield [`${root}/nginx.conf`, nginx(edit)];
}

function deployment(name: string, edit: number): string {
  const variables = Array.from(
    { length: 20 },
    (_none, index) => `            - name: SETTING_${String(index)}\n              value: "${String(index + edit)}"\n`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
    tier: backend
spec:
  replicas: ${String(2 + (edit % 5))}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example.org/${name}:1.${String(edit)}.0
          ports:
            - containerPort: 8080
          resources:
            limits:
              cpu: "2"
              memory: 512Mi
          env:
${variables.join('')}---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ports:
    - port: 80
      targetPort: 8080
`;
}

function values(name: string, edit: number): string {
  return `# Values of ${name}
image:
  repository: registry.example.org/${name}
  tag: 1.${String(edit)}.0
replicaCount: ${String(1 + (edit % 4))}
timeouts:
  connect: ${String(edit % 30)}s
  read: 30s
hosts:
  - host: ${name}.example.org
    paths: ["/"]
`;
}

function dockerfile(edit: number): string {
  return `FROM node:22.${String(edit % 20)}-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22.${String(edit % 20)}-alpine\nENV POOL_SIZE=${String(edit)}\nCOPY --from=build /app/dist /app\nCMD ["node", "/app/main.js"]\n`;
}

function environment(edit: number): string {
  return Array.from(
    { length: 30 },
    (_none, index) => `SETTING_${String(index)}=${String(index === edit % 30 ? edit : index)}\n`,
  ).join('');
}

function settings(edit: number): object {
  const limits = Object.fromEntries(
    Array.from({ length: 40 }, (_none, index) => [`limit${String(index)}`, index === edit % 40 ? edit : index]),
  );
  return { server: { port: 8080, timeout: `${String(edit)}s` }, limits, features: ['a', 'b', `c${String(edit)}`] };
}

function toml(edit: number): string {
  return `[pool]\nsize = ${String(edit)}\nidle = 10\n\n[cache]\nttl = "5m"\nhosts = ["a.example.org", "b${String(edit)}.example.org"]\n`;
}

function lockText(edit: number): string {
  return `${JSON.stringify(lock('shop', edit), null, 2)}\n`;
}

function lock(name: string, edit: number): object {
  const packages = Object.fromEntries(
    Array.from({ length: 1000 }, (_none, index) => [
      `node_modules/package-${String(index)}`,
      {
        version: `1.${String(index === edit % 1000 ? edit : 0)}.0`,
        resolved: `https://npm.example.org/package-${String(index)}.tgz`,
        license: 'MIT',
      },
    ]),
  );
  return {
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, version: '1.0.0', dependencies: { 'package-1': '^1.0.0' } }, ...packages },
  };
}

function nginx(edit: number): string {
  return `upstream app { server 10.0.0.${String(edit % 250)}:8080; }\nserver {\n  listen 80;\n  location / { proxy_pass http://app; proxy_read_timeout ${String(edit % 60)}s; }\n}\n`;
}

async function fastImport(directory: string, stream: Iterable<string>): Promise<void> {
  const child = spawn('git', ['-C', directory, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git fast-import ended with ${String(code)}`));
    });
  });
  for (const part of stream) {
    if (!child.stdin.write(part)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  await ended;
}
