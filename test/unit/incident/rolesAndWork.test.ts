import { describe, expect, it } from 'vitest';
import { roles } from '../../../src/incident/words.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

function declared(): EventLog {
  const log = eventLog();
  log.declare('SEV1');
  return log;
}

describe('roles', () => {
  it('one person may hold several, up to all four', () => {
    const log = declared();
    for (const role of roles) log.add('role.assigned', { role, person: 'Ada' });
    expect(log.state().roles).toEqual({
      incidentCommander: 'Ada',
      technicalLead: 'Ada',
      communicationsLead: 'Ada',
      scribe: 'Ada',
    });
  });

  it('keep their history', () => {
    const log = declared();
    log.add('role.assigned', { role: 'scribe', person: 'Ada' }, { at: 1 });
    log.add('role.assigned', { role: 'scribe', person: 'Bob' }, { at: 5 });
    log.add('role.released', { role: 'scribe', person: 'Bob' }, { at: 9 });
    log.add('role.assigned', { role: 'scribe', person: 'Ada' }, { at: 12 });
    expect(log.state().roles).toEqual({ scribe: 'Ada' });
    expect(log.state().roleTerms).toEqual([
      { role: 'scribe', person: 'Ada', from: after(1), to: after(5) },
      { role: 'scribe', person: 'Bob', from: after(5), to: after(9) },
      { role: 'scribe', person: 'Ada', from: after(12) },
    ]);
  });

  it('assigning a role to whoever has it begins no new term', () => {
    const log = declared();
    log.add('role.assigned', { role: 'scribe', person: 'Ada' }, { at: 1 });
    log.add('role.assigned', { role: 'scribe', person: 'Ada' }, { at: 5 });
    expect(log.state().roleTerms).toEqual([{ role: 'scribe', person: 'Ada', from: after(1) }]);
  });

  it('a release of a role that another has taken meanwhile changes nothing', () => {
    const log = declared();
    log.add('role.assigned', { role: 'scribe', person: 'Ada' }, { at: 1 });
    log.add('role.assigned', { role: 'scribe', person: 'Bob' }, { at: 5 });
    log.add('role.released', { role: 'scribe', person: 'Ada' }, { at: 6 });
    expect(log.state().roles).toEqual({ scribe: 'Bob' });
  });
});

describe('handover', () => {
  const offer = {
    roles: ['incidentCommander', 'scribe'] as const,
    from: 'Ada',
    to: 'Bob',
    situation: 'rolled back',
    tried: 'restart',
    next: 'verify',
  };

  function offered(): { readonly log: EventLog; readonly handover: string } {
    const log = declared();
    log.add('role.assigned', { role: 'incidentCommander', person: 'Ada' }, { at: 1 });
    return { log, handover: log.add('handover.offered', offer, { at: 10 }).id };
  }

  it('changes nothing until it is accepted', () => {
    const { log, handover } = offered();
    expect(log.state().roles).toEqual({ incidentCommander: 'Ada' });
    expect(log.state().handovers).toEqual([
      { ...offer, id: handover, offeredAt: after(10), outcome: { kind: 'offered' } },
    ]);
  });

  it('accepted: the taker has the roles from then on', () => {
    const { log, handover } = offered();
    log.add('handover.accepted', { handover }, { at: 12, by: 'Bob' });
    expect(log.state().roles).toEqual({ incidentCommander: 'Bob', scribe: 'Bob' });
    expect(log.state().roleTerms).toContainEqual({
      role: 'incidentCommander',
      person: 'Ada',
      from: after(1),
      to: after(12),
    });
    expect(log.state().handovers).toMatchObject([{ outcome: { kind: 'accepted', at: after(12), by: 'Bob' } }]);
  });

  it('declined: nothing changes, with the reason', () => {
    const { log, handover } = offered();
    log.add('handover.declined', { handover, reason: 'asleep' }, { at: 12 });
    log.add('handover.accepted', { handover }, { at: 13 });
    expect(log.state().roles).toEqual({ incidentCommander: 'Ada' });
    expect(log.state().handovers).toMatchObject([{ outcome: { kind: 'declined', reason: 'asleep' } }]);
  });

  it('is answered once', () => {
    const { log, handover } = offered();
    log.add('handover.accepted', { handover }, { at: 12 });
    log.add('handover.declined', { handover, reason: 'asleep' }, { at: 13 });
    expect(log.state().handovers).toMatchObject([{ outcome: { kind: 'accepted' } }]);
  });

  it('an answer to what nobody offered is ignored', () => {
    const log = declared();
    log.add('handover.accepted', { handover: ulidOf(monday, 42) });
    expect(log.state().handovers).toEqual([]);
  });
});

describe('investigation', () => {
  it('a check has the result that was recorded last, with who and when', () => {
    const log = declared();
    log.add('check.completed', { check: 'traffic', verdict: 'ok', summary: 'flat', manual: true }, { at: 3 });
    const last = log.add(
      'check.completed',
      { check: 'traffic', verdict: 'bad', summary: 'a spike', manual: false },
      { at: 4, by: 'Bob' },
    );
    expect(log.state().checks).toEqual({
      traffic: {
        event: last.id,
        check: 'traffic',
        verdict: 'bad',
        summary: 'a spike',
        manual: false,
        at: after(4),
        by: 'Bob',
        evidence: [],
      },
    });
  });

  it('a finding that is retracted is gone from the findings, not from the record', () => {
    const log = declared();
    const finding = log.add('finding.added', { check: 'logs', text: 'pool exhausted' }, { at: 3 });
    expect(log.state().findings).toMatchObject([{ id: finding.id, text: 'pool exhausted' }]);
    log.retract(finding);
    expect(log.state().findings).toEqual([]);
    expect(log.state().entries.map(({ event }) => event.id)).toContain(finding.id);
  });

  it('a suspect has its last judgement and keeps its place', () => {
    const log = declared();
    const judge = (commit: string, judgement: 'suspected' | 'confirmed' | 'cleared') =>
      log.add('suspect.judged', { commit, subject: 'x', judgement, reason: 'y' });
    judge('aaa', 'suspected');
    judge('bbb', 'confirmed');
    judge('aaa', 'cleared');
    expect(log.state().suspects.map(({ commit, judgement }) => [commit, judgement])).toEqual([
      ['aaa', 'cleared'],
      ['bbb', 'confirmed'],
    ]);
  });

  it('a change looked at twice is listed once', () => {
    const log = declared();
    const commit = (id: string) => ({ id, subject: id, author: 'Ada', at: monday });
    log.add('change.inspected', { commits: [commit('a'), commit('b')] });
    log.add('change.inspected', { commits: [commit('b'), commit('__proto__'), commit('a')] });
    expect(log.state().inspected.map(({ id }) => id)).toEqual(['a', 'b', '__proto__']);
  });

  it('edits change what they name and nothing else', () => {
    const log = declared();
    log.add('incident.edited', { title: 'Checkout slow', service: 'checkout', symptom: 'highLatency' });
    expect(log.state()).toMatchObject({
      title: 'Checkout slow',
      impact: 'Nobody can pay',
      service: 'checkout',
      symptom: 'highLatency',
      channel: '#incident-2026-11-23-checkout-down',
      name: '2026-11-23-checkout-down',
    });
  });
});
