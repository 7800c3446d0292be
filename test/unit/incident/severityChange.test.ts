import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { dueTimesAfterSeverityChange } from '../../../src/incident/dueTimes.ts';
import type { Severity } from '../../../src/incident/severity.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

type Clock = 'respond' | 'mitigate' | 'communicate';

/** What runs now: the due time of each pending clock, in minutes from the beginning. */
function running(log: EventLog): Partial<Record<Clock, number>> {
  const pending = log.state().ledger.filter(({ outcome }) => outcome.kind === 'pending');
  return Object.fromEntries(
    pending.map(({ kind, dueAt }) => [kind, (Date.parse(dueAt) - Date.parse(monday)) / 60_000]),
  );
}

function declared(severity: Severity): EventLog {
  const log = eventLog();
  log.declare(severity);
  return log;
}

describe('severity raised: the earlier of the old due time and change + new target', () => {
  it.each([
    // from, to, changed at, respond, mitigate, communicate (all in minutes)
    ['SEV2', 'SEV1', 1, 6, 31, 6],
    ['SEV2', 'SEV1', 9, 14, 39, 14],
    ['SEV2', 'SEV1', 10, 15, 40, 15],
    ['SEV2', 'SEV1', 12, 15, 42, 15],
    ['SEV2', 'SEV1', 40, 15, 60, 15],
    ['SEV3', 'SEV2', 30, 45, 90, 45],
    ['SEV3', 'SEV2', 50, 60, 110, 60],
    ['SEV3', 'SEV1', 50, 55, 80, 55],
    ['SEV3', 'SEV1', 230, 60, 240, 60],
    ['SEV4', 'SEV3', 60, 120, 300, 120],
    ['SEV4', 'SEV1', 60, 65, 90, 65],
  ] as const)(
    '%s → %s at %d min: respond %d, mitigate %d, communicate %d',
    (from, to, at, respond, mitigate, communicate) => {
      const log = declared(from);
      log.changeSeverity(to, { at });
      expect(running(log)).toEqual({ respond, mitigate, communicate });
      expect(log.state().severity).toBe(to);
    },
  );

  it('deadlines met stay met', () => {
    const log = declared('SEV2');
    log.add('incident.acknowledged', {}, { at: 12 });
    log.post('initial', { at: 13 });
    const met = log.state().ledger.filter(({ outcome }) => outcome.kind === 'met');
    log.changeSeverity('SEV1', { at: 20 });
    expect(log.state().ledger).toEqual(expect.arrayContaining(met));
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(15), outcome: { kind: 'met', at: after(12) } }]);
  });

  it('the next message becomes due one new cadence after the change, if that is earlier', () => {
    const log = declared('SEV2');
    log.post('initial', { at: 2 });
    log.changeSeverity('SEV1', { at: 10 });
    expect(running(log)).toMatchObject({ communicate: 25 });
  });

  it('a clock whose due time stays goes on as it was: same id, no second miss', () => {
    const log = declared('SEV2');
    const [before] = log.ledger('respond');
    log.changeSeverity('SEV1', { at: 20 });
    expect(log.ledger('respond')).toEqual([before]);
    log.add('incident.acknowledged', {}, { at: 22 });
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(15), outcome: { kind: 'missed', at: after(22) } }]);
  });

  it('its warning still counts from where the clock began', () => {
    const log = declared('SEV2');
    log.changeSeverity('SEV1', { at: 5 });
    expect(log.ledger('respond').at(-1)).toMatchObject({ from: monday, dueAt: after(10) });
    expect(log.deadlines(7).find(({ kind }) => kind === 'respond')).toMatchObject({ standing: 'onTrack' });
    expect(log.deadlines(8).find(({ kind }) => kind === 'respond')).toMatchObject({ standing: 'dueSoon' });
  });

  it('from SEV4, the first message becomes due with the new response target', () => {
    const log = declared('SEV4');
    expect(log.ledger('communicate')).toEqual([]);
    log.changeSeverity('SEV2', { at: 100 });
    expect(log.ledger('communicate')).toMatchObject([{ from: after(100), dueAt: after(115) }]);
  });

  it('from SEV4, after a message was posted already, one cadence after the change', () => {
    const log = declared('SEV4');
    log.post('initial', { at: 50 });
    log.changeSeverity('SEV2', { at: 100 });
    expect(log.ledger('communicate')).toMatchObject([{ from: after(100), dueAt: after(130) }]);
  });

  it('from SEV4 after the resolution message, nobody has to be told again', () => {
    const log = declared('SEV4');
    log.resolve({ at: 10 });
    log.post('resolved', { at: 11 });
    expect(dueTimesAfterSeverityChange(log.state(), 'SEV2', after(20))).toEqual({ due: [], withdrawn: [] });
    log.changeSeverity('SEV2', { at: 20 });
    expect(running(log)).not.toHaveProperty('communicate');
  });

  it('from SEV4 after a resolution message and reopening, people are told again', () => {
    const log = declared('SEV4');
    log.resolve({ at: 10 });
    log.post('resolved', { at: 11 });
    log.add('incident.reopened', { reason: 'back', due: [] }, { at: 15 });
    log.changeSeverity('SEV2', { at: 20 });
    expect(running(log)).toMatchObject({ communicate: 50 });
  });
});

