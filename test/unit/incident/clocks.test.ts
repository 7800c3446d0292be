import { describe, expect, it } from 'vitest';
import type { MitigationOutcome, WorkingStatus } from '../../../src/incident/words.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

const rollBack = ulidOf(monday, 77);

describe('respond clock: from detected until acknowledged', () => {
  it.each([
    ['at once', 0, 'met'],
    ['within the target', 4, 'met'],
    ['exactly when due', 5, 'met'],
    ['a minute late', 6, 'missed'],
    ['an hour late', 65, 'missed'],
  ] as const)('SEV1 acknowledged %s (%d min) → %s', (_when, at, standing) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.acknowledged', {}, { at });
    expect(log.ledger('respond')).toMatchObject([
      { from: monday, dueAt: after(5), outcome: { kind: standing, at: after(at) } },
    ]);
    expect(log.deadlines(600)[0]).toMatchObject({ kind: 'respond', standing, doneAt: after(at) });
  });

  it('is missed by a millisecond', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('incident.acknowledged', {}, { at: '2026-11-23T06:05:00.001Z' });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind: 'missed' } }]);
  });

  it('counts from the detection, not from the declaration', () => {
    const log = eventLog();
    log.declare('SEV1', { detected: after(-20) }, { at: 0 });
    log.add('incident.acknowledged', {}, { at: 0 });
    expect(log.ledger('respond')).toMatchObject([
      { from: after(-20), dueAt: after(-15), outcome: { kind: 'missed', at: after(0) } },
    ]);
  });

  it('runs on while nobody acknowledges, whatever else is done', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('role.assigned', { role: 'scribe', person: 'Bob' }, { at: 1 });
    log.add('note.added', { text: 'looking' }, { at: 2 });
    log.post('initial', { at: 3 });
    log.add('mitigation.started', { mitigation: rollBack, what: 'roll back' }, { at: 4 });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind: 'pending' } }]);
    expect(log.deadlines(9)[0]).toMatchObject({ kind: 'respond', standing: 'overdue' });
  });

  it.each([
    [4, 'met'],
    [9, 'missed'],
  ] as const)('stops at a resolution at %d min that nobody had acknowledged before: %s', (at, kind) => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind, at: after(at) } }]);
    expect(log.state().moments).not.toHaveProperty('acknowledged');
  });

  it('an acknowledgement told after the resolution counts when it was earlier', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 20 });
    log.add('incident.acknowledged', {}, { at: 3 });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind: 'met', at: after(3) } }]);
  });

  it('runs again when the acknowledgement is retracted', () => {
    const log = eventLog();
    log.declare('SEV1');
    const acknowledged = log.add('incident.acknowledged', {}, { at: 2 });
    log.retract(acknowledged, { at: 3 });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind: 'pending' } }]);
    expect(log.state().moments).not.toHaveProperty('acknowledged');
  });
});

describe('mitigate clock: from detected until a mitigation is recorded as worked', () => {
  it.each<[MitigationOutcome, string, string]>([
    ['worked', 'met', 'monitoring'],
    ['noEffect', 'pending', 'mitigating'],
    ['madeWorse', 'pending', 'mitigating'],
    ['unknown', 'pending', 'mitigating'],
  ])('an attempt that %s leaves it %s, status %s', (outcome, kind, status) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('mitigation.started', { mitigation: rollBack, what: 'roll back' }, { at: 10 });
    log.add('mitigation.finished', { mitigation: rollBack, what: 'roll back', outcome }, { at: 20 });
    expect(log.ledger('mitigate')).toMatchObject([{ from: monday, dueAt: after(30), outcome: { kind } }]);
    expect(log.state().status).toBe(status);
    expect(log.state().mitigations).toMatchObject([
      { id: rollBack, outcome, startedAt: after(10), finishedAt: after(20) },
    ]);
  });

  it.each([
    [30, 'met'],
    [31, 'missed'],
  ] as const)('worked at %d min of 30 → %s', (at, kind) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('mitigation.finished', { mitigation: rollBack, what: 'roll back', outcome: 'worked' }, { at });
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind, at: after(at) } }]);
    expect(log.state().moments.mitigated).toBe(after(at));
  });

  it('is stopped by the first that worked, after others had no effect', () => {
    const log = eventLog();
    log.declare('SEV1');
    for (const [index, outcome] of (['noEffect', 'madeWorse', 'worked', 'worked'] as const).entries()) {
      const mitigation = ulidOf(monday, 100 + index);
      log.add('mitigation.finished', { mitigation, what: 'try', outcome }, { at: 10 * (index + 1) });
    }
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind: 'met', at: after(30) } }]);
  });

  it.each<WorkingStatus>(['identified', 'mitigating', 'monitoring'])('is not stopped by the status %s alone', (to) => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('status.changed', { to }, { at: 10 });
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind: 'pending' } }]);
    expect(log.state().status).toBe(to);
  });

  it.each([
    [20, 'met'],
    [40, 'missed'],
  ] as const)(
    'stops at the resolution at %d min when none is recorded as worked: %s, mitigated unknown',
    (at, kind) => {
      const log = eventLog();
      log.declare('SEV1');
      log.resolve({ at });
      expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind, at: after(at) } }]);
      expect(log.state().moments).not.toHaveProperty('mitigated');
    },
  );

  it('a mitigation told after the resolution counts from when it worked', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 40 });
    log.add('mitigation.finished', { mitigation: rollBack, what: 'roll back', outcome: 'worked' }, { at: 25 });
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind: 'met', at: after(25) } }]);
    expect(log.state().status).toBe('resolved');
  });

  it('a mitigation noted only after the resolution makes no miss of what was met', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.resolve({ at: 20 });
    log.add('mitigation.finished', { mitigation: rollBack, what: 'roll back', outcome: 'worked' }, { at: 50 });
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind: 'met', at: after(20) } }]);
  });

  it('the first that is recorded counts, in the moment and for the clock alike', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('mitigation.finished', { mitigation: rollBack, what: 'roll back', outcome: 'worked' }, { at: 35 });
    log.add('mitigation.finished', { mitigation: ulidOf(monday, 8), what: 'x', outcome: 'worked' }, { at: 25 });
    expect(log.state().moments.mitigated).toBe(after(35));
    expect(log.ledger('mitigate')).toMatchObject([{ outcome: { kind: 'missed', at: after(35) } }]);
  });

  it('a mitigation that is started and never finished runs', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('mitigation.started', { mitigation: rollBack, what: 'roll back', cause: 'bad deploy' }, { at: 10 });
    expect(log.state().mitigations).toMatchObject([{ outcome: 'running', cause: 'bad deploy' }]);
    expect(log.state().mitigations[0]).not.toHaveProperty('finishedAt');
  });
});

