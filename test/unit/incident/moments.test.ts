import { describe, expect, it } from 'vitest';
import type { MomentName } from '../../../src/incident/words.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

/** Detected at 0 (impact from -10), acknowledged at 2, mitigated at 20, resolved at 30 with impact until 25. */
function course(): EventLog {
  const log = eventLog();
  log.declare('SEV1', { impactStart: after(-10), detected: after(0) }, { at: 1 });
  log.add('incident.acknowledged', {}, { at: 2 });
  log.add('mitigation.finished', { mitigation: ulidOf(monday, 7), what: 'roll back', outcome: 'worked' }, { at: 20 });
  log.add('incident.resolved', { impactEnd: after(25), due: [] }, { at: 30 });
  return log;
}

describe('moments', () => {
  it('are read from what happened', () => {
    expect(course().state().moments).toEqual({
      impactStart: after(-10),
      detected: after(0),
      acknowledged: after(2),
      mitigated: after(20),
      impactEnd: after(25),
      resolved: after(30),
    });
  });

  it('are unknown until something says them', () => {
    const log = eventLog();
    expect(log.state().moments).toEqual({});
    log.declare();
    expect(log.state().moments).toEqual({ detected: monday });
  });

  it('may be earlier than they were recorded', () => {
    const log = eventLog();
    log.declare('SEV1', { impactStart: after(-600) }, { at: 0 });
    log.add('incident.acknowledged', {}, { at: -30 });
    expect(log.state().moments).toMatchObject({ impactStart: after(-600), acknowledged: after(-30) });
  });

  it.each<[string, (log: EventLog) => void, Partial<Record<MomentName, number>>]>([
    ['a second acknowledgement', (log) => log.add('incident.acknowledged', {}, { at: 4 }), { acknowledged: 2 }],
    [
      'a second mitigation that worked',
      (log) =>
        log.add('mitigation.finished', { mitigation: ulidOf(monday, 8), what: 'x', outcome: 'worked' }, { at: 28 }),
      { mitigated: 20 },
    ],
    ['a second declaration', (log) => log.declare('SEV4', { detected: after(5) }, { at: 5 }), { detected: 0 }],
  ])('keep the first: %s changes nothing', (_case, add, expected) => {
    const log = course();
    add(log);
    for (const [moment, minutes] of Object.entries(expected)) {
      expect(log.state().moments[moment as MomentName]).toBe(after(minutes));
    }
  });

  it.each<MomentName>(['impactStart', 'detected', 'acknowledged', 'mitigated', 'impactEnd', 'resolved'])(
    '%s can be corrected, again and again, and forgotten',
    (moment) => {
      const log = course();
      log.add('moment.corrected', { moment, time: after(3), reason: 'from the dashboard' });
      log.add('moment.corrected', { moment, time: after(4), reason: 'from the log' });
      expect(log.state().moments[moment]).toBe(after(4));
      log.add('moment.corrected', { moment, reason: 'nobody knows' });
      expect(log.state().moments).not.toHaveProperty(moment);
    },
  );

  it.each<MomentName>(['impactStart', 'detected', 'acknowledged', 'mitigated', 'impactEnd', 'resolved'])(
    'a correction of %s leaves every due time as it was set',
    (moment) => {
      const log = eventLog();
      log.declare('SEV1', { impactStart: after(-10) }, { at: 0 });
      log.add('incident.acknowledged', {}, { at: 2 });
      log.post('initial', { at: 3 });
      log.resolve({ at: 30 });
      const promised = log.state().ledger.map(({ id, from, dueAt }) => ({ id, from, dueAt }));
      log.add('moment.corrected', { moment, time: after(1), reason: 'mistyped' });
      expect(log.state().ledger.map(({ id, from, dueAt }) => ({ id, from, dueAt }))).toEqual(promised);
    },
  );

  it('a correction that is retracted no longer counts', () => {
    const log = course();
    const correction = log.add('moment.corrected', { moment: 'detected', time: after(-5), reason: 'alert' });
    log.retract(correction);
    expect(log.state().moments.detected).toBe(after(0));
  });

  it.each([
    ['acknowledged', 'respond', 6, 'missed', 4, 'met'],
    ['acknowledged', 'respond', 4, 'met', 6, 'missed'],
    ['mitigated', 'mitigate', 40, 'missed', 30, 'met'],
    ['mitigated', 'mitigate', 30, 'met', 31, 'missed'],
  ] as const)(
    '%s corrected: the %s clock stopped at %d min (%s) is judged by the new time, %d min (%s)',
    (moment, kind, at, before, corrected, now) => {
      const log = eventLog();
      log.declare('SEV1');
      if (moment === 'acknowledged') log.add('incident.acknowledged', {}, { at });
      else log.add('mitigation.finished', { mitigation: ulidOf(monday, 7), what: 'x', outcome: 'worked' }, { at });
      expect(log.ledger(kind)).toMatchObject([{ outcome: { kind: before, at: after(at) } }]);
      log.add('moment.corrected', { moment, time: after(corrected), reason: 'mistyped' });
      expect(log.ledger(kind)).toMatchObject([{ outcome: { kind: now, at: after(corrected) } }]);
    },
  );

  it.each([
    ['acknowledged', 'respond'],
    ['mitigated', 'mitigate'],
  ] as const)('%s given by a correction alone stops the %s clock', (moment, kind) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('moment.corrected', { moment, time: after(4), reason: 'from the pager' }, { at: 50 });
    expect(log.ledger(kind)).toMatchObject([{ outcome: { kind: 'met', at: after(4) } }]);
    log.add('incident.acknowledged', {}, { at: 51 });
    expect(log.ledger(kind)).toMatchObject([{ outcome: { kind: 'met', at: after(4) } }]);
  });
});