describe('severity lowered: pending ones recomputed from their origin', () => {
  it.each([
    ['SEV1', 'SEV2', 1, 15, 60, 15],
    ['SEV1', 'SEV3', 4, 60, 240, 60],
    ['SEV2', 'SEV3', 14, 60, 240, 60],
  ] as const)(
    '%s → %s at %d min: respond %d, mitigate %d, communicate %d',
    (from, to, at, respond, mitigate, communicate) => {
      const log = declared(from);
      log.changeSeverity(to, { at });
      expect(running(log)).toEqual({ respond, mitigate, communicate });
      expect(log.state().ledger.filter(({ outcome }) => outcome.kind === 'missed')).toEqual([]);
    },
  );

  it('raised and lowered again: from the origin, not from the change', () => {
    const log = declared('SEV3');
    log.changeSeverity('SEV1', { at: 20 });
    expect(running(log)).toEqual({ respond: 25, mitigate: 50, communicate: 25 });
    log.changeSeverity('SEV3', { at: 22 });
    expect(running(log)).toEqual({ respond: 60, mitigate: 240, communicate: 60 });
  });

  it('to SEV4: respond by the end of the next business day, mitigate in a week, no cadence', () => {
    const log = declared('SEV2');
    log.changeSeverity('SEV4', { at: 5 });
    expect(log.ledger('respond').at(-1)).toMatchObject({ dueAt: '2026-11-24T23:59:59.999Z' });
    expect(log.ledger('mitigate').at(-1)).toMatchObject({ dueAt: '2026-11-30T06:00:00.000Z' });
    expect(log.ledger('communicate')).toMatchObject([{ outcome: { kind: 'withdrawn' } }]);
    expect(log.deadlines(6).map(({ kind }) => kind)).toEqual(['respond', 'mitigate']);
  });

  it('misses stay: what was overdue at the change is a miss, and runs on with the new target', () => {
    const log = declared('SEV1');
    log.changeSeverity('SEV2', { at: 10 });
    log.add('incident.acknowledged', {}, { at: 12 });
    expect(log.ledger('respond')).toMatchObject([
      { dueAt: after(5), outcome: { kind: 'missed' } },
      { dueAt: after(15), outcome: { kind: 'met', at: after(12) } },
    ]);
    expect(log.ledger('respond')[0]!.outcome).not.toHaveProperty('at');
  });

  it('misses stay: an acknowledgement that was late stays late', () => {
    const log = declared('SEV1');
    log.add('incident.acknowledged', {}, { at: 8 });
    log.changeSeverity('SEV3', { at: 10 });
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(5), outcome: { kind: 'missed', at: after(8) } }]);
  });

  it('misses stay: a message overdue when SEV4 withdraws the cadence', () => {
    const log = declared('SEV2');
    log.changeSeverity('SEV4', { at: 20 });
    expect(log.ledger('communicate')).toMatchObject([{ outcome: { kind: 'missed' } }]);
  });

  it('what is due at the very moment of the change is no miss', () => {
    const log = declared('SEV2');
    log.changeSeverity('SEV4', { at: 15 });
    expect(log.ledger('communicate')).toMatchObject([{ outcome: { kind: 'withdrawn' } }]);
  });

  it('recomputes the next message from the last posting', () => {
    const log = declared('SEV1');
    log.post('initial', { at: 3 });
    log.changeSeverity('SEV2', { at: 10 });
    expect(running(log)).toMatchObject({ communicate: 33 });
  });

  it('nothing changes when the level stays', () => {
    const log = declared('SEV3');
    log.changeSeverity('SEV1', { at: 20 });
    expect(dueTimesAfterSeverityChange(log.state(), 'SEV1', after(21))).toEqual({ due: [], withdrawn: [] });
  });
});

