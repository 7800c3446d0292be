import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servicesWithout } from '../../../src/changes/deployed/differingServices.ts';
import { revisionOfRepository } from '../../../src/changes/deployed/revisionOfRepository.ts';
import type { RunningRevision } from '../../../src/changes/deployed/runningRevision.ts';
import type { Arrival, Deploy, WindowChanges } from '../../../src/changes/history/windowChanges.ts';
import { lateDeploys } from '../../../src/changes/history/lateDeploys.ts';
import { createGit } from '../../../src/connect/git.ts';
import { commitEvidence } from '../../../src/investigate/deployments/commitEvidence.ts';
import { parseCommitEvidence } from '../../../src/investigate/deployments/parseCommitEvidence.ts';
import { judgeRecentCommits } from '../../../src/investigate/deployments/recentCommits.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import type { WindowChoice } from '../../../src/investigate/window/changeWindow.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import type { WindowChangesRequest } from '../../../src/investigate/window/readWindowChanges.ts';
import { readWindowChanges } from '../../../src/investigate/window/readWindowChanges.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

const at = (hour: number) => `2026-11-23T0${String(hour)}:00:00.000Z`;
const impact = at(6);
const window = changeWindow({ impactStart: impact, detected: impact, now: at(7), minutes: 240 });
let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});
afterEach(() => {
  repository.dispose();
});

const commitAt = (hour: number, message: string): string =>
  repository.commit({ at: at(hour), message, files: { [message]: '1\n' } });

function tagAt(hour: number, name: string, commit = 'HEAD'): void {
  repository.environment['GIT_COMMITTER_DATE'] = at(hour);
  repository.git('-c', 'user.name=Ana', '-c', 'user.email=a@b.c', 'tag', '-m', name, name, commit);
  delete repository.environment['GIT_COMMITTER_DATE'];
}

const unknown: RunningRevision = { kind: 'unknown', reason: 'nobody tells' };
const running = (commit: string): RunningRevision => ({
  ...{ kind: 'known', source: 'service', from: 'http://shop.test/version', version: commit },
  ...{ commit, readAt: at(7) },
});

const look = (request: Partial<WindowChangesRequest> = {}): Promise<ChangesSight> =>
  readWindowChanges(
    { history: createGit({ environment: repository.environment }) },
    {
      ...{ folder: repository.directory, window, services: [], running: unknown },
      ...{ changes: { featureFlags: [], zoneFiles: [] } },
      ...request,
    },
  );

async function changes(request: Partial<WindowChangesRequest> = {}): Promise<WindowChanges> {
  const sight = await look(request);
  if (sight.kind === 'none') throw new Error(sight.reason);
  return sight.changes;
}

const names = (arrivals: readonly Arrival[]) => arrivals.map(({ commit }) => commit.subject).join();
const groupsOf = ({ groups }: WindowChanges) =>
  groups.map(({ deploy, arrivals }) => `${deploy?.name ?? '?'}: ${names(arrivals)}`);

