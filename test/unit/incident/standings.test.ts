import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { deadlinesOf, isPending, mostUrgent, warnsAt } from '../../../src/incident/deadlinesOf.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { epochMsOf, isoTimeOf, plusMs } from '../../../src/incident/isoTime.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

/** Only a respond clock, from 0 to 100 minutes: one percent is one minute. */
function hundredMinutes(warnAtPercent = 80): EventLog {
  const log = eventLog();
  log.declare('SEV1', {
    policy: { ...builtInPolicy('UTC'), warnAtPercent },
    due: [{ kind: 'respond', from: after(0), dueAt: after(100) }],
  });
  return log;
}

describe('standings', () => {
  it.each([
    ['before it began', -10, 'onTrack'],
    ['at its beginning', 0, 'onTrack'],
    ['just before 80 %', 79.999, 'onTrack'],
    ['at 80 %', 80, 'dueSoon'],
    ['when due', 100, 'dueSoon'],
    ['after it was due', 100.001, 'overdue'],
    ['much later', 10_000, 'overdue'],
  ])('%s (%d min of 100) → %s', (_when, now, standing) => {
    expect(hundredMinutes().deadlines(now)).toMatchObject([{ kind: 'respond', standing }]);
  });

  it.each([
    [90, 'met'],
    [100, 'met'],
    [101, 'missed'],
  ] as const)('done at %d min → %s for ever', (at, standing) => {
    const log = hundredMinutes();
    log.add('incident.acknowledged', {}, { at });
    for (const now of [0, 95, 5000]) expect(log.deadlines(now)).toMatchObject([{ standing, doneAt: after(at) }]);
  });

  it.each([
    [50, 50],
    [100, 100],
    [0, 0],
    [250, 100],
  ])('a policy that warns at %d %% warns at %d min', (warnAtPercent, minutes) => {
    const [deadline] = hundredMinutes(warnAtPercent).deadlines(0);
    expect(warnsAt(deadline!, warnAtPercent)).toBe(after(minutes));
  });

  it('a due time before its own beginning is overdue at once', () => {
    const backwards = { from: after(10), dueAt: after(0) };
    expect(warnsAt(backwards, 80)).toBe(after(0));
    const log = eventLog();
    log.declare('SEV1', { due: [{ kind: 'respond', ...backwards }] });
    expect(log.deadlines(10)).toMatchObject([{ standing: 'overdue' }]);
  });

  it('a withdrawn clock is no deadline', () => {
    const log = eventLog();
    log.declare('SEV2');
    log.changeSeverity('SEV4', { at: 1 });
    expect(log.deadlines(2).map(({ kind }) => kind)).toEqual(['respond', 'mitigate']);
  });

  it('are listed in the order they were set, action items last', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('action.added', { action: ulidOf(monday, 5), title: 'x', dueOn: '2026-12-01' });
    log.post('initial', { at: 2 });
    expect(log.deadlines(3).map(({ kind }) => kind)).toEqual([
      'respond',
      'mitigate',
      'communicate',
      'communicate',
      'actionItem',
    ]);
  });
});

describe('nextChangeAt', () => {
  const nextChange = (log: EventLog, now: number) => deadlinesOf(log.state(), after(now)).nextChangeAt;

  it.each([
    ['before the warning: the warning', 0, after(80)],
    ['a moment before the warning', 79.999, after(80)],
    ['at the warning: just after it is due', 80, plusMs(after(100), 1)],
    ['when due: a millisecond later', 100, plusMs(after(100), 1)],
    ['overdue: never', 100.001, undefined],
  ])('%s', (_when, now, expected) => {
    expect(nextChange(hundredMinutes(), now)).toBe(expected);
  });

  it('is absent, not undefined, when nothing will change', () => {
    expect(deadlinesOf(eventLog().state(), monday)).toEqual({ deadlines: [] });
  });

  it('is not moved by what is done', () => {
    const log = hundredMinutes();
    log.add('incident.acknowledged', {}, { at: 10 });
    expect(nextChange(log, 20)).toBeUndefined();
  });

  it('is the earliest of all clocks', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.acknowledged', {}, { at: 1 });
    log.post('initial', { at: 2 });
    expect(nextChange(log, 3)).toBe(after(2 + 15 * 0.8));
  });

  it('is when a snooze ends', () => {
    const log = hundredMinutes();
    const [deadline] = log.deadlines(0);
    log.add('deadline.snoozed', { deadline: deadline!.id, until: after(130), reason: 'in a call' }, { at: 101 });
    expect(nextChange(log, 102)).toBe(after(130));
    expect(nextChange(log, 130)).toBeUndefined();
  });

  it('nothing changes before it, and something does at it', () => {
    const minutes = fc.integer({ min: -50, max: 400 });
    const clock = fc.record({ from: minutes, span: fc.integer({ min: -20, max: 200 }) });
    fc.assert(
      fc.property(
        fc.tuple(clock, clock, clock),
        fc.integer({ min: 0, max: 130 }),
        minutes,
        fc.option(minutes),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (clocks, warnAtPercent, now, snooze, share) => {
          const log = eventLog();
          const due = (['respond', 'mitigate', 'communicate'] as const).map((kind, index) => ({
            kind,
            from: after(clocks[index]!.from),
            dueAt: after(clocks[index]!.from + clocks[index]!.span),
          }));
          const { id } = log.declare('SEV1', { policy: { ...builtInPolicy('UTC'), warnAtPercent }, due });
          if (snooze !== null) {
            log.add('deadline.snoozed', { deadline: `respond-${id}`, until: after(snooze), reason: 'x' });
          }
          const state = log.state();
          const { nextChangeAt } = deadlinesOf(state, after(now));
          if (nextChangeAt === undefined) {
            expect(looks(state, after(100_000))).toEqual(looks(state, after(now)));
            return;
          }
          expect(nextChangeAt > after(now)).toBe(true);
          expect(looks(state, nextChangeAt)).not.toEqual(looks(state, after(now)));
          const waitMs = epochMsOf(nextChangeAt) - epochMsOf(after(now));
          const between = isoTimeOf(epochMsOf(after(now)) + Math.floor(waitMs * share));
          expect(looks(state, between)).toEqual(looks(state, after(now)));
          expect(looks(state, plusMs(nextChangeAt, -1))).toEqual(looks(state, after(now)));
        },
      ),
    );
  });
});

