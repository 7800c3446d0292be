import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { dateAfter } from '../../../src/incident/businessCalendar.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

const day = 24 * 60;

function resolved(at: number): EventLog {
  const log = eventLog();
  log.declare('SEV1');
  log.add('incident.acknowledged', {}, { at: 1 });
  log.resolve({ at });
  return log;
}

describe('post-mortem: within 48 hours of the last resolution', () => {
  it.each([
    ['at once', 31, 'met'],
    ['exactly after 48 hours', 30 + 2 * day, 'met'],
    ['a minute later', 31 + 2 * day, 'missed'],
  ] as const)('completed %s → %s', (_when, at, kind) => {
    const log = resolved(30);
    log.add('postMortem.completed', { document: 'post-mortem.md' }, { at });
    expect(log.ledger('postMortem')).toMatchObject([
      { from: after(30), dueAt: after(30 + 2 * day), outcome: { kind, at: after(at) } },
    ]);
    expect(log.state().postMortem).toMatchObject({ document: 'post-mortem.md', completedAt: after(at) });
  });

  it('is not met by writing it', () => {
    const log = resolved(30);
    log.add('postMortem.written', { document: 'post-mortem.md', sha256: 'a'.repeat(64) }, { at: 40 });
    expect(log.ledger('postMortem')).toMatchObject([{ outcome: { kind: 'pending' } }]);
    expect(log.state().postMortem).toEqual({ document: 'post-mortem.md', writtenAt: after(40) });
  });

  it('is 48 hours over a change of the clock too', () => {
    const log = eventLog();
    log.declare('SEV1', { policy: builtInPolicy('Europe/Berlin') });
    log.resolve({ at: '2026-10-24T12:00:00.000Z' });
    expect(log.ledger('postMortem')).toMatchObject([{ dueAt: '2026-10-26T12:00:00.000Z' }]);
  });
});

describe('review: by the end of the 5th business day after the last resolution', () => {
  it.each([
    ['a Monday', 'UTC', '2026-11-23T06:00:00.000Z', [], '2026-11-30T23:59:59.999Z'],
    ['a Friday', 'UTC', '2026-11-27T06:00:00.000Z', [], '2026-12-04T23:59:59.999Z'],
    ['a Saturday', 'UTC', '2026-11-28T06:00:00.000Z', [], '2026-12-04T23:59:59.999Z'],
    [
      'a Monday with two holidays',
      'UTC',
      '2026-11-23T06:00:00.000Z',
      ['2026-11-26', '2026-11-27'],
      '2026-12-02T23:59:59.999Z',
    ],
    ['a Monday in New York', 'America/New_York', '2026-10-26T12:00:00.000Z', [], '2026-11-03T04:59:59.999Z'],
    ['late on a Monday, a Tuesday in Apia', 'Pacific/Apia', '2026-11-23T12:00:00.000Z', [], '2026-12-01T10:59:59.999Z'],
  ])('resolved on %s', (_case, zone, at, holidays, dueAt) => {
    const policy = builtInPolicy(zone);
    const log = eventLog();
    log.declare('SEV2', { policy: { ...policy, calendar: { ...policy.calendar, holidays } } });
    log.resolve({ at });
    expect(log.ledger('review')).toMatchObject([{ from: at, dueAt, outcome: { kind: 'pending' } }]);
  });

  it.each([
    ['2026-11-30T23:59:59.999Z', 'met'],
    ['2026-12-01T00:00:00.000Z', 'missed'],
  ] as const)('held at %s → %s, whenever that was recorded', (heldAt, kind) => {
    const log = resolved(30);
    log.add('review.recorded', { heldAt, attendees: ['Ada', 'Bob'] }, { at: '2026-12-20T00:00:00.000Z' });
    expect(log.ledger('review')).toMatchObject([{ outcome: { kind, at: heldAt } }]);
    expect(log.state().review).toEqual({ heldAt, attendees: ['Ada', 'Bob'] });
  });
});

