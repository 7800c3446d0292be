import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import type { MomentName } from '../../../src/incident/words.ts';
import { acknowledge, decideAcknowledge } from '../../../src/respond/acknowledge.ts';
import { assignRole, decideAssignRole } from '../../../src/respond/assignRole.ts';
import { correctMoment, decideCorrectMoment } from '../../../src/respond/correctMoment.ts';
import { decideDeclareIncident, declareIncident } from '../../../src/respond/declareIncident.ts';
import { decideEditIncident, editIncident } from '../../../src/respond/editIncident.ts';
import { decideReleaseRole, releaseRole } from '../../../src/respond/releaseRole.ts';
import { decideSetStatus, setStatus } from '../../../src/respond/setStatus.ts';
import { decideSnoozeDeadline, snoozeDeadline } from '../../../src/respond/snoozeDeadline.ts';
import { ada, carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const policy = builtInPolicy('UTC');
const declare = (args: object) =>
  decideDeclareIncident(declareIncident.args.parse(args), { name: '2026-11-23-checkout-down', policy });

function declared(): EventLog {
  const log = eventLog();
  log.open();
  carriedOut(declare({ title: 'Checkout down', severity: 'SEV2' }), log, 0);
  return log;
}

function ended(how: 'resolved' | 'closed'): EventLog {
  const log = declared();
  log.resolve({ at: 60 });
  if (how === 'closed') log.add('incident.closed', { outcome: 'completed' }, { at: 90 });
  return log;
}

describe('declaring', () => {
  it('acknowledges, makes the declarer commander, and starts the clocks from detection', () => {
    const log = eventLog();
    log.open();
    const state = carriedOut(declare({ title: 'Checkout down', severity: 'SEV1', detected: after(-3) }), log, 0);
    expect(state.roles).toEqual({ incidentCommander: ada });
    expect(state.moments).toEqual({ detected: after(-3), acknowledged: after(0) });
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(2), outcome: { kind: 'met' } }]);
    expect(log.ledger('mitigate')).toMatchObject([{ from: after(-3), dueAt: after(27) }]);
    expect(state.policy).toEqual(policy);
  });

  it('can leave the acknowledgement to others', () => {
    const log = eventLog();
    log.open();
    const state = carriedOut(declare({ title: 'x', severity: 'SEV1', acknowledge: false }), log, 0);
    expect(state.moments.acknowledged).toBeUndefined();
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(5), outcome: { kind: 'pending' } }]);
  });

  it.each([
    ['impactStart', 'The impact start cannot be in the future: 2026-11-23 06:06 UTC is after 2026-11-23 06:00 UTC.'],
    ['detected', 'Detection cannot be in the future: 2026-11-23 06:06 UTC is after 2026-11-23 06:00 UTC.'],
  ])('refuses %s in the future, beyond what clocks differ by', (field, message) => {
    const args = { title: 'x', severity: 'SEV1' };
    expect(refusalOf(() => decided(declare({ ...args, [field]: after(6) }), eventLog(), 0))).toBe(
      `refused: ${message}`,
    );
    expect(refusalOf(() => decided(declare({ ...args, [field]: after(5) }), eventLog(), 0))).toBe('done');
  });
});

describe('acknowledging', () => {
  const decide = (args: object) => decideAcknowledge(acknowledge.args.parse(args));

  it('stops the respond clock at the time it happened', () => {
    const log = eventLog();
    log.open();
    log.declare('SEV1');
    expect(carriedOut(decide({ at: after(4) }), log, 20).moments.acknowledged).toBe(after(4));
    expect(log.ledger('respond')[0]?.outcome).toEqual({ kind: 'met', at: after(4) });
    expect(refusalOf(() => decided(decide({}), log, 30))).toBe(
      'refused: The incident was acknowledged 2026-11-23 06:04 UTC.',
    );
  });

  it('is refused in the future', () => {
    const log = eventLog();
    log.declare('SEV1');
    expect(refusalOf(() => decided(decide({ at: after(60) }), log, 10))).toMatch(/^refused: .* in the future/);
  });
});

describe('editing', () => {
  const decide = (args: object) => decideEditIncident(editIncident.args.parse(args));

  it('records only what differs, and can empty what is optional', () => {
    const log = declared();
    expect(decided(decide({ title: 'Checkout down', impact: ' ' }), log, 5)).toEqual([]);
    const state = carriedOut(decide({ title: 'Payments down', service: 'payments' }), log, 5);
    expect(state).toMatchObject({ title: 'Payments down', service: 'payments', name: '2026-11-23-checkout-down' });
    expect(decided(decide({ title: 'Payments down', service: '' }), log, 6)).toEqual([
      { type: 'incident.edited', data: { service: '' } },
    ]);
    expect(refusalOf(() => decided(decide({}), log, 6))).toMatch(/^invalidArgument: Nothing to change/);
  });
});

describe('status', () => {
  const decide = (status: string) => decideSetStatus(setStatus.args.parse({ status }));

  it.each([
    ['working', declared, 'identified', 'done'],
    ['working', declared, 'investigating', 'refused: The status is Investigating already.'],
    ['resolved', () => ended('resolved'), 'monitoring', 'refused: The incident is resolved.'],
    ['closed', () => ended('closed'), 'monitoring', 'refused: The incident was closed 2026-11-23 07:30 UTC.'],
  ])('when %s', (_case, log, status, result) => {
    expect(refusalOf(() => decided(decide(status), log(), 100))).toBe(result);
  });
});