describe('snooze', () => {
  it('keeps the deadline and its standing, and ends by itself', () => {
    const log = hundredMinutes();
    const { id } = log.deadlines(0)[0]!;
    log.add('deadline.snoozed', { deadline: id, until: after(130), reason: 'in a call' }, { at: 101 });
    expect(log.deadlines(129)).toMatchObject([{ standing: 'overdue', dueAt: after(100), snoozedUntil: after(130) }]);
    expect(log.deadlines(130)[0]).not.toHaveProperty('snoozedUntil');
    expect(log.state().snoozes[id]).toEqual({ until: after(130), reason: 'in a call' });
  });

  it('the last one counts, and a retracted one does not', () => {
    const log = hundredMinutes();
    const { id } = log.deadlines(0)[0]!;
    log.add('deadline.snoozed', { deadline: id, until: after(130), reason: 'in a call' });
    const second = log.add('deadline.snoozed', { deadline: id, until: after(110), reason: 'shorter' });
    expect(log.deadlines(100)[0]!.snoozedUntil).toBe(after(110));
    log.retract(second);
    expect(log.deadlines(100)[0]!.snoozedUntil).toBe(after(130));
  });

  it('does not quieten the clock that takes its place', () => {
    const log = eventLog();
    log.declare('SEV1');
    const communicate = log.deadlines(0).find(({ kind }) => kind === 'communicate')!;
    log.add('deadline.snoozed', { deadline: communicate.id, until: after(600), reason: 'in a call' }, { at: 1 });
    log.post('initial', { at: 2 });
    expect(log.deadlines(3).find(({ kind, standing }) => kind === 'communicate' && standing === 'onTrack')).toEqual(
      expect.not.objectContaining({ snoozedUntil: after(600) }),
    );
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('of a deadline named %j is only kept', (deadline) => {
    const log = hundredMinutes();
    log.add('deadline.snoozed', { deadline, until: after(130), reason: 'x' });
    expect(Object.keys(log.state().snoozes)).toEqual([deadline]);
    expect(log.deadlines(0)[0]).not.toHaveProperty('snoozedUntil');
  });
});

describe('mostUrgent', () => {
  it('is the pending one that is due first', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.acknowledged', {}, { at: 1 });
    expect(mostUrgent(log.deadlines(2))).toMatchObject({ kind: 'communicate', dueAt: after(5) });
    log.post('initial', { at: 3 });
    log.post('update', { at: 17 });
    expect(mostUrgent(log.deadlines(18))).toMatchObject({ kind: 'mitigate', dueAt: after(30) });
  });

  it('is nothing when all is done', () => {
    expect(mostUrgent([])).toBeUndefined();
    const log = hundredMinutes();
    log.add('incident.acknowledged', {}, { at: 200 });
    expect(mostUrgent(log.deadlines(300))).toBeUndefined();
    expect(log.deadlines(300).some(isPending)).toBe(false);
  });
});

/** What a person would see of the deadlines at a moment. */
function looks(state: IncidentState, now: IsoTime): unknown {
  return deadlinesOf(state, now).deadlines.map(({ id, standing, snoozedUntil }) => [id, standing, snoozedUntil]);
}