describe('duties follow the highest severity unless marked misclassified', () => {
  it.each<[string, readonly (readonly [Severity, boolean])[], Severity, Severity]>([
    ['as declared', [], 'SEV2', 'SEV2'],
    ['raised', [['SEV1', false]], 'SEV1', 'SEV1'],
    ['lowered', [['SEV3', false]], 'SEV3', 'SEV2'],
    ['lowered twice', [['SEV3', false], ['SEV4', false]], 'SEV4', 'SEV2'], // prettier-ignore
    ['raised and lowered', [['SEV1', false], ['SEV4', false]], 'SEV4', 'SEV1'], // prettier-ignore
    ['lowered as misclassified', [['SEV4', true]], 'SEV4', 'SEV4'],
    ['raised, then lowered as misclassified', [['SEV1', false], ['SEV3', true]], 'SEV3', 'SEV3'], // prettier-ignore
    ['misclassified, then raised', [['SEV4', true], ['SEV3', false]], 'SEV3', 'SEV3'], // prettier-ignore
    ['raised as misclassified', [['SEV1', true]], 'SEV1', 'SEV1'],
  ])('SEV2 %s', (_case, changes, severity, dutySeverity) => {
    const log = declared('SEV2');
    for (const [to, misclassified] of changes) log.changeSeverity(to, { misclassified });
    expect(log.state()).toMatchObject({ severity, dutySeverity });
  });

  it('a change that is retracted never was', () => {
    const log = declared('SEV3');
    const raised = log.changeSeverity('SEV1', { at: 10 });
    log.retract(raised, { at: 11 });
    expect(log.state()).toMatchObject({ severity: 'SEV3', dutySeverity: 'SEV3' });
    expect(running(log)).toEqual({ respond: 60, mitigate: 240, communicate: 60 });
  });

  it('a resolution after lowering still asks for the post-mortem and the review', () => {
    const log = declared('SEV1');
    log.changeSeverity('SEV4', { at: 10 });
    log.resolve({ at: 20 });
    expect(log.state().ledger.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['postMortem', 'review']));
  });

  it('a resolution after a misclassification does not', () => {
    const log = declared('SEV1');
    log.changeSeverity('SEV4', { at: 2, misclassified: true });
    log.resolve({ at: 20 });
    expect(log.ledger('postMortem')).toEqual([]);
    expect(log.ledger('review')).toEqual([]);
  });
});

