import { describe, expect, it } from 'vitest';
import { endpointVersion } from '../../../../src/changes/deployed/endpointVersion.ts';
import { kubernetesRollouts } from '../../../../src/changes/deployed/kubernetesRollouts.ts';
import { kubernetesVersion } from '../../../../src/changes/deployed/kubernetesVersion.ts';
import { deploymentJson, replicaSetJson } from '../../../support/builders/kubernetes.ts';

const target = { context: 'prod', namespace: 'shop', deployment: 'checkout' };
const digest = `sha256:${'ab'.repeat(32)}`;

describe('the version in what a service answers', () => {
  const told = (body: string, endpoint: { json?: string; header?: string } = {}, headers = {}) => {
    const answer = endpointVersion({ url: 'http://x/', ...endpoint }, { headers, body });
    return answer.kind === 'told' ? `${answer.where}: ${answer.version}` : answer.reason;
  };

  it.each([
    ['{"commit":"3f2a9c1"}', {}, 'commit: 3f2a9c1'],
    ['{"version":"1.9.0","commit":"3f2a9c1"}', {}, 'commit: 3f2a9c1'],
    ['{"git":{"branch":"main","commit":{"id":"3f2a9c1","time":1}}}', {}, 'git.commit.id: 3f2a9c1'],
    ['{"git":{"commit":{"id":{"abbrev":"3f2a9c1","full":"3f2a9c1b"}}}}', {}, 'git.commit.id.full: 3f2a9c1b'],
    ['{"build":{"version":"1.9.0"}}', {}, 'build.version: 1.9.0'],
    ['{"build":{"commit":"3f2a9c1","version":"1.9.0"}}', { json: 'build.version' }, 'build.version: 1.9.0'],
    ['{"build.version":"1.9.0"}', { json: 'build.version' }, 'build.version: 1.9.0'],
    ['{"builds":[{"v":"1"},{"v":"2"}]}', { json: 'builds.1.v' }, 'builds.1.v: 2'],
    ['{"version":412}', { json: 'version' }, 'version: 412'],
    ['"1.9.0"', {}, 'text: 1.9.0'],
    ['1.9.0\n', {}, 'text: 1.9.0'],
    ['{"version":" "}', { json: 'version' }, 'its answer has no text at version'],
    ['{"version":{"a":1}}', { json: 'version' }, 'its answer has no text at version'],
    ['{"a":1}', { json: '__proto__.x' }, 'its answer has no text at __proto__.x'],
    ['{"a":1}', { json: 'constructor.name' }, 'its answer has no text at constructor.name'],
    ['{"a":1}', {}, 'its answer has no version that could be recognised'],
    ['{', {}, 'its answer is no JSON'],
    ['1.9.0', { json: 'version' }, 'its answer is no JSON'],
    ['<html>', {}, 'its answer is neither JSON nor one line of text'],
    ['', {}, 'its answer is neither JSON nor one line of text'],
    ['a\nb', {}, 'its answer is neither JSON nor one line of text'],
  ])('%s %j: %s', (body, endpoint, expected) => {
    expect(told(body, endpoint)).toBe(expected);
  });

  it('a header, whatever its case', () => {
    expect(told('{"commit":"x"}', { header: 'X-Version' }, { 'x-version': ' 1.9.0 ' })).toBe('X-Version: 1.9.0');
    expect(told('', { header: 'X-Version' })).toBe('its answer has no header X-Version');
  });

  it('what a stranger wrote is one visible line', () => {
    expect(told('{"commit":"3f2a\\u001b[31m9c1\\u202e\\nx"}')).toBe('commit: 3f2a9c1 x');
  });
});

