import { describe, expect, it } from 'vitest';
import { decideChangeSeverity } from '../../../src/respond/changeSeverity.ts';
import type { Severity } from '../../../src/incident/severity.ts';
import { carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import { after, eventLog } from '../../support/builders/events.ts';
import type { EventLog } from '../../support/builders/events.ts';

const change = (to: Severity, misclassified = false) =>
  decideChangeSeverity({ incident: undefined, to, reason: 'seen more', misclassified });

function declared(severity: Severity): EventLog {
  const log = eventLog();
  log.open();
  log.declare(severity);
  return log;
}

const pendingOf = (log: EventLog) =>
  Object.fromEntries(
    log.state().ledger.flatMap(({ kind, dueAt, outcome }) => (outcome.kind === 'pending' ? [[kind, dueAt]] : [])),
  );

describe('a change of severity', () => {
  it.each([
    // raised after 40 minutes: the earlier of the old due time and the change + the new target
    ['SEV3', 'SEV1', 40, { respond: after(45), mitigate: after(70), communicate: after(45) }],
    ['SEV3', 'SEV2', 40, { respond: after(55), mitigate: after(100), communicate: after(55) }],
    // lowered: recomputed from where each began
    ['SEV1', 'SEV3', 2, { respond: after(60), mitigate: after(240), communicate: after(60) }],
    ['SEV2', 'SEV4', 2, { respond: '2026-11-24T23:59:59.999Z', mitigate: after(7 * 24 * 60) }],
    // a level without a cadence gets one
    ['SEV4', 'SEV2', 10, { respond: after(25), mitigate: after(70), communicate: after(25) }],
  ] as const)('from %s to %s after %i min', (from, to, minutes, pending) => {
    const log = declared(from);
    carriedOut(change(to), log, minutes);
    expect(pendingOf(log)).toEqual(pending);
  });

  it('leaves met clocks met and missed ones missed', () => {
    const log = declared('SEV1');
    log.add('incident.acknowledged', {}, { at: 3 });
    log.post('initial', { at: 20 });
    carriedOut(change('SEV3'), log, 25);
    expect(log.ledger('respond').map(({ outcome }) => outcome.kind)).toEqual(['met']);
    expect(log.ledger('communicate').map(({ outcome }) => outcome.kind)).toEqual(['missed', 'withdrawn', 'pending']);
  });

  it.each([
    ['SEV1', 'SEV3', false, 'SEV1'],
    ['SEV1', 'SEV3', true, 'SEV3'],
    ['SEV3', 'SEV1', false, 'SEV1'],
    ['SEV4', 'SEV2', true, 'SEV2'],
  ] as const)('from %s to %s, misclassified %s: duties follow %s', (from, to, misclassified, duties) => {
    expect(carriedOut(change(to, misclassified), declared(from), 10).dutySeverity).toBe(duties);
  });

  it.each([
    ['SEV3', 'SEV1', false, { postMortem: after(60 + 48 * 60), review: '2026-11-30T23:59:59.999Z' }],
    ['SEV4', 'SEV3', false, { postMortem: after(60 + 48 * 60) }],
    ['SEV2', 'SEV4', false, { postMortem: after(60 + 48 * 60), review: '2026-11-30T23:59:59.999Z' }],
    ['SEV2', 'SEV3', true, { postMortem: after(60 + 48 * 60) }],
    ['SEV2', 'SEV4', true, {}],
  ] as const)('after the resolution, from %s to %s (misclassified: %s), learning follows', (from, to, wrong, due) => {
    const log = declared(from);
    log.add('incident.acknowledged', {}, { at: 1 });
    log.resolve({ at: 60 });
    log.post('resolved', { at: 61 });
    carriedOut(change(to, wrong), log, 90);
    expect(pendingOf(log)).toEqual(due);
  });

  it('does not ask again for a post-mortem that is done', () => {
    const log = declared('SEV3');
    log.resolve({ at: 60 });
    log.add('postMortem.completed', {}, { at: 70 });
    carriedOut(change('SEV2'), log, 90);
    expect(Object.keys(pendingOf(log)).sort()).toEqual(['communicate', 'review']);
  });

  it('is refused where it changes nothing or the incident is closed', () => {
    const log = declared('SEV2');
    expect(refusalOf(() => decided(change('SEV2'), log, 5))).toBe('refused: The incident is SEV-2 already.');
    log.add('incident.closed', { outcome: 'cancelled', reason: 'a test' }, { at: 6 });
    expect(refusalOf(() => decided(change('SEV1'), log, 7))).toBe(
      'refused: The incident was closed 2026-11-23 06:06 UTC.',
    );
  });
});
