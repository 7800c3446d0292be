import { describe, expect, it } from 'vitest';
import type { Commit } from '../../../src/changes/history/readsHistory.ts';
import type { Arrival, Deploy } from '../../../src/changes/history/windowChanges.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import { decideObserveDeploys } from '../../../src/investigate/deployments/observeDeploys.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';

const commit = '3f2a1b9c04de58f7a6b1c2d3e4f5061728394a5b';
const deploy = (minutes: number, wish: Partial<Deploy> = {}): Deploy => ({
  commit,
  at: after(minutes),
  name: 'v1.9.0',
  source: 'tag',
  ...wish,
});

function sightOf(deploys: readonly Deploy[], arrivals: readonly Arrival[] = []): ChangesSight {
  const origin = { kind: 'detected', at: after(0) } as const;
  const fetched = { kind: 'unknown', reason: 'the repository has no remote' } as const;
  return {
    kind: 'seen',
    folder: '/shop',
    window: { from: after(-240), to: after(60), minutes: 240, origin },
    changes: {
      repository: '/shop',
      ref: { ref: 'HEAD', name: 'main', kind: 'local', commit, hasRemote: false, fetched },
      running: { kind: 'unknown', reason: 'Nobody told.' },
      ...{ base: undefined, head: commit, isShallow: false, isCut: false, deploys },
      groups: [{ deploy: undefined, arrivals }],
      pending: [],
    },
  };
}

function declared(): EventLog {
  const log = eventLog();
  log.open();
  log.declare();
  return log;
}

function observe(log: EventLog, ...deploys: readonly Deploy[]) {
  const moment = { now: after(60), by: 'Ana', newId: () => ulidOf(after(60), 1) };
  const events = decideObserveDeploys([sightOf(deploys)])(log.state(), moment);
  for (const event of events) {
    if (event.type === 'deploy.observed')
      log.add(event.type, event.data, event.at === undefined ? {} : { at: event.at });
  }
  return events;
}

