import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type {
  DeployBranch,
  DeployedSources,
  GithubDeployment,
} from '../../../../src/changes/deployed/deployedSources.ts';
import { readDeploys } from '../../../../src/changes/deployed/readDeploys.ts';
import { readRunningRevision } from '../../../../src/changes/deployed/readRunningRevision.ts';
import { revisionOfRepository } from '../../../../src/changes/deployed/revisionOfRepository.ts';
import type { RunningRevision } from '../../../../src/changes/deployed/runningRevision.ts';
import type { ServiceConfiguration } from '../../../../src/config/serviceConfiguration.ts';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import { after } from '../../../support/builders/events.ts';
import { deploymentJson, replicaSetJson } from '../../../support/builders/kubernetes.ts';

const [head, released, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const commits: Readonly<Record<string, string>> = { 'v1.9.0': released, '1.8.2': other, [head]: head, aaaaaaa: head };

const whole: ServiceConfiguration = {
  ...{ name: 'checkout', paths: [], hosts: [], branch: 'production' },
  version: { url: 'https://checkout.example.org/version?key=x' },
  kubernetes: { context: 'prod', namespace: 'shop', deployment: 'checkout' },
  github: { repository: 'example/checkout' },
};
const refuses = (message: string) => () => Promise.reject(new IncidentError('outside', message));
const branchWith = (wish: Partial<DeployBranch> = {}): DeployBranch => ({
  name: 'origin/main',
  head,
  tags: [],
  ...wish,
});
const success = (sha: string, at: number, ...before: string[]): GithubDeployment => ({
  ...{ id: 412, sha, environment: 'production', createdAt: after(at) },
  statuses: ['success', ...before].map((state, index) => ({ state, createdAt: after(at + 2 - index) })),
});

/** Sources that all fail, but for those given. */
function sources(given: Partial<DeployedSources> = {}): DeployedSources {
  return {
    clock: { now: () => after(60) },
    service: { ask: refuses('The service refused.') },
    kubernetes: { deployment: refuses('The cluster refused.'), replicaSets: refuses('The cluster refused.') },
    github: { deployments: refuses('GitHub refused.') },
    repository: {
      deployBranch: (_folder, { branch }) =>
        Promise.resolve(branchWith(branch === undefined ? {} : { name: `origin/${branch}` })),
      find: (_folder, candidates) => {
        const found = candidates.find((one) => commits[one.kind === 'tag' ? one.name : one.id] !== undefined);
        const commit = found && commits[found.kind === 'tag' ? found.name : found.id];
        return Promise.resolve(found && commit !== undefined ? { candidate: found, commit } : undefined);
      },
    },
    ...given,
  };
}

const says = (body: string) => ({ ask: () => Promise.resolve({ headers: {}, body }) });
const runs = (image: string) => ({
  deployment: () => Promise.resolve(deploymentJson({ image })),
  replicaSets: () => Promise.resolve({ items: [] }),
});
const read = (from: DeployedSources, service = whole, signal?: AbortSignal) =>
  readRunningRevision(from, { folder: '/shop', service, signal });
const readUnconfigured = (from: DeployedSources) => readRunningRevision(from, { folder: '/shop', service: undefined });

describe('what runs', () => {
  it('is the service’s own word first', async () => {
    expect(await read(sources({ service: says('{"commit":"aaaaaaa"}'), kubernetes: runs('checkout:1.8.2') }))).toEqual({
      ...{ kind: 'known', source: 'service', from: 'https://checkout.example.org/version?… (commit)' },
      ...{ version: 'aaaaaaa', commit: head, readAt: after(60) },
    });
  });

  it('then that of Kubernetes, with what the surer source said', async () => {
    expect(await read(sources({ kubernetes: runs('registry:5000/checkout:1.9.0') }))).toEqual({
      ...{ kind: 'known', source: 'kubernetes', version: '1.9.0', commit: released, readAt: after(60) },
      from: 'deployment checkout in shop (context prod), image registry:5000/checkout:1.9.0',
      missed: ['The service refused.'],
    });
  });

  it('then that of GitHub: the newest whose latest word is success', async () => {
    const github = {
      deployments: () =>
        Promise.resolve([
          { ...success(other, 30), statuses: [{ state: 'failure', createdAt: after(31) }] },
          success(head, 20),
        ]),
    };
    expect(await read(sources({ github }))).toMatchObject({
      ...{ kind: 'known', source: 'github', commit: head, version: head },
      from: 'deployment 412 to production on GitHub',
      missed: ['The service refused.', 'The cluster refused.'],
    });
  });

  it('then the newest release tag on the deploy branch', async () => {
    const tags = [
      { name: 'nightly', commit: head, at: after(50) },
      { name: 'v2.0.0-rc.1', commit: head, at: after(40) },
      { name: 'v1.9.0', commit: released, at: after(30) },
      { name: 'v1.8.9', commit: other, at: after(30) },
    ];
    const repository = { ...sources().repository, deployBranch: () => Promise.resolve(branchWith({ tags })) };
    expect(await read(sources({ repository }))).toMatchObject({ source: 'tag', from: 'tag v1.9.0', commit: released });
    expect(await readUnconfigured(sources({ repository }))).toMatchObject({ source: 'tag', version: 'v1.9.0' });
  });

  it('then a configured branch', async () => {
    expect(await read(sources())).toMatchObject({
      ...{ source: 'branch', from: 'branch origin/production, as configured', commit: head },
      missed: [
        ...['The service refused.', 'The cluster refused.', 'GitHub refused.'],
        'No tag of a release is on origin/production.',
      ],
    });
  });

  it('or unknown, with a sentence for each source that was asked', async () => {
    expect(await readUnconfigured(sources())).toEqual({
      kind: 'unknown',
      reason:
        'No tag of a release is on origin/main. Not configured: a version address, a Kubernetes deployment, GitHub deployments, a branch.',
    });
  });

  it.each([
    ['{"version":"7.7.7"}', 'https://checkout.example.org/version?… says “7.7.7”, which matches no commit here.'],
    ['{"version":"latest"}', 'https://checkout.example.org/version?… says “latest”, which names no version.'],
    [
      '<html>',
      'https://checkout.example.org/version?… tells no version: its answer is neither JSON nor one line of text.',
    ],
  ])('%s is no answer, and says why', async (body, sentence) => {
    const found = await read(sources({ service: says(body) }));
    expect(found).toMatchObject({ source: 'branch', missed: expect.arrayContaining([sentence]) as string[] });
  });

  it('a release tag of long ago, with a branch that went on, says nothing; one that is configured does', async () => {
    const tags = [{ name: 'v1.9.0', commit: released, at: after(-60 * 24 * 400) }];
    const repository = { ...sources().repository, deployBranch: () => Promise.resolve(branchWith({ tags })) };
    expect(await readUnconfigured(sources({ repository }))).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('v1.9.0, is 400 d') as string,
    });
    const configured = { name: 'api', paths: [], hosts: [], tags: 'v*' };
    expect(await read(sources({ repository }), configured)).toMatchObject({ source: 'tag', version: 'v1.9.0' });
  });

  it('a source that takes its time does not keep the next from being asked, and its word still counts more', async () => {
    const slow = { ask: () => wait(2_000, { headers: {}, body: 'aaaaaaa' }) };
    let askedAt = 0;
    const kubernetes = {
      ...runs('checkout:1.9.0'),
      deployment: () => {
        askedAt = performance.now();
        return Promise.resolve(deploymentJson({}));
      },
    };
    const startedAt = performance.now();
    expect(await read(sources({ service: slow, kubernetes }))).toMatchObject({ source: 'service', commit: head });
    expect(askedAt - startedAt).toBeLessThan(performance.now() - startedAt);
    expect(askedAt).toBeGreaterThan(0);
  });

  it('once somebody answered, the others are told to stop', async () => {
    const signals: AbortSignal[] = [];
    const service = {
      ask: (_endpoint: unknown, signal: AbortSignal) => {
        signals.push(signal);
        return Promise.resolve({ headers: {}, body: 'aaaaaaa' });
      },
    };
    await read(sources({ service }));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('cancelled is cancelled, not unknown', async () => {
    const service = {
      ask: (_endpoint: unknown, signal: AbortSignal) =>
        wait(60_000, { headers: {}, body: '' }, { signal }).catch(() => {
          throw new IncidentError('cancelled', 'Cancelled.');
        }),
    };
    const cancelled = read(sources({ service }), whole, AbortSignal.timeout(50));
    await expect(cancelled).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('a source that fails in a way nobody foresaw takes nothing with it', async () => {
    const service = { ask: () => Promise.reject(new TypeError('x is not a function')) };
    expect(await read(sources({ service, kubernetes: runs('checkout:1.9.0') }))).toMatchObject({
      source: 'kubernetes',
      missed: ['A source failed in a way that was not foreseen (x is not a function).'],
    });
  });
});

describe('deploys', () => {
  const request = { folder: '/shop', services: [whole], since: after(-100) };

  it('of GitHub and Kubernetes, newest first, each at the time it reached production', async () => {
    const github = {
      deployments: () =>
        Promise.resolve([
          success(head, 20, 'in_progress'),
          { ...success(other, 10), statuses: [{ state: 'failure', createdAt: after(11) }] },
          success(other, -200),
        ]),
    };
    const kubernetes = {
      deployment: () => Promise.resolve(deploymentJson({})),
      replicaSets: () =>
        Promise.resolve({
          items: [
            replicaSetJson({ revision: 7, image: 'checkout:1.9.0', at: after(-30) }),
            replicaSetJson({ revision: 6, image: 'checkout:0.0.1', at: after(-40) }),
            replicaSetJson({ revision: 5, image: 'checkout:1.8.2', at: after(-400) }),
          ],
        }),
    };
    expect(await readDeploys(sources({ github, kubernetes }), request)).toEqual({
      deploys: [
        { commit: head, at: after(22), name: 'production #412', source: 'github', service: 'checkout' },
        {
          ...{ commit: released, at: after(-30), source: 'kubernetes', service: 'checkout' },
          name: '1.9.0 (revision 7 of deployment checkout)',
        },
      ],
      missed: ['The version of revision 6 of deployment checkout (0.0.1) matches no commit here.'],
    });
  });

  it('of services in one namespace take one list of it', async () => {
    let lists = 0;
    const kubernetes = {
      deployment: () => Promise.resolve(deploymentJson({})),
      replicaSets: () => Promise.resolve((lists++, { items: [] })),
    };
    const { github, ...service } = whole;
    expect(github).toBeDefined();
    await readDeploys(sources({ kubernetes }), { ...request, services: [service, { ...service, name: 'b' }] });
    expect(lists).toBe(1);
  });

  it('that nobody could tell are said to be missing', async () => {
    expect(await readDeploys(sources(), request)).toEqual({
      deploys: [],
      missed: ['GitHub refused.', 'The cluster refused.'],
    });
    expect(await readDeploys(sources(), { ...request, services: [] })).toEqual({ deploys: [], missed: [] });
  });
});

describe('the revision of a repository with several services', () => {
  const runsAt = (commit: string): RunningRevision => ({
    ...{ kind: 'known', source: 'service', from: 'x', version: commit, commit, readAt: after(0) },
  });
  const unknown: RunningRevision = { kind: 'unknown', reason: 'Refused.' };
  const [api, mail] = [
    { service: 'api', running: runsAt(head) },
    { service: 'mail', running: runsAt(other) },
  ];

  it('is that of the incident’s service, else what all agree on', () => {
    expect(revisionOfRepository([api, mail], 'Mail')).toEqual(mail.running);
    expect(revisionOfRepository([api], 'something else')).toEqual(api.running);
    expect(revisionOfRepository([api, { ...mail, running: runsAt(head) }])).toEqual(api.running);
  });

  it('is unknown when they differ, or when one of them is', () => {
    expect(revisionOfRepository([api, mail])).toEqual({
      kind: 'unknown',
      reason:
        'The services do not run one revision: api aaaaaaa, mail ccccccc. Name the incident’s service to look at its own.',
      differing: [api, mail],
    });
    expect(revisionOfRepository([api, mail, { service: 'web', running: unknown }])).not.toHaveProperty('differing');
    expect(revisionOfRepository([api, { service: 'mail', running: unknown }]).kind).toBe('unknown');
    expect(revisionOfRepository([{ service: 'mail', running: unknown }], 'mail')).toEqual(unknown);
    expect(revisionOfRepository([]).kind).toBe('unknown');
  });
});
