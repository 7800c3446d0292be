import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKubectl } from '../../../src/connect/kubectl.ts';
import { deploymentJson } from '../../support/builders/kubernetes.ts';

const target = { context: 'admin@prod', namespace: 'shop', deployment: 'checkout' };
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayday-kubectl-'));
  environment = { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) };
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program of that name that is really started: it notes its arguments, then does what `body` says. */
function install(body: string): void {
  const program = join(folder, 'kubectl');
  const note = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'args'))}, JSON.stringify(process.argv.slice(2)));`;
  writeFileSync(program, `#!${process.execPath}\n${note}\n${body}\n`);
  chmodSync(program, 0o755);
}

const fails = (stderr: string, stdout = '') =>
  `process.stdout.write(${JSON.stringify(stdout)}); process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = 1;`;
const args = () => JSON.parse(readFileSync(join(folder, 'args'), 'utf8')) as string[];
const kubectl = (timeoutMs = 10_000) => createKubectl({ environment, timeoutMs });

describe.skipIf(process.platform === 'win32')('kubectl', () => {
  it('is asked with its context and namespace, and what it prints is read', async () => {
    install(`process.stdout.write(${JSON.stringify(JSON.stringify(deploymentJson({})))})`);
    expect(await kubectl().deployment(target)).toEqual(deploymentJson({}));
    expect(args()).toEqual([
      ...['--context=admin@prod', '--namespace=shop', '--request-timeout=10s'],
      ...['get', 'deployment', 'checkout', '--output=json'],
    ]);
    await kubectl().replicaSets(target);
    expect(args().slice(3)).toEqual(['get', 'replicasets', '--output=json']);
  });

  it('a refused list that is valid and empty is a refusal', async () => {
    const empty = '{"apiVersion":"v1","items":[],"kind":"List","metadata":{"resourceVersion":""}}';
    const said =
      'Error from server (Forbidden): replicasets.apps is forbidden: User "ana" cannot list resource "replicasets" in API group "apps" in the namespace "shop"\n';
    install(fails(said, empty));
    await expect(kubectl().replicaSets(target)).rejects.toMatchObject({
      reason: 'outside',
      message: 'The cluster (context admin@prod) does not let you read ReplicaSets in shop.',
    });
  });

  it.each([
    ['error: context "admin@prod" does not exist\n', 'kubectl knows no context admin@prod.'],
    [
      'Error from server (NotFound): deployments.apps "checkout" not found\n',
      'There is no deployment checkout in shop (context admin@prod).',
    ],
    [
      'error: You must be logged in to the server (Unauthorized)\n',
      'The cluster (context admin@prod) does not know who you are.',
    ],
    [
      "E1123 06:00:01 memcache.go:265] couldn't get current server API group list\nThe connection to the server 10.0.0.1:6443 was refused - connection refused\n",
      'kubectl did not reach the cluster (context admin@prod).',
    ],
    [
      'Unable to connect to the server: dial tcp: lookup prod.example on 10.0.0.2:53: no such host\n',
      'kubectl did not reach the cluster (context admin@prod).',
    ],
    [
      'Unable to connect to the server: x509: certificate has expired or is not yet valid\n',
      'The certificate of the cluster (context admin@prod) was not accepted.',
    ],
    ['panic: \u001b[31mboom\n', 'kubectl ended with exit code 1: panic: boom.'],
    ['', 'kubectl ended with exit code 1.'],
  ])('%j means: %s', async (stderr, message) => {
    install(fails(stderr));
    await expect(kubectl().deployment(target)).rejects.toMatchObject({ reason: 'outside', message });
  });

  it('what is no JSON, what never ends, what is cancelled', async () => {
    install('process.stdout.write("Name: checkout")');
    await expect(kubectl().deployment(target)).rejects.toThrow(
      'What kubectl printed of deployment checkout is no JSON.',
    );
    install('setInterval(() => 0, 1000)');
    await expect(kubectl(1_000).deployment(target)).rejects.toThrow('kubectl did not answer within 1 s.');
    await expect(kubectl().deployment(target, AbortSignal.timeout(300))).rejects.toMatchObject({ reason: 'cancelled' });
    await expect(kubectl().deployment(target, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('that is not there is said to be missing', async () => {
    environment = { PATH: `${folder}${delimiter}relative` };
    await expect(kubectl().deployment(target)).rejects.toThrow('kubectl was not found on this machine.');
  });

  it.each([
    { ...target, context: '--kubeconfig=/tmp/x' },
    { ...target, namespace: '--all-namespaces' },
    { ...target, deployment: '-f' },
  ])('is not even started with %j', async (unsafe) => {
    install('');
    await expect(kubectl().deployment(unsafe)).rejects.toMatchObject({ reason: 'invalidArgument' });
    expect(args).toThrow();
  });
});