describe('communicate clock', () => {
  it.each([
    ['SEV1', 5],
    ['SEV2', 15],
    ['SEV3', 60],
  ] as const)('%s: the first message is due with respond, at %d min', (severity, minutes) => {
    const log = eventLog();
    log.declare(severity);
    const [respond] = log.ledger('respond');
    expect(log.ledger('communicate')).toMatchObject([
      { from: monday, dueAt: after(minutes), outcome: { kind: 'pending' } },
    ]);
    expect(log.ledger('communicate')[0]!.dueAt).toBe(respond!.dueAt);
  });

  it('then one cadence after the last was really posted, not after it was due or recorded', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2 });
    log.post('update', { at: 20 });
    expect(log.ledger('communicate')).toMatchObject([
      { from: after(0), dueAt: after(5), outcome: { kind: 'met', at: after(2) } },
      { from: after(2), dueAt: after(17), outcome: { kind: 'missed', at: after(20) } },
      { from: after(20), dueAt: after(35), outcome: { kind: 'pending' } },
    ]);
  });

  it('or the time that the writer set', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2, nextAt: after(60) });
    log.post('update', { at: 55 });
    expect(log.ledger('communicate')).toMatchObject([
      { dueAt: after(5), outcome: { kind: 'met' } },
      { from: after(2), dueAt: after(60), outcome: { kind: 'met', at: after(55) } },
      { from: after(55), dueAt: after(70), outcome: { kind: 'pending' } },
    ]);
  });

  it('ends with the resolution message, not with the resolution', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2 });
    log.resolve({ at: 10 });
    expect(log.ledger('communicate').at(-1)).toMatchObject({ outcome: { kind: 'pending' } });
    log.post('resolved', { at: 12 });
    expect(log.ledger('communicate').at(-1)).toMatchObject({ outcome: { kind: 'met', at: after(12) } });
  });

  it('does not start again by an update after the resolution message', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2 });
    log.resolve({ at: 10 });
    log.post('resolved', { at: 12 });
    log.post('update', { at: 14 });
    expect(log.ledger('communicate').filter(({ outcome }) => outcome.kind === 'pending')).toEqual([]);
    expect(log.state().updates).toHaveLength(3);
  });

  it('copied is not sent', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.add('update.copied', { update: ulidOf(monday, 9), kind: 'initial', sha256: 'a'.repeat(64) }, { at: 2 });
    expect(log.ledger('communicate')).toMatchObject([{ outcome: { kind: 'pending' } }]);
    expect(log.state().updates).toEqual([]);
  });

  it('a message entered belatedly, which repeats the running due time, changes no clock', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2 });
    log.post('update', { at: 10 });
    const before = log.state().ledger;
    const { kind, from, dueAt } = log.ledger('communicate').at(-1)!;
    const update = ulidOf(monday, 9);
    log.add('update.sent', { update, kind: 'update', text: 'x', due: [{ kind, from, dueAt }] }, { at: 6 });
    expect(log.state().ledger).toEqual(before);
    expect(log.state().updates.map(({ at }) => at)).toEqual([after(2), after(10), after(6)]);
  });

  it('goes back to the one before when a message is retracted', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 2 });
    const wrong = log.post('update', { at: 4 });
    log.retract(wrong, { at: 5 });
    expect(log.ledger('communicate').at(-1)).toMatchObject({ dueAt: after(17), outcome: { kind: 'pending' } });
  });

  it('keeps what was sent, as it was sent', () => {
    const log = eventLog();
    log.declare('SEV1');
    const sent = log.post('initial', { at: 2, by: 'Bob <bob@example.org>' });
    log.correct(sent, { text: 'something else' });
    expect(log.state().updates).toEqual([
      {
        id: sent.data.update,
        event: sent.id,
        kind: 'initial',
        text: 'initial message',
        at: after(2),
        by: 'Bob <bob@example.org>',
      },
    ]);
  });
});
