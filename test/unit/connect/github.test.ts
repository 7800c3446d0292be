import { afterEach, describe, expect, it } from 'vitest';
import { isRunning } from '../../../src/changes/deployed/githubState.ts';
import { createGithub } from '../../../src/connect/github.ts';
import { createHttp } from '../../../src/connect/http.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { serveHttp } from '../../support/builders/httpServer.ts';

const source = { repository: 'example/checkout', environment: 'Production EU' };
let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
});

const sha = (digit: number) => String(digit).repeat(40);
const deployment = (id: number, createdAt: string) => ({
  ...{ id, sha: sha(id), ref: 'main', task: 'deploy', environment: 'Production EU', created_at: createdAt },
});
const status = (state: string, createdAt: string) => ({ state, created_at: createdAt, environment: 'Production EU' });

async function github(
  answers: Readonly<Record<string, unknown>>,
  { token = 'gho_x', status: code = 200, headers = {} } = {},
) {
  server = await serveHttp((request, response) => {
    const path = (request.url ?? '').replace('/repos/example/checkout/', '').replace(/\?.*/, '');
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(answers[path] ?? []));
  });
  const given = token === '' ? undefined : token;
  return createGithub({ http: createHttp(), token: () => Promise.resolve(given), baseUrl: server.url });
}

const threeDeployments = {
  deployments: [
    deployment(2, '2026-11-23T05:00:00Z'),
    deployment(3, '2026-11-23T06:00:00Z'),
    deployment(1, '2026-11-20T05:00:00Z'),
  ],
  'deployments/3/statuses': [status('failure', '2026-11-23T06:02:00Z'), status('in_progress', '2026-11-23T06:01:00Z')],
  'deployments/2/statuses': [status('success', '2026-11-23T05:03:00Z'), status('in_progress', '2026-11-23T05:01:00Z')],
  'deployments/1/statuses': [status('inactive', '2026-11-23T05:03:00Z'), status('success', '2026-11-20T05:03:00Z')],
};
const signal = new AbortController().signal;

describe('deployments of GitHub', () => {
  it('are read newest first with their statuses, of the environment, as who is signed in', async () => {
    const reads = await github(threeDeployments);
    const found = await reads.deployments(source, { isEnough: isRunning, signal });
    expect(found.map(({ id, statuses }) => [id, statuses[0]?.state])).toEqual([
      [3, 'failure'],
      [2, 'success'],
      [1, 'inactive'],
    ]);
    expect(found.find(isRunning)).toMatchObject({ sha: sha(2), createdAt: '2026-11-23T05:00:00.000Z' });
    expect(server?.requests[0]).toMatchObject({
      url: '/repos/example/checkout/deployments?environment=Production%20EU&per_page=30',
      headers: {
        authorization: 'Bearer gho_x',
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      },
    });
  });

  it('since a moment: those that began an hour before it may have ended after', async () => {
    const reads = await github(threeDeployments);
    const found = await reads.deployments(source, { since: '2026-11-23T05:30:00.000Z', signal });
    expect(found.map(({ id }) => id)).toEqual([3, 2]);
  });

  it('without being signed in nothing is claimed', async () => {
    const reads = await github(threeDeployments, { token: '' });
    await reads.deployments(source, { signal });
    expect(server?.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([[{ deployments: 'x' }], [{ deployments: [null, { id: 'a' }, { id: 1, sha: '--x', created_at: 'y' }] }]])(
    'an answer of another shape, %j, tells none',
    async (answers) => {
      expect(await (await github(answers)).deployments(source, { signal })).toEqual([]);
    },
  );

  it.each([
    [401, {}, 'gho_x', 'GitHub did not accept who you are signed in as.'],
    [403, {}, 'gho_x', 'GitHub does not show the deployments of example/checkout.'],
    [404, {}, '', 'GitHub shows no repository example/checkout.'],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795420800' },
      '',
      'GitHub answers no more requests of this account until 08:00 UTC.',
    ],
    [301, { location: '/repositories/1/deployments' }, 'gho_x', 'example/checkout was renamed or moved on GitHub.'],
    [502, {}, '', 'failed by itself (502).'],
  ])('status %i %j means: %s', async (code, headers, token, message) => {
    const reads = await github({}, { status: code, headers, token });
    const failed = reads.deployments(source, { signal });
    await expect(failed).rejects.toMatchObject({
      reason: 'outside',
      message: expect.stringContaining(message) as string,
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('gho_x') as string });
  });

  it('a repository that is none is not asked for', async () => {
    const reads = await github({});
    await expect(reads.deployments({ repository: '../x' }, { signal })).rejects.toMatchObject({
      reason: 'invalidArgument',
    });
    expect(server?.requests).toEqual([]);
  });
});