describe('roles', () => {
  const assign = (role: string, person: string) => decideAssignRole(assignRole.args.parse({ role, person }));
  const release = (role: string) => decideReleaseRole(releaseRole.args.parse({ role }));

  it('change hands, keep their history and can be given up', () => {
    const log = declared();
    carriedOut(assign('incidentCommander', 'Grace <grace@example.org>'), log, 10);
    const state = carriedOut(release('incidentCommander'), log, 20);
    expect(state.roles).toEqual({});
    expect(state.roleTerms).toEqual([
      { role: 'incidentCommander', person: ada, from: after(0), to: after(10) },
      { role: 'incidentCommander', person: 'Grace <grace@example.org>', from: after(10), to: after(20) },
    ]);
  });

  it.each([
    [() => assign('incidentCommander', ada), declared, 'refused: Ada Lovelace is Incident Commander already.'],
    [() => release('scribe'), declared, 'refused: Nobody is Scribe.'],
    [() => assign('scribe', 'Eve'), () => ended('closed'), 'refused: The incident was closed 2026-11-23 07:30 UTC.'],
  ])('refuses what makes no sense (%#)', (decide, log, message) => {
    expect(refusalOf(() => decided(decide(), log(), 100))).toBe(message);
  });
});

describe('correcting moments', () => {
  const decide = (moment: MomentName, time?: string | null) =>
    decideCorrectMoment(correctMoment.args.parse({ moment, time, reason: 'seen in the logs' }));

  it('changes durations, not due times', () => {
    const log = declared();
    const before = log.state().ledger;
    const state = carriedOut(decide('detected', after(-30)), log, 10);
    expect(state.moments.detected).toBe(after(-30));
    expect(state.ledger).toEqual(before);
  });

  it.each([
    [
      'impactEnd',
      after(-20),
      'refused: The impact cannot end (2026-11-23 05:40 UTC) before it starts (2026-11-23 05:50 UTC).',
    ],
    ['impactEnd', after(-10), 'done'],
    ['impactEnd', null, 'done'],
    [
      'impactStart',
      after(30),
      'refused: The impact start cannot be in the future: 2026-11-23 06:30 UTC is after 2026-11-23 06:05 UTC.',
    ],
    ['detected', after(-300), 'done'],
    ['detected', null, 'refused: Detection is always known: it is the declaration when nothing came before it.'],
    ['acknowledged', after(2), 'done'],
    ['acknowledged', null, 'done'],
    ['mitigated', after(2), 'refused: No mitigation is recorded as worked.'],
    ['resolved', after(2), 'refused: The incident has not been resolved.'],
    ['impactStart', undefined, 'invalidArgument: “time” is missing: give a time, or null when it is no longer known.'],
  ] as const)('%s to %s', (moment, time, result) => {
    const log = declared();
    log.add('moment.corrected', { moment: 'impactStart', time: after(-10), reason: 'alert' }, { at: 1 });
    expect(refusalOf(() => decided(decide(moment, time), log, 5))).toBe(result);
  });

  it('refuses an impact start after the impact end', () => {
    const log = declared();
    log.add('moment.corrected', { moment: 'impactEnd', time: after(10), reason: 'graph' }, { at: 11 });
    expect(refusalOf(() => decided(decide('impactStart', after(12)), log, 13))).toMatch(
      /^refused: The impact cannot end/,
    );
  });

  it('can give a time again to an acknowledgement whose time was unknown', () => {
    const log = declared();
    carriedOut(decide('acknowledged', null), log, 5);
    expect(carriedOut(decide('acknowledged', after(3)), log, 6).moments.acknowledged).toBe(after(3));
  });
});

describe('snoozing', () => {
  const decide = (args: object) => decideSnoozeDeadline(snoozeDeadline.args.parse({ reason: 'in a call', ...args }));

  function withActions(): EventLog {
    const log = declared();
    for (const number of [1, 2])
      log.add('action.added', {
        action: `01JD000000000000000000000${number}`,
        title: `Do ${number}`,
        dueOn: '2026-12-01',
      });
    return log;
  }

  it.each([
    [{ minutes: 10 }, /^communicate-/, after(15)],
    [{ until: after(30), deadline: 'mitigate' }, /^mitigate-/, after(30)],
    [
      { minutes: 1, deadline: 'actionItem-01JD0000000000000000000002' },
      /^actionItem-01JD0000000000000000000002$/,
      after(6),
    ],
  ])('%j', (args, deadline, until) => {
    const [event] = decided(decide(args), withActions(), 5);
    const data = event?.type === 'deadline.snoozed' ? event.data : undefined;
    expect(data?.deadline).toMatch(deadline);
    expect(data?.until).toBe(until);
  });

  it.each([
    [{}, /^invalidArgument: Say until when/],
    [{ minutes: 5, until: after(9) }, /^invalidArgument: Say until when/],
    [{ until: after(4) }, /^refused: Reminders cannot be snoozed until/],
    [{ minutes: 5, deadline: 'review' }, /^notFound: No deadline review is running/],
    [{ minutes: 5, deadline: 'actionItem' }, /^ambiguous: .*Do 1 \(actionItem-.*Do 2/],
  ])('%j is refused', (args, message) => {
    expect(refusalOf(() => decided(decide(args), withActions(), 5))).toMatch(message);
  });
});