describe('reopened: what counts is the last resolution', () => {
  it('the first one’s clocks are withdrawn, the last one’s start', () => {
    const log = resolved(30);
    log.add('incident.reopened', { reason: 'it is back', due: [] }, { at: 60 });
    expect(log.state()).toMatchObject({ status: 'investigating', resolution: undefined });
    log.resolve({ at: 100 });
    expect(log.ledger('postMortem')).toMatchObject([
      { dueAt: after(30 + 2 * day), outcome: { kind: 'withdrawn' } },
      { dueAt: after(100 + 2 * day), outcome: { kind: 'pending' } },
    ]);
    expect(log.ledger('review')).toHaveLength(2);
    expect(log.state().moments.resolved).toBe(after(100));
  });

  it('what was overdue by then stays a miss', () => {
    const log = resolved(30);
    log.add('incident.reopened', { reason: 'it is back', due: [] }, { at: 3 * day });
    expect(log.ledger('postMortem')).toMatchObject([{ outcome: { kind: 'missed' } }]);
    expect(log.ledger('review')).toMatchObject([{ outcome: { kind: 'withdrawn' } }]);
  });

  it('a post-mortem completed before has to be completed again, and stays met', () => {
    const log = resolved(30);
    log.add('postMortem.completed', { document: 'post-mortem.md' }, { at: 40 });
    log.add('review.recorded', { heldAt: after(45), attendees: [] }, { at: 45 });
    log.add('incident.reopened', { reason: 'it is back', due: [] }, { at: 60 });
    expect(log.state().postMortem).toEqual({ document: 'post-mortem.md' });
    expect(log.state().review).toBeUndefined();
    log.resolve({ at: 100 });
    expect(log.ledger('postMortem').map(({ outcome }) => outcome.kind)).toEqual(['met', 'pending']);
    expect(log.ledger('review').map(({ outcome }) => outcome.kind)).toEqual(['met', 'pending']);
  });

  it('forgets the end: mitigated, impact end, resolved and the verification', () => {
    const log = eventLog();
    log.declare('SEV1', { impactStart: after(-5) });
    log.add('incident.acknowledged', {}, { at: 1 });
    log.add('mitigation.finished', { mitigation: ulidOf(monday, 7), what: 'x', outcome: 'worked' }, { at: 9 });
    log.add('verification.checked', { item: 'errorRate' }, { at: 10 });
    log.add('incident.resolved', { impactEnd: after(9), rootCause: 'pool', due: [] }, { at: 11 });
    log.add('incident.reopened', { reason: 'it is back', due: [] }, { at: 60 });
    expect(log.state().moments).toEqual({ impactStart: after(-5), detected: monday, acknowledged: after(1) });
    expect(Object.keys(log.state().verification)).toEqual([]);
  });

  it('starts the clocks of the reopening, and a mitigation stops them again', () => {
    const log = resolved(30);
    const due = [{ kind: 'mitigate' as const, from: after(60), dueAt: after(90) }];
    log.add('incident.reopened', { reason: 'it is back', due }, { at: 60 });
    expect(log.ledger('mitigate').at(-1)).toMatchObject({ dueAt: after(90), outcome: { kind: 'pending' } });
    log.add('mitigation.finished', { mitigation: ulidOf(monday, 8), what: 'x', outcome: 'worked' }, { at: 80 });
    expect(log.ledger('mitigate').map(({ outcome }) => outcome)).toEqual([
      { kind: 'met', at: after(30) },
      { kind: 'met', at: after(80) },
    ]);
  });

  it('a second responder’s reopening of what is open already changes nothing', () => {
    const log = resolved(30);
    log.add('incident.reopened', { reason: 'it is back', due: [] }, { at: 60 });
    log.add('verification.checked', { item: 'errorRate' }, { at: 70 });
    const before = log.state();
    log.add('incident.reopened', { reason: 'me too', due: [] }, { at: 71 });
    expect(log.state()).toMatchObject({ verification: before.verification, ledger: before.ledger });
  });

  it('a resolution that two responders record starts one clock each way, from the later', () => {
    const log = resolved(30);
    log.resolve({ at: 32 });
    expect(log.ledger('postMortem').map(({ dueAt, outcome }) => [dueAt, outcome.kind])).toEqual([
      [after(30 + 2 * day), 'withdrawn'],
      [after(32 + 2 * day), 'pending'],
    ]);
  });

  it('a resolution told after the post-mortem is complete asks for no other', () => {
    const log = resolved(30);
    log.add('postMortem.completed', {}, { at: 40 });
    log.resolve({ at: 32 });
    expect(log.ledger('postMortem')).toMatchObject([{ outcome: { kind: 'met', at: after(40) } }]);
  });

  it('a resolution that is retracted never was', () => {
    const log = eventLog();
    log.declare('SEV1');
    const early = log.resolve({ at: 3 });
    log.retract(early, { at: 4 });
    expect(log.state()).toMatchObject({ status: 'investigating', resolution: undefined });
    expect(log.state().ledger.map(({ kind, outcome }) => [kind, outcome.kind])).toEqual([
      ['respond', 'pending'],
      ['mitigate', 'pending'],
      ['communicate', 'pending'],
    ]);
  });
});