describe('what runs and what does not', { timeout: 30_000 }, () => {
  it('shows apart what is on the branch and does not run', async () => {
    commitAt(1, 'old');
    const base = commitAt(1, 'older');
    const two = commitAt(3, 'three');
    commitAt(4, 'four');
    const seen = await changes({ running: running(two) });
    expect([groupsOf(seen), names(seen.pending)]).toEqual([['?: three'], 'four']);
    expect(seen).toMatchObject({ base, head: two, running: { kind: 'known' } });
  });

  it('accuses nothing when what runs is older than the window', async () => {
    const old = commitAt(1, 'old');
    commitAt(1, 'older');
    commitAt(3, 'three');
    const seen = await changes({ running: running(old) });
    expect([groupsOf(seen), names(seen.pending)]).toEqual([[], 'three']);
    expect(seen).toMatchObject({ base: old, head: old });
  });

  it('knows what a branch that runs has of the one that deploys', async () => {
    commitAt(1, 'old');
    commitAt(3, 'three');
    repository.git('checkout', '--quiet', '-b', 'hotfix');
    const hotfix = commitAt(5, 'hotfix');
    repository.git('checkout', '--quiet', 'main');
    commitAt(4, 'four');
    const seen = await changes({ running: running(hotfix) });
    expect([groupsOf(seen), names(seen.pending)]).toEqual([['?: three'], 'four']);
  });

  it('assumes the head when what runs is unknown, or not in this clone', async () => {
    const tip = commitAt(3, 'three');
    for (const told of [unknown, running('f'.repeat(40))]) {
      const seen = await changes({ running: told });
      expect(groupsOf(seen)).toEqual(['?: three']);
      expect(seen).toMatchObject({ head: tip, running: { kind: 'unknown' } });
    }
    const { running: told } = await changes({ running: running('f'.repeat(40)) });
    expect(told).toMatchObject({ reason: expect.stringContaining('is not in this clone') as string });
  });

  it('accuses nothing that none of several services runs, and knows which of them run what', async () => {
    commitAt(1, 'old');
    const two = commitAt(2, 'two');
    const three = commitAt(3, 'three');
    commitAt(4, 'four');
    commitAt(5, 'five');
    const told = revisionOfRepository([
      { service: 'api', running: running(two) },
      { service: 'web', running: running(three) },
    ]);
    const sight = await look({ running: told });
    if (sight.kind === 'none') throw new Error(sight.reason);
    const seen = sight.changes;
    expect([groupsOf(seen), names(seen.pending)]).toEqual([['?: three,two'], 'five,four']);
    expect(seen).toMatchObject({ head: three, running: { kind: 'known', commit: three } });
    expect(servicesWithout(seen.running, [three])).toEqual(['api']);
    expect(servicesWithout(seen.running, [two])).toEqual([]);
    expect(judgeRecentCommits([sight], window.to).summary).toContain(
      `Services run different revisions: api ${two.slice(0, 7)}, web ${three.slice(0, 7)}. 2 more are not deployed.`,
    );
    const listed = parseCommitEvidence((await commitEvidence([sight])) ?? '')?.repositories[0];
    expect(listed?.running).toMatchObject({ services: [{ service: 'api', commit: two }, { service: 'web' }] });
    expect(listed?.groups[0]?.commits.map(({ notIn }) => notIn)).toEqual([['api'], undefined]);
  });

  it('assumes the head when what one of several services runs is not in this clone, and says of which', async () => {
    const tip = commitAt(3, 'three');
    const told = revisionOfRepository([
      { service: 'api', running: running('f'.repeat(40)) },
      { service: 'web', running: running(tip) },
    ]);
    const seen = await changes({ running: told });
    expect(groupsOf(seen)).toEqual(['?: three']);
    expect(seen.running).toMatchObject({
      reason: expect.stringMatching(/^What runs of api is .* not in this clone/) as string,
    });
  });

  it('says what came after impact start', async () => {
    commitAt(3, 'three');
    repository.commit({ at: '2026-11-23T06:30:00Z', message: 'late' });
    const { groups } = await changes();
    expect(groups[0]?.arrivals.map(({ afterImpactStart }) => afterImpactStart)).toEqual([true, false]);
  });
});

