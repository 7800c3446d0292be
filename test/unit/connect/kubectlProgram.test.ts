import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kubernetesRollouts } from '../../../src/changes/deployed/kubernetesRollouts.ts';
import { kubernetesVersion } from '../../../src/changes/deployed/kubernetesVersion.ts';
import { findProgram } from '../../../src/connect/findProgram.ts';
import { createKubectl } from '../../../src/connect/kubectl.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../support/builders/httpServer.ts';
import { deploymentJson, replicaSetJson } from '../../support/builders/kubernetes.ts';

const program = await findProgram('kubectl', process.env);
const target = { context: 'admin@prod', namespace: 'shop', deployment: 'checkout' };
const resource = (name: string, kind: string) => ({
  name,
  kind,
  singularName: '',
  namespaced: true,
  verbs: ['get', 'list'],
});
const api: Readonly<Record<string, object>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/api/v1': { kind: 'APIResourceList', groupVersion: 'v1', resources: [] },
  '/apis': {
    ...{ kind: 'APIGroupList', apiVersion: 'v1' },
    groups: [
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    ],
  },
  '/apis/apps/v1': {
    ...{ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: 'apps/v1' },
    resources: [resource('deployments', 'Deployment'), resource('replicasets', 'ReplicaSet')],
  },
};
let folder: string;
let server: TestServer;
let answers: Readonly<Record<string, object>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mayday-cluster-'));
  answers = {};
  server = await serveHttp((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const found = api[path] ?? answers[path];
    if (found === undefined) send(response, 404, status(404, 'NotFound', 'deployments.apps "checkout" not found'));
    else send(response, (found as { code?: number }).code ?? 200, found);
  });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function status(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/** kubectl with a configuration of its own, whose current context is another one. */
function kubectl(url = server.url) {
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'elsewhere' },
    clusters: [{ name: 'c', cluster: { server: url } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [
      { name: 'admin@prod', context: { cluster: 'c', user: 'u' } },
      { name: 'elsewhere', context: { cluster: 'c', user: 'u', namespace: 'elsewhere' } },
    ],
  };
  writeFileSync(join(folder, 'config'), JSON.stringify(config));
  return createKubectl({ environment: { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder } });
}

describe.skipIf(program === undefined)('the real kubectl', { timeout: 30_000 }, () => {
  it('reads Deployment and ReplicaSets of the namespace and context that are named', async () => {
    const deployment = deploymentJson({ image: 'checkout:1.9.0' });
    answers = {
      '/apis/apps/v1/namespaces/shop/deployments/checkout': deployment,
      '/apis/apps/v1/namespaces/shop/replicasets': {
        ...{ kind: 'ReplicaSetList', apiVersion: 'apps/v1', metadata: {} },
        items: [replicaSetJson({ revision: 7, image: 'checkout:1.9.0', at: '2026-11-23T05:46:01Z' })],
      },
    };
    const [read, sets] = [await kubectl().deployment(target), await kubectl().replicaSets(target)];
    expect(kubernetesVersion(read, target)).toMatchObject({ kind: 'told', version: '1.9.0' });
    expect(kubernetesRollouts(sets, read, target)).toEqual([
      { revision: 7, at: '2026-11-23T05:46:01.000Z', version: '1.9.0' },
    ]);
  });

  it('tells what is not there, what is refused, and what is not reached', async () => {
    await expect(kubectl().deployment(target)).rejects.toThrow(
      'There is no deployment checkout in shop (context admin@prod).',
    );
    const forbidden =
      'replicasets.apps is forbidden: User "ana" cannot list resource "replicasets" in API group "apps"';
    answers = { '/apis/apps/v1/namespaces/shop/replicasets': status(403, 'Forbidden', forbidden) };
    await expect(kubectl().replicaSets(target)).rejects.toThrow('does not let you read ReplicaSets in shop');
    await expect(kubectl().deployment({ ...target, context: 'nowhere' })).rejects.toThrow(
      'kubectl knows no context nowhere.',
    );
    const gone = `http://127.0.0.1:${await freePort()}`;
    await expect(kubectl(gone).deployment(target)).rejects.toThrow(
      'kubectl did not reach the cluster (context admin@prod).',
    );
  });
});