describe('action items', () => {
  const action = ulidOf(monday, 50);

  function withItem(dueOn: string, zone = 'UTC'): EventLog {
    const log = eventLog();
    log.declare('SEV1', { policy: builtInPolicy(zone) });
    log.add('action.added', { action, title: 'Add an alert', owner: 'Bob', dueOn }, { at: 60 });
    return log;
  }

  const item = (log: EventLog, now: string) => log.deadlines(now).find(({ kind }) => kind === 'actionItem');

  it.each([
    ['UTC', '2026-12-07T23:59:59.999Z'],
    ['Europe/Berlin', '2026-12-07T22:59:59.999Z'],
    ['America/New_York', '2026-12-08T04:59:59.999Z'],
    ['Nowhere/Land', '2026-12-07T23:59:59.999Z'],
  ])('are due at the end of their day in %s', (zone, dueAt) => {
    expect(item(withItem('2026-12-07', zone), monday)).toMatchObject({
      id: `actionItem-${action}`,
      title: 'Add an alert',
      from: after(60),
      dueAt,
    });
  });

  it('may be due at most 2 sprints of 14 days after the resolution', () => {
    const { sprintDays, actionItemSprints, calendar } = builtInPolicy('UTC');
    expect(dateAfter(monday, sprintDays * actionItemSprints, calendar)).toBe('2026-12-21');
  });

  it.each([
    ['long before', '2026-11-24T00:00:00.000Z', 'onTrack'],
    ['in the last fifth', '2026-12-06T00:00:00.000Z', 'dueSoon'],
    ['in the last millisecond', '2026-12-07T23:59:59.999Z', 'dueSoon'],
    ['after its day', '2026-12-08T00:00:00.000Z', 'overdue'],
  ])('%s it is %s: %s', (_when, now, standing) => {
    expect(item(withItem('2026-12-07'), now)).toMatchObject({ standing });
  });

  it.each([
    ['2026-12-07T23:59:59.999Z', 'met'],
    ['2026-12-08T00:00:00.000Z', 'missed'],
  ])('completed at %s → %s', (at, standing) => {
    const log = withItem('2026-12-07');
    log.add('action.completed', { action }, { at });
    expect(item(log, '2027-01-01T00:00:00.000Z')).toMatchObject({ standing, doneAt: at });
  });

  it('can be edited, completed, reopened and dropped', () => {
    const log = withItem('2026-12-07');
    log.add('action.edited', { action, dueOn: '2026-12-09', owner: 'Cy', reason: 'holiday' });
    expect(log.state().actions).toMatchObject([{ title: 'Add an alert', owner: 'Cy', dueOn: '2026-12-09' }]);
    log.add('action.completed', { action });
    log.add('action.reopened', { action, reason: 'not really' });
    expect(log.state().actions).toMatchObject([{ outcome: { kind: 'open' } }]);
    log.add('action.dropped', { action, reason: 'superseded' });
    expect(log.state().actions).toMatchObject([{ outcome: { kind: 'dropped', reason: 'superseded' } }]);
    expect(item(log, monday)).toBeUndefined();
  });

  it('further fields of an edit do not take the place of what an item is made of', () => {
    const log = withItem('2026-12-07');
    const further = { action, owner: 'Cy', outcome: null, addedAt: 7, id: 'x', kind: 'y' };
    log.add('action.edited', further);
    expect(log.state().actions).toEqual([
      {
        id: action,
        title: 'Add an alert',
        owner: 'Cy',
        dueOn: '2026-12-07',
        addedAt: after(60),
        outcome: { kind: 'open' },
      },
    ]);
    expect(item(log, monday)).toMatchObject({ standing: 'onTrack' });
  });

  it('are followed beyond the end of the incident', () => {
    const log = withItem('2026-12-07');
    log.resolve({ at: 70 });
    log.add('incident.closed', { outcome: 'completed' }, { at: 80 });
    expect(item(log, '2026-12-08T00:00:00.000Z')).toMatchObject({ standing: 'overdue' });
  });

  it('count once, even when two windows add the same', () => {
    const log = withItem('2026-12-07');
    log.add('action.added', { action, title: 'Another', dueOn: '2026-12-08' });
    expect(log.state().actions).toMatchObject([{ title: 'Add an alert' }]);
  });

  it.each(['action.completed', 'action.edited'] as const)('%s of what nobody added is ignored', (type) => {
    const log = eventLog();
    log.declare();
    log.add(type, { action });
    expect(log.state().actions).toEqual([]);
  });
});