describe('deploys', { timeout: 30_000 }, () => {
  beforeEach(() => {
    commitAt(1, 'one');
    tagAt(1, 'v1.0.0');
    commitAt(3, 'three');
    tagAt(3, 'v1.1.0');
    commitAt(4, 'four');
    commitAt(5, 'five');
    tagAt(5, 'v1.2.0');
  });

  it('group what they put out, newest first', async () => {
    commitAt(5, 'six');
    expect(groupsOf(await changes())).toEqual(['?: six', 'v1.2.0: five,four', 'v1.1.0: three']);
  });

  it('come from other sources too', async () => {
    const four = repository.git('rev-parse', 'HEAD~1');
    const told: Deploy = { commit: four, at: at(4), name: 'production #7', source: 'github' };
    const elsewhere: Deploy = { ...told, commit: 'f'.repeat(40), name: 'not here' };
    const seen = await changes({ deploys: [told, elsewhere] });
    expect(groupsOf(seen)).toEqual(['v1.2.0: five', 'production #7: four', 'v1.1.0: three']);
    expect(seen.deploys?.map(({ name }) => name)).toEqual(['v1.2.0', 'production #7', 'not here', 'v1.1.0', 'v1.0.0']);
  });

  it('that hold more than what runs put out nothing of it, nor went out late', async () => {
    const three = repository.git('rev-parse', 'HEAD~2');
    const seen = await changes({ running: running(three) });
    expect([groupsOf(seen), names(seen.pending)]).toEqual([['v1.1.0: three'], 'five,four']);
    expect(lateDeploys(seen, window)).toEqual([]);
  });

  it('of the window that only hold older commits went out late', async () => {
    const { origin } = window;
    const short = { ...window, from: '2026-11-23T05:30:00.000Z', origin };
    tagAt(6, 'v1.3.0');
    const seen = await changes({ window: short });
    expect(groupsOf(seen)).toEqual([]);
    expect(lateDeploys(seen, short).map(({ name }) => name)).toEqual(['v1.3.0']);
  });

  it.each<[string, WindowChoice, string, string[]]>([
    ['the last deploy', { kind: 'lastDeploy' }, 'v1.1.0', ['v1.2.0: five,four']],
    ['last good', { kind: 'lastGood' }, 'v1.1.0', ['v1.2.0: five,four']],
    ['a tag', { kind: 'commit', commit: 'v1.0.0' }, 'v1.0.0', ['v1.2.0: five,four', 'v1.1.0: three']],
  ])('begin the window with %s', async (_case, choice, name, groups) => {
    const sight = await look({ choice });
    expect(sight).toMatchObject({ kind: 'seen', window: { after: { name } } });
    expect(groupsOf(await changes({ choice }))).toEqual(groups);
  });

  it('that hold more than what runs do not begin the window, though what runs was tagged by nobody', async () => {
    const four = repository.git('rev-parse', 'HEAD~1');
    const seen = await look({ choice: { kind: 'lastDeploy' }, running: running(four) });
    expect(seen).toMatchObject({ kind: 'seen', window: { after: { name: 'v1.1.0' } } });
    expect(seen.kind === 'seen' && groupsOf(seen.changes)).toEqual(['?: four']);
  });

  it('begin the window before what ran when impact began, not before the newest', async () => {
    repository.commit({ at: '2026-11-23T06:30:00Z', message: 'fix' });
    tagAt(7, 'v1.2.1');
    const { window: chosen } = (await look({ choice: { kind: 'lastGood' } })) as Extract<
      ChangesSight,
      { kind: 'seen' }
    >;
    expect(chosen.after?.name).toBe('v1.1.0');
    expect(await look({ choice: { kind: 'lastDeploy' } })).toMatchObject({ window: { after: { name: 'v1.2.0' } } });
  });

  it('tell the window from when the first came that it holds', async () => {
    const sight = await look({ choice: { kind: 'lastDeploy' } });
    expect(sight).toMatchObject({ window: { from: at(4), to: at(7), minutes: 120 } });
  });
});

describe('a window that cannot begin as asked', () => {
  it.each<[WindowChoice, RegExp]>([
    [{ kind: 'lastDeploy' }, /^No source tells of two deploys/],
    [{ kind: 'commit', commit: 'f'.repeat(40) }, /^This clone has no commit ffff/],
    [{ kind: 'commit', commit: '--output=x' }, /^This clone has no commit --output/],
  ])('%j', async (choice, reason) => {
    commitAt(3, 'three');
    expect(await look({ choice })).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) as string });
  });
});

describe('marks', () => {
  it('tell reverts, formatting and services', async () => {
    repository.commit({ at: at(1), message: 'old', files: { 'api/a.js': '1\n' } });
    repository.commit({ at: at(3), message: 'Cache prices', files: { 'api/a.js': '2\n' } });
    repository.commit({ at: at(3), message: 'Format', files: { 'api/a.js': ' 2\n' } });
    repository.git('revert', '--no-edit', 'HEAD~1', '--no-commit', '--strategy-option', 'ours');
    repository.commit({ at: at(4), message: 'Revert "Cache prices"', files: { 'api/a.js': '1\n' } });
    const { notes, groups } = await changes({ services: [{ name: 'api', paths: ['api'], hosts: [] }] });
    const told = groups[0]?.arrivals.map(({ commit }) => [commit.subject, notes?.get(commit.id)?.marks.join()]);
    expect(told).toEqual([
      ['Revert "Cache prices"', 'reverts'],
      ['Format', 'formatting'],
      ['Cache prices', 'reverted'],
    ]);
    expect([...(notes?.values() ?? [])].every(({ services }) => services.join() === 'api')).toBe(true);
  });
});
