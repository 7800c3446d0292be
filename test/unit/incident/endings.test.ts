import { describe, expect, it } from 'vitest';
import type { CloseOutcome } from '../../../src/incident/words.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

const other = ulidOf(monday, 99);

describe('ends other than resolved: a reason, no gate, no post-mortem', () => {
  it.each<[CloseOutcome, { reason: string; duplicateOf?: string }]>([
    ['falseAlarm', { reason: 'the probe was broken' }],
    ['cancelled', { reason: 'planned work' }],
    ['duplicate', { reason: 'same outage', duplicateOf: other }],
  ])('%s ends every clock without a miss', (outcome, data) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.closed', { outcome, ...data }, { at: 600, by: 'Bob' });
    const state = log.state();
    expect(state.status).toBe('closed');
    expect(state.closed).toEqual({ at: after(600), by: 'Bob', outcome, ...data });
    expect(state.ledger.map(({ kind, outcome: ended }) => [kind, ended.kind])).toEqual([
      ['respond', 'withdrawn'],
      ['mitigate', 'withdrawn'],
      ['communicate', 'withdrawn'],
    ]);
    expect(log.deadlines(700)).toEqual([]);
  });

  it('after the resolution, the post-mortem and the review are no longer asked for', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 10 });
    log.add('incident.closed', { outcome: 'falseAlarm', reason: 'the probe was broken' }, { at: 20 });
    expect(log.ledger('postMortem')).toMatchObject([{ outcome: { kind: 'withdrawn' } }]);
    expect(log.ledger('review')).toMatchObject([{ outcome: { kind: 'withdrawn' } }]);
  });

  it('what was met or missed before stays', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.acknowledged', {}, { at: 9 });
    log.post('initial', { at: 2 });
    log.add('incident.closed', { outcome: 'cancelled', reason: 'x' }, { at: 20 });
    expect(log.state().ledger.map(({ kind, outcome }) => [kind, outcome.kind])).toEqual([
      ['respond', 'missed'],
      ['mitigate', 'withdrawn'],
      ['communicate', 'met'],
      ['communicate', 'withdrawn'],
    ]);
  });

  it('can be reopened: it is as open as before, and its clocks start as the reopening says', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.closed', { outcome: 'falseAlarm', reason: 'x' }, { at: 3 });
    const due = [
      { kind: 'respond' as const, from: after(0), dueAt: after(5) },
      { kind: 'communicate' as const, from: after(4), dueAt: after(19) },
    ];
    log.add('incident.reopened', { reason: 'it was real', due }, { at: 4 });
    expect(log.state()).toMatchObject({ status: 'investigating', closed: undefined });
    expect(log.deadlines(4).map(({ kind, standing }) => [kind, standing])).toEqual([
      ['respond', 'dueSoon'],
      ['communicate', 'onTrack'],
    ]);
  });
});

describe('completed: closed after its duties', () => {
  it('what was still pending then is withdrawn, or missed when overdue', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 10 });
    log.add('postMortem.completed', {}, { at: 20 });
    log.add('incident.closed', { outcome: 'completed' }, { at: 30 });
    expect(log.state().ledger.map(({ kind, outcome }) => [kind, outcome.kind])).toEqual([
      ['respond', 'missed'],
      ['mitigate', 'met'],
      ['communicate', 'missed'],
      ['postMortem', 'met'],
      ['review', 'withdrawn'],
    ]);
  });
});

describe('after the end', () => {
  it.each(['completed', 'falseAlarm'] as const)('nothing starts a clock or changes the status (%s)', (outcome) => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 10 });
    log.add('incident.closed', { outcome, reason: 'x' }, { at: 20 });
    log.add('status.changed', { to: 'mitigating' });
    log.add('mitigation.started', { mitigation: other, what: 'x' });
    log.add('mitigation.finished', { mitigation: other, what: 'x', outcome: 'worked' });
    log.post('update');
    log.changeSeverity('SEV4');
    log.changeSeverity('SEV1');
    log.resolve();
    log.add('incident.closed', { outcome: 'cancelled', reason: 'again' });
    expect(log.state()).toMatchObject({ status: 'closed', closed: { outcome, at: after(20) } });
    expect(log.state().ledger.filter((entry) => entry.outcome.kind === 'pending')).toEqual([]);
    expect(log.state().moments.resolved).toBe(after(10));
  });

  it('a resolved incident keeps its status through late events of other responders', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 10 });
    log.add('status.changed', { to: 'identified' }, { at: 9 });
    log.add('mitigation.started', { mitigation: other, what: 'x' }, { at: 9 });
    expect(log.state().status).toBe('resolved');
  });
});

describe('the resolution', () => {
  it('keeps what was said, and nothing that was not', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.resolved', { due: [] }, { at: 10, by: 'Bob' });
    expect(log.state().resolution).toEqual({ at: after(10), by: 'Bob' });
    expect(log.state().moments).not.toHaveProperty('impactEnd');
    log.add('incident.resolved', { rootCause: 'pool too small', followUp: 'Friday', due: [] }, { at: 11 });
    expect(log.state().resolution).toMatchObject({ rootCause: 'pool too small', followUp: 'Friday' });
  });

  it('verification: checked, unchecked and waived, with who, when and why', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('verification.checked', { item: 'errorRate', how: 'dashboard' }, { at: 10 });
    log.add('verification.checked', { item: 'latency' }, { at: 11 });
    log.add('verification.unchecked', { item: 'latency' }, { at: 12 });
    log.add(
      'verification.waived',
      { items: ['syntheticMonitors', '__proto__'], reason: 'none' },
      { at: 13, by: 'Bob' },
    );
    expect({ ...log.state().verification }).toEqual({
      errorRate: { kind: 'checked', at: after(10), by: 'Ada <ada@example.org>', how: 'dashboard' },
      syntheticMonitors: { kind: 'waived', at: after(13), by: 'Bob', reason: 'none' },
      ['__proto__']: { kind: 'waived', at: after(13), by: 'Bob', reason: 'none' },
    });
  });
});
