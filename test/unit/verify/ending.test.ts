import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/incident/severity.ts';
import { decideAddActionItem, addActionItem } from '../../../src/learn/addActionItem.ts';
import { closeIncident, decideCloseIncident } from '../../../src/verify/closeIncident.ts';
import { decideReopen } from '../../../src/verify/reopen.ts';
import { decideResolve, resolve } from '../../../src/verify/resolve.ts';
import { decideVerifyRecovery, verifyRecovery } from '../../../src/verify/verifyRecovery.ts';
import { ada, carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const items = ['healthChecks', 'errorRate', 'latency', 'syntheticMonitors', 'userFlows'];
const verify = (...changes: object[]) => decideVerifyRecovery(verifyRecovery.args.parse({ items: changes }));
const resolving = (args: object = {}) => decideResolve(resolve.args.parse(args));
const reopening = decideReopen({ incident: undefined, reason: 'It is back' });
const closing = (args: object = {}, original?: string) => decideCloseIncident(closeIncident.args.parse(args), original);

function declared(severity: Severity = 'SEV1'): EventLog {
  const log = eventLog();
  log.open();
  log.declare(severity);
  log.add('incident.acknowledged', {}, { at: 1 });
  return log;
}

function verified(severity?: Severity): EventLog {
  const log = declared(severity);
  carriedOut(verify(...items.map((item) => ({ item, state: 'checked' }))), log, 20);
  return log;
}

const pendingOf = (log: EventLog) =>
  Object.fromEntries(
    log.state().ledger.flatMap(({ kind, dueAt, outcome }) => (outcome.kind === 'pending' ? [[kind, dueAt]] : [])),
  );

describe('verifying', () => {
  it('keeps who, when and how, and records nothing twice', () => {
    const log = declared();
    const check = { item: 'latency', state: 'checked', how: 'p99 at 120 ms' };
    expect(carriedOut(verify(check), log, 20).verification['latency']).toEqual({
      kind: 'checked',
      at: after(20),
      by: ada,
      how: 'p99 at 120 ms',
    });
    expect(decided(verify(check), log, 21)).toEqual([]);
    expect(decided(verify({ item: 'errorRate', state: 'unchecked' }), log, 21)).toEqual([]);
    expect(carriedOut(verify({ item: 'latency', state: 'unchecked' }), log, 22).verification).toEqual({});
  });

  it.each([
    [{ item: 'mood', state: 'checked' }, 'invalidArgument: The policy has no item mood to verify.'],
    [{ item: 'latency', state: 'waived' }, 'invalidArgument: Say with “reason” why latency is not verified.'],
  ])('%j is refused', (change, message) => {
    expect(refusalOf(() => decided(verify(change), declared(), 20))).toBe(message);
  });
});

describe('resolving', () => {
  it('names what is not verified, and takes a waiver for it', () => {
    const log = declared();
    carriedOut(
      verify({ item: 'latency', state: 'checked' }, { item: 'userFlows', state: 'waived', reason: 'night' }),
      log,
      10,
    );
    expect(refusalOf(() => decided(resolving(), log, 30))).toBe(
      'refused: Not verified: Health checks pass (/health/live, /health/ready); Error rate back to baseline; Synthetic monitors green.',
    );
    const state = carriedOut(resolving({ waiver: 'Nobody is awake' }), log, 30);
    expect(state.status).toBe('resolved');
    expect(state.verification['errorRate']).toMatchObject({ kind: 'waived', reason: 'Nobody is awake' });
    expect(state.verification['userFlows']).toMatchObject({ kind: 'waived', reason: 'night' });
  });

  it.each([
    [
      'SEV1',
      { postMortem: after(30 + 48 * 60), review: '2026-11-30T23:59:59.999Z' },
      'post-mortem scheduled, 2026-11-25 06:30 UTC',
    ],
    ['SEV3', { postMortem: after(30 + 48 * 60) }, 'post-mortem scheduled, 2026-11-25 06:30 UTC'],
    ['SEV4', {}, undefined],
  ] as const)('a %s starts what learning asks for', (severity, due, followUp) => {
    const log = verified(severity);
    log.post('update', { at: 25 });
    const { resolution } = carriedOut(resolving(), log, 30);
    const { communicate: _communicate, ...pending } = pendingOf(log);
    expect(pending).toEqual(due);
    expect(resolution?.followUp).toBe(followUp);
  });

  it.each([
    ['A pool of one', 'A pool of one'],
    ['unknown yet', undefined],
    ['Unknown.', undefined],
    ['not known yet', undefined],
    [' ', undefined],
    ['Unknown unknowns in the cache', 'Unknown unknowns in the cache'],
  ])('root cause %j', (rootCause, known) => {
    expect(carriedOut(resolving({ rootCause }), verified(), 30).resolution?.rootCause).toBe(known);
  });

  it.each([
    ['the mitigation that worked', { mitigated: 15 }, {}, after(15)],
    ['what a person says', { mitigated: 15 }, { impactEnd: after(18) }, after(18)],
    ['what was recorded before', { mitigated: 15, impactEnd: 17 }, {}, after(17)],
    ['unknown without a mitigation', {}, {}, undefined],
    ['unknown where it would end before it began', { mitigated: 15, impactStart: 16 }, {}, undefined],
  ])('the impact ends with %s', (_case, known, args, impactEnd) => {
    const log = verified();
    const { mitigated, impactStart, impactEnd: recorded } = known as Record<string, number | undefined>;
    if (impactStart !== undefined)
      log.add('moment.corrected', { moment: 'impactStart', time: after(impactStart), reason: 'x' });
    if (mitigated !== undefined)
      log.add(
        'mitigation.finished',
        { mitigation: '01JD0000000000000000000001', what: 'x', outcome: 'worked' },
        { at: mitigated },
      );
    if (recorded !== undefined)
      log.add('moment.corrected', { moment: 'impactEnd', time: after(recorded), reason: 'x' });
    expect(carriedOut(resolving(args), log, 30).moments.impactEnd).toBe(impactEnd);
  });

  it.each([
    [
      { impactEnd: after(-1) },
      'refused: The impact cannot end (2026-11-23 05:59 UTC) before it starts (2026-11-23 06:00 UTC).',
    ],
    [
      { impactEnd: after(90) },
      'refused: The end of the impact cannot be in the future: 2026-11-23 07:30 UTC is after 2026-11-23 06:30 UTC.',
    ],
  ])('%j is refused', (args, message) => {
    const log = verified();
    log.add('moment.corrected', { moment: 'impactStart', time: after(0), reason: 'x' });
    expect(refusalOf(() => decided(resolving(args), log, 30))).toBe(message);
  });

  it('twice is refused', () => {
    const log = verified();
    carriedOut(resolving(), log, 30);
    expect(refusalOf(() => decided(resolving(), log, 31))).toBe(
      'refused: The incident was resolved 2026-11-23 06:30 UTC.',
    );
  });
});

describe('reopening', () => {
  it('asks for an update one cadence later, and for verification and learning anew', () => {
    const log = verified();
    carriedOut(resolving(), log, 30);
    log.post('resolved', { at: 31 });
    log.add('postMortem.completed', {}, { at: 40 });
    const state = carriedOut(reopening, log, 60);
    expect(state.status).toBe('investigating');
    expect(state.verification).toEqual({});
    expect(pendingOf(log)).toEqual({ communicate: after(75) });
    expect(state.postMortem.completedAt).toBeUndefined();
  });

  it('revives the clocks that a false alarm had stopped, due as they were', () => {
    const log = eventLog();
    log.declare('SEV1');
    carriedOut(closing({ outcome: 'falseAlarm', reason: 'The probe was wrong' }), log, 3);
    expect(pendingOf(log)).toEqual({});
    carriedOut(reopening, log, 10);
    expect(pendingOf(log)).toEqual({ respond: after(5), mitigate: after(30), communicate: after(25) });
  });

  it('of what was completed works too, of what is open it is refused', () => {
    const log = verified('SEV4');
    expect(refusalOf(() => decided(reopening, log, 25))).toBe('refused: The incident is open already.');
    carriedOut(resolving(), log, 30);
    carriedOut(closing(), log, 31);
    expect(carriedOut(reopening, log, 40)).toMatchObject({ status: 'investigating', closed: undefined });
  });
});

describe('closing', () => {
  function resolved(severity: Severity, done: readonly ('postMortem' | 'review')[]): EventLog {
    const log = verified(severity);
    carriedOut(resolving(), log, 30);
    if (done.includes('postMortem')) log.add('postMortem.completed', {}, { at: 40 });
    if (done.includes('review')) log.add('review.recorded', { heldAt: after(50), attendees: [] }, { at: 50 });
    return log;
  }

  it.each([
    ['SEV1', [], 'the post-mortem is not completed, and the review is not recorded. SEV-1 asks for it.'],
    ['SEV1', ['postMortem'], 'the review is not recorded. SEV-1 asks for it.'],
    ['SEV2', ['review'], 'the post-mortem is not completed. SEV-2 asks for it.'],
    ['SEV3', [], 'the post-mortem is not completed. SEV-3 asks for it.'],
    ['SEV1', ['postMortem', 'review'], undefined],
    ['SEV3', ['postMortem'], undefined],
    ['SEV4', [], undefined],
  ] as const)('a %s with %j', (severity, done, missing) => {
    const result = missing === undefined ? 'done' : `refused: The incident cannot be closed yet: ${missing}`;
    expect(refusalOf(() => decided(closing(), resolved(severity, done), 60))).toBe(result);
  });

  it('follows the highest severity, unless that was a mistake', () => {
    for (const [misclassified, result] of [
      [false, /review/],
      [true, /^done$/],
    ] as const) {
      const log = declared('SEV1');
      log.changeSeverity('SEV4', { at: 5, misclassified });
      carriedOut(resolving({ waiver: 'x' }), log, 30);
      expect(refusalOf(() => decided(closing(), log, 60))).toMatch(result);
    }
  });

  it.each([
    [{}, 'refused: The incident is not resolved.'],
    [{ outcome: 'falseAlarm' }, 'invalidArgument: “reason” is missing: why is it false alarm?'],
    [{ outcome: 'cancelled', reason: 'A rehearsal' }, 'done'],
    [{ outcome: 'falseAlarm', reason: 'The probe was wrong' }, 'done'],
  ])('what is not resolved, with %j', (args, result) => {
    expect(refusalOf(() => decided(closing(args), declared(), 10))).toBe(result);
  });

  it('as a false alarm leaves no duty and no miss', () => {
    const log = declared('SEV1');
    const state = carriedOut(closing({ outcome: 'falseAlarm', reason: 'x' }), log, 300);
    expect(log.deadlines(10_000).map(({ standing }) => standing)).toEqual(['met']);
    expect(state.closed).toMatchObject({ outcome: 'falseAlarm', reason: 'x' });
    expect(refusalOf(() => decided(closing({ outcome: 'falseAlarm', reason: 'x' }), log, 301))).toBe(
      'refused: The incident was closed 2026-11-23 11:00 UTC.',
    );
  });

  it('leaves action items to be followed', () => {
    const log = resolved('SEV4', []);
    carriedOut(
      decideAddActionItem(addActionItem.args.parse({ title: 'Tidy up' }), '01JD0000000000000000000001'),
      log,
      40,
    );
    carriedOut(closing(), log, 50);
    expect(log.deadlines(60).filter(({ kind }) => kind === 'actionItem')).toMatchObject([{ standing: 'onTrack' }]);
  });
});