describe('SEV4: respond by the end of the next business day in the policy’s zone, mitigate within 7 days', () => {
  it.each([
    ['a Monday', 'UTC', '2026-11-23T06:00:00.000Z', '2026-11-24T23:59:59.999Z'],
    ['a Friday in Berlin', 'Europe/Berlin', '2026-11-27T06:00:00.000Z', '2026-11-30T22:59:59.999Z'],
    ['a Saturday in Kolkata', 'Asia/Kolkata', '2026-11-28T06:00:00.000Z', '2026-11-30T18:29:59.999Z'],
    ['a Sunday evening in New York', 'America/New_York', '2026-11-30T03:00:00.000Z', '2026-12-01T04:59:59.999Z'],
    ['an unknown zone: UTC', 'Mars/Base', '2026-11-23T06:00:00.000Z', '2026-11-24T23:59:59.999Z'],
  ])('detected on %s', (_case, zone, detected, respondBy) => {
    const log = eventLog();
    log.declare('SEV4', { policy: builtInPolicy(zone), detected }, { at: detected });
    const week = new Date(Date.parse(detected) + 7 * 86_400_000).toISOString();
    expect(log.state().ledger.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['respond', respondBy],
      ['mitigate', week],
    ]);
  });

  it('a week is 7 days of 24 hours, over a change of the clock too', () => {
    const log = eventLog();
    const detected = '2026-10-22T12:00:00.000Z';
    log.declare('SEV4', { policy: builtInPolicy('Europe/Berlin'), detected }, { at: detected });
    expect(log.ledger('mitigate')).toMatchObject([{ dueAt: '2026-10-29T12:00:00.000Z' }]);
  });

  it('has a ticket instead of a cadence', () => {
    const log = eventLog();
    log.declare('SEV4', { ticket: 'https://tickets.example.org/7' });
    log.post('initial', { at: 5 });
    log.add('incident.edited', { ticket: 'https://tickets.example.org/8' });
    expect(log.state().ticket).toBe('https://tickets.example.org/8');
    expect(log.ledger('communicate')).toEqual([]);
  });

  it('the writer may still set a time for the next message', () => {
    const log = declared('SEV4');
    log.post('initial', { at: 5, nextAt: after(120) });
    expect(log.ledger('communicate')).toMatchObject([{ from: after(5), dueAt: after(120) }]);
  });
});

describe('the policy in force and the due times it gave are stored', () => {
  it('the incident keeps the policy it was declared under', () => {
    const strict = { ...builtInPolicy('UTC'), warnAtPercent: 50 };
    const log = eventLog();
    log.declare('SEV1', { policy: strict });
    expect(log.state().policy).toEqual(strict);
    expect(log.deadlines(3)[0]).toMatchObject({ kind: 'respond', standing: 'dueSoon' });
  });

  it('due times are those of the event, whatever the policy beside it says', () => {
    const log = eventLog();
    log.declare('SEV1', { due: [{ kind: 'respond', from: after(0), dueAt: after(7) }] });
    expect(log.state().ledger).toMatchObject([{ kind: 'respond', dueAt: after(7) }]);
  });

  it('two due times of one kind in one event: the first counts', () => {
    const log = eventLog();
    const due = [7, 9].map((minutes) => ({ kind: 'respond' as const, from: after(0), dueAt: after(minutes) }));
    const { id } = log.declare('SEV1', { due });
    expect(log.state().ledger).toMatchObject([{ id: `respond-${id}`, dueAt: after(7) }]);
  });

  it('a clock that another responder’s event sets to the same due time goes on as it was', () => {
    const log = declared('SEV2');
    const [running] = log.ledger('respond');
    const due = [{ kind: 'respond' as const, from: running!.from, dueAt: running!.dueAt }];
    const change = { from: 'SEV2', to: 'SEV1', reason: 'x', misclassified: false, due, withdrawn: [] } as const;
    log.add('severity.changed', change, { at: 20 });
    expect(log.ledger('respond')).toEqual([running]);
  });

  it('another responder’s clock does not start what is done', () => {
    const log = declared('SEV1');
    log.add('incident.acknowledged', {}, { at: 2 });
    log.add('mitigation.finished', { mitigation: ulidOf(monday, 7), what: 'x', outcome: 'worked' }, { at: 3 });
    const due = (['respond', 'mitigate'] as const).map((kind) => ({ kind, from: after(0), dueAt: after(90) }));
    log.add('severity.changed', { from: 'SEV1', to: 'SEV2', reason: 'x', misclassified: false, due, withdrawn: [] });
    expect(running(log)).not.toHaveProperty('respond');
    expect(running(log)).not.toHaveProperty('mitigate');
  });
});