describe('the version that a Deployment tells', () => {
  const told = (wish: Parameters<typeof deploymentJson>[0], of = {}) => {
    const answer = kubernetesVersion(deploymentJson(wish), { ...target, ...of });
    return answer.kind === 'told' ? `${answer.where}: ${answer.version}` : answer.reason;
  };

  it.each([
    [{ image: 'registry:5000/shop/checkout:1.9.0' }, {}, 'image registry:5000/shop/checkout:1.9.0: 1.9.0'],
    [{ image: `checkout:main-3f2a9c1@${digest}` }, {}, `image checkout:main-3f2a9c1@${digest}: main-3f2a9c1`],
    [{ image: `checkout@${digest}` }, {}, `its image checkout@${digest} has only a digest, and a digest is no commit`],
    [{ image: 'checkout' }, {}, 'its image checkout has no tag'],
    [{ image: 'check out:1' }, {}, 'its image check out:1 is no reference that could be read'],
    [{ image: 'checkout:1.9.0' }, { container: 'proxy' }, 'image envoy:1.30.1: 1.30.1'],
    [{ image: 'checkout:1.9.0' }, { container: 'none' }, 'it has no container none'],
    [{ image: 'x:1', label: '2.0' }, { label: 'app.kubernetes.io/version' }, 'app.kubernetes.io/version: 2.0'],
    [
      { image: 'x:1' },
      { label: 'app.kubernetes.io/version' },
      'it has no label or annotation app.kubernetes.io/version',
    ],
    [{ image: 'x:1', annotation: '3f2a9c1' }, { label: 'example.org/commit' }, 'example.org/commit: 3f2a9c1'],
    [{ image: 'x:1', updated: 1 }, {}, 'image x:1; still rolling out, 1 of 3 updated: 1'],
    [{ image: 'x:1', observed: 4 }, {}, 'image x:1; its rollout has not begun yet: 1'],
  ])('%j %j: %s', (wish, of, expected) => {
    expect(told(wish, of)).toBe(expected);
  });

  it.each([[undefined], [null], [[]], ['x'], [{ spec: { template: { spec: { containers: [null] } } } }]])(
    '%j: nothing',
    (json) => {
      expect(kubernetesVersion(json, target).kind).toBe('silent');
    },
  );
});

describe('the rollouts that ReplicaSets tell', () => {
  const list = (...items: object[]) => ({ kind: 'List', items });

  it('newest first, of this Deployment alone', () => {
    const sets = list(
      replicaSetJson({ revision: 6, image: 'checkout:1.8.2', at: '2026-11-20T08:00:00Z' }),
      replicaSetJson({ revision: 7, image: 'checkout:1.9.0', at: '2026-11-23T05:46:01Z' }),
      replicaSetJson({ revision: 9, image: 'mail:3', at: '2026-11-23T05:50:00Z', owner: 'mail' }),
    );
    expect(kubernetesRollouts(sets, deploymentJson({}), target)).toEqual([
      { revision: 7, at: '2026-11-23T05:46:01.000Z', version: '1.9.0' },
      { revision: 6, at: '2026-11-20T08:00:00.000Z', version: '1.8.2' },
    ]);
  });

  it('a rollback has the time of the Deployment, its first rollout keeps its own', () => {
    const sets = list(
      replicaSetJson({ revision: 7, image: 'checkout:1.9.0', at: '2026-11-23T05:46:00Z' }),
      replicaSetJson({ revision: 8, history: '6', image: 'checkout:1.8.2', at: '2026-11-20T08:00:00Z' }),
    );
    expect(kubernetesRollouts(sets, deploymentJson({ progressedAt: '2026-11-23T06:30:00Z' }), target)).toEqual([
      { revision: 8, at: '2026-11-23T06:30:00.000Z', version: '1.8.2' },
      { revision: 7, at: '2026-11-23T05:46:00.000Z', version: '1.9.0' },
      { revision: 6, at: '2026-11-20T08:00:00.000Z', version: '1.8.2' },
    ]);
  });

  it.each([
    [undefined],
    [{ items: 'x' }],
    [list({})],
    [list({ metadata: { ownerReferences: [{ kind: 'Deployment', name: 'checkout' }] } })],
  ])('%j: none', (sets) => {
    expect(kubernetesRollouts(sets, undefined, target)).toEqual([]);
  });
});
