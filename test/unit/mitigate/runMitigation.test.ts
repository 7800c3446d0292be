import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { decideRunMitigation } from '../../../src/mitigate/decideRunMitigation.ts';
import { runMitigation } from '../../../src/mitigate/runMitigation.ts';
import { suggestMitigations } from '../../../src/mitigate/suggestMitigations.ts';
import { carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const id = '01JD0000000000000000000001';
const decide = (args: object) => decideRunMitigation(runMitigation.args.parse(args), id);

function declared(): EventLog {
  const log = eventLog();
  log.open();
  log.declare('SEV1');
  return log;
}

function running(): EventLog {
  const log = declared();
  carriedOut(decide({ mitigation: 'rollBack' }), log, 10);
  return log;
}

const clockOf = (log: EventLog) => log.ledger('mitigate')[0]?.outcome;

describe('recording a mitigation', () => {
  it.each([
    ['begun', { what: 'Restart' }, 'mitigating', { kind: 'pending' }, 'running'],
    ['worked', { what: 'Restart', outcome: 'worked' }, 'monitoring', { kind: 'met', at: after(12) }, 'worked'],
    [
      'worked earlier',
      { what: 'Restart', outcome: 'worked', finishedAt: after(7) },
      'monitoring',
      { kind: 'met', at: after(7) },
      'worked',
    ],
    ['without effect', { what: 'Restart', outcome: 'noEffect' }, 'mitigating', { kind: 'pending' }, 'noEffect'],
    [
      'made it worse',
      { what: 'Restart', outcome: 'madeWorse', startedAt: after(5) },
      'mitigating',
      { kind: 'pending' },
      'madeWorse',
    ],
  ])('%s', (_case, args, status, clock, outcome) => {
    const log = declared();
    const state = carriedOut(decide(args), log, 12);
    expect(state.status).toBe(status);
    expect(clockOf(log)).toEqual(clock);
    expect(state.mitigations).toMatchObject([{ id, what: 'Restart', outcome }]);
  });

  it('takes the words of the policy, and a start only where one was given', () => {
    const log = declared();
    const state = carriedOut(decide({ mitigation: 'rollBack', outcome: 'worked', by: 'Eve', note: 'to v41' }), log, 12);
    expect(state.mitigations).toEqual([
      {
        id,
        what: 'Roll back',
        cause: 'Bad deploy',
        outcome: 'worked',
        finishedAt: after(12),
        note: 'to v41',
        by: 'Eve',
      },
    ]);
  });

  it('can end before it began where nobody said when: a clock was set back, or two differ', () => {
    const log = running();
    const state = carriedOut(decide({ running: id, outcome: 'worked' }), log, 5);
    expect(state.mitigations).toMatchObject([{ startedAt: after(10), finishedAt: after(5), outcome: 'worked' }]);
    expect(
      refusalOf(() => decided(decide({ running: id, outcome: 'worked', finishedAt: after(5) }), running(), 20)),
    ).toMatch(/^refused: A mitigation cannot end/);
  });

  it('finishes one that was begun', () => {
    const log = running();
    const state = carriedOut(decide({ running: id, outcome: 'worked' }), log, 20);
    expect(state.mitigations).toMatchObject([
      { what: 'Roll back', cause: 'Bad deploy', startedAt: after(10), finishedAt: after(20), outcome: 'worked' },
    ]);
    expect(state.status).toBe('monitoring');
    expect(refusalOf(() => decided(decide({ running: id, outcome: 'noEffect' }), log, 21))).toBe(
      'refused: “Roll back” has ended already: worked.',
    );
  });

  it('can be entered after the end, and leaves the status alone then', () => {
    const log = declared();
    log.resolve({ at: 30 });
    const state = carriedOut(decide({ what: 'Restart', outcome: 'worked', finishedAt: after(25) }), log, 60);
    expect(state.status).toBe('resolved');
    expect(state.moments.mitigated).toBe(after(25));
  });

  it.each([
    [declared, {}, 'invalidArgument: Say what was done: “what”, or “mitigation” for one of the policy.'],
    [declared, { mitigation: 'pray' }, 'invalidArgument: The policy has no mitigation pray.'],
    [declared, { what: 'x', finishedAt: after(5) }, 'invalidArgument: A mitigation that ended needs an “outcome”.'],
    [
      declared,
      { what: 'x', outcome: 'worked', startedAt: after(9), finishedAt: after(8) },
      'refused: A mitigation cannot end (2026-11-23 06:08 UTC) before it begins (2026-11-23 06:09 UTC).',
    ],
    [
      declared,
      { what: 'x', startedAt: after(60) },
      'refused: The start of a mitigation cannot be in the future: 2026-11-23 07:00 UTC is after 2026-11-23 06:15 UTC.',
    ],
    [declared, { running: id, outcome: 'worked' }, `notFound: There is no mitigation ${id}.`],
    [running, { running: id }, 'invalidArgument: Say with “outcome” how the mitigation ended.'],
    [
      running,
      { running: id, outcome: 'worked', finishedAt: after(9) },
      'refused: A mitigation cannot end (2026-11-23 06:09 UTC) before it begins (2026-11-23 06:10 UTC).',
    ],
  ])('refuses what makes no sense (%#)', (log, args, message) => {
    expect(refusalOf(() => decided(decide(args), log(), 15))).toBe(message);
  });
});

describe('suggestions', () => {
  const policy = builtInPolicy('UTC');

  it('put the likeliest first and hide none', () => {
    const ids = (symptom?: 'dataIssues') => suggestMitigations(policy, symptom).map((mitigation) => mitigation.id);
    expect(ids()).toEqual(['rollBack', 'scaleOut', 'circuitBreaker', 'killSwitch', 'rateLimit']);
    expect(ids('dataIssues')[0]).toBe('killSwitch');
    expect(ids('dataIssues').sort()).toEqual(ids().sort());
  });

  it('overlook names that the policy does not have', () => {
    const { dataIssues } = policy.symptoms;
    const odd = {
      ...policy,
      symptoms: { ...policy.symptoms, dataIssues: { ...dataIssues, mitigations: ['nope', 'scaleOut'] } },
    };
    expect(suggestMitigations(odd, 'dataIssues').map((mitigation) => mitigation.id)).toEqual([
      'scaleOut',
      'rollBack',
      'circuitBreaker',
      'killSwitch',
      'rateLimit',
    ]);
  });
});