describe('deploys that a source told', () => {
  it('are recorded once, oldest first, dated when they happened', () => {
    const log = declared();
    const told = [deploy(-10, { name: 'b', service: 'api' }), deploy(-20, { name: 'a' })];
    expect(observe(log, ...told)).toEqual([
      { type: 'deploy.observed', at: after(-20), data: { commit, name: 'a', source: 'tag' } },
      { type: 'deploy.observed', at: after(-10), data: { commit, name: 'b', source: 'tag', service: 'api' } },
    ]);
    expect(observe(log, ...told, ...told)).toEqual([]);
    expect(log.state().deploys.map(({ name, at }) => [name, at])).toEqual([
      ['a', after(-20)],
      ['b', after(-10)],
    ]);
  });

  it('differ by source, service, commit and time', () => {
    const log = declared();
    const one = deploy(-10, { source: 'kubernetes' });
    const told = [one, { ...one, source: 'github' as const }, { ...one, service: 'a' }, { ...one, at: after(-9) }];
    expect(observe(log, ...told, { ...one, commit: 'f'.repeat(40) }, { ...one, name: 'another name' })).toHaveLength(5);
  });

  it('by tags differ by name too: several may be made on one commit at once', () => {
    const log = declared();
    const token = `v2-ghp_${'a1B2'.repeat(9)}`;
    const told = [deploy(-10), deploy(-10, { name: 'v2.0.0' }), deploy(-10, { name: token })];
    expect(observe(log, ...told).map(({ data }) => 'name' in data && data.name)).toEqual([
      'v1.9.0',
      'v2.0.0',
      expect.not.stringContaining('ghp_'),
    ]);
    expect(log.state().deploys).toHaveLength(3);
    expect(observe(log, ...told)).toEqual([]);
  });

  it('merges into the branch that deploys are among them, other commits are not', () => {
    const plain: Commit = {
      ...{ id: commit, parents: [], author: 'Ana', email: 'a@b', authoredAt: after(-60), committedAt: after(-5) },
      ...{ subject: 'Merge \u001b[31m#41', files: [] },
    };
    const arrival = { reachedAt: after(-5), commit: plain, isCut: false, afterImpactStart: false };
    const sight = sightOf(
      [],
      [
        { ...arrival, brought: [plain] },
        { ...arrival, brought: [] },
      ],
    );
    const moment = { now: after(60), by: 'Ana', newId: () => ulidOf(after(60), 1) };
    expect(
      decideObserveDeploys([sight, { kind: 'none', folder: undefined, reason: 'x' }])(declared().state(), moment),
    ).toEqual([{ type: 'deploy.observed', at: after(-5), data: { commit, name: 'Merge #41', source: 'merge' } }]);
  });

  it('merges that wait to be deployed are not among them', () => {
    const merge: Commit = {
      ...{ id: commit, parents: [], author: 'Ana', email: 'a@b', authoredAt: after(-60), committedAt: after(-5) },
      ...{ subject: 'Merge #41', files: [] },
    };
    const waiting = { reachedAt: after(-5), commit: merge, brought: [merge], isCut: false, afterImpactStart: false };
    const sight = sightOf([]);
    if (sight.kind === 'none') throw new Error(sight.reason);
    const moment = { now: after(60), by: 'Ana', newId: () => ulidOf(after(60), 1) };
    const changes = { ...sight.changes, pending: [waiting] };
    expect(decideObserveDeploys([{ ...sight, changes }])(declared().state(), moment)).toEqual([]);
  });

  it('tags on what waits to be deployed are not among them; what another source told is', () => {
    const [merge, brought] = [commit, 'b'.repeat(40)].map((id): Commit => ({
      ...{ id, parents: [], author: 'Ana', email: 'a@b', authoredAt: after(-60), committedAt: after(-5) },
      ...{ subject: 'Merge #41', files: [] },
    }));
    const waiting = {
      reachedAt: after(-5),
      commit: merge!,
      brought: [brought!],
      isCut: false,
      afterImpactStart: false,
    };
    const told = [deploy(-4), deploy(-3, { commit: brought!.id }), deploy(-2, { source: 'github', name: '#7' })];
    const sight = sightOf(told);
    if (sight.kind === 'none') throw new Error(sight.reason);
    const moment = { now: after(60), by: 'Ana', newId: () => ulidOf(after(60), 1) };
    const changes = { ...sight.changes, pending: [waiting] };
    const events = decideObserveDeploys([{ ...sight, changes }])(declared().state(), moment);
    expect(events.map(({ data }) => 'name' in data && data.name)).toEqual(['#7']);
  });

  it('outside the window are left out', () => {
    expect(observe(declared(), deploy(-241), deploy(61))).toEqual([]);
  });

  it('that a person took out, or dated anew, do not come back', () => {
    const log = declared();
    observe(log, deploy(-10), deploy(-20));
    const [first, second] = log.events.filter(({ type }) => type === 'deploy.observed');
    log.retract(first!);
    log.correct(second!, { at: after(-30) });
    expect(observe(log, deploy(-10), deploy(-20))).toEqual([]);
    expect(log.state().deploys).toHaveLength(1);
  });

  it('of which two windows heard at once count once', () => {
    const log = declared();
    const { commit: id, name, source } = deploy(-10);
    log.add('deploy.observed', { commit: id, name, source }, { at: after(-10) });
    log.add('deploy.observed', { commit: id, name, source }, { at: after(-10) });
    expect(log.state().deploys).toHaveLength(1);
  });

  it('of very many, the newest', () => {
    const many = Array.from({ length: 250 }, (_, index) => deploy(-index / 2, { name: String(index) }));
    const events = observe(declared(), ...many);
    expect(events).toHaveLength(100);
    expect(events.at(-1)?.at).toBe(after(0));
  });
});
