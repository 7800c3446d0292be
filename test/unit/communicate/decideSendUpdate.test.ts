import { describe, expect, it } from 'vitest';
import type { PostedUpdate } from '../../../src/communicate/decideSendUpdate.ts';
import { decideSendUpdate } from '../../../src/communicate/decideSendUpdate.ts';
import type { Severity } from '../../../src/incident/severity.ts';
import { carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const first = '01JD0000000000000000000001';
const second = '01JD0000000000000000000002';
const send = (posted: Partial<PostedUpdate>) =>
  decideSendUpdate({ update: first, kind: 'update', text: 'We know more', ...posted });

function declared(severity: Severity = 'SEV2'): EventLog {
  const log = eventLog();
  log.open();
  log.declare(severity);
  return log;
}

const dueAtOf = (log: EventLog) =>
  log.ledger('communicate').flatMap(({ dueAt, outcome }) => (outcome.kind === 'pending' ? [dueAt] : []));

describe('the communicate clock', () => {
  it.each([
    ['one cadence after it was posted', 'SEV1', { kind: 'initial' }, [after(25)]],
    ['one cadence after it was really posted', 'SEV2', { at: after(4) }, [after(34)]],
    ['the time that the writer set', 'SEV2', { nextUpdateAt: after(90) }, [after(90)]],
    ['none where the ticket tells people', 'SEV4', {}, []],
    ['the writer’s, there too', 'SEV4', { nextUpdateAt: after(90) }, [after(90)]],
  ] as const)('%s', (_case, severity, posted, due) => {
    const log = declared(severity);
    carriedOut(send(posted), log, 10);
    expect(dueAtOf(log)).toEqual(due);
  });

  it('is not moved by a message that is entered belatedly', () => {
    const log = declared('SEV2');
    carriedOut(send({ update: second, at: after(20) }), log, 20);
    carriedOut(send({ at: after(10) }), log, 25);
    expect(dueAtOf(log)).toEqual([after(50)]);
  });

  it('starts anew when the machine’s clock was set back since the last message', () => {
    const log = declared('SEV2');
    carriedOut(send({}), log, 20);
    carriedOut(send({ update: second }), log, 10);
    expect(dueAtOf(log)).toEqual([after(40)]);
  });

  it('ends with the resolution message', () => {
    const log = declared('SEV2');
    log.resolve({ at: 30 });
    expect(dueAtOf(log)).toEqual([after(15)]);
    carriedOut(send({ kind: 'resolved' }), log, 31);
    expect(dueAtOf(log)).toEqual([]);
    carriedOut(send({ update: second }), log, 40);
    expect(dueAtOf(log)).toEqual([]);
  });

  it('goes on after the resolution until people were told', () => {
    const log = declared('SEV2');
    log.resolve({ at: 30 });
    carriedOut(send({}), log, 31);
    expect(dueAtOf(log)).toEqual([after(61)]);
  });
});

describe('the status of a message', () => {
  it('becomes the incident’s', () => {
    const state = carriedOut(send({ status: 'identified' }), declared(), 10);
    expect(state.status).toBe('identified');
    expect(state.updates[0]).toMatchObject({ id: first, status: 'identified' });
  });

  it('is the incident’s when none is given, and changes nothing after the end', () => {
    const log = declared();
    expect(decided(send({}), log, 10)).toMatchObject([{ type: 'update.sent', data: { status: 'investigating' } }]);
    log.resolve({ at: 30 });
    expect(carriedOut(send({ status: 'monitoring' }), log, 31).status).toBe('resolved');
  });
});

describe('a message is refused', () => {
  it.each([
    [
      'in the future',
      { at: after(30) },
      'The time of posting cannot be in the future: 2026-11-23 06:30 UTC is after 2026-11-23 06:10 UTC.',
    ],
    [
      'as a resolution too early',
      { kind: 'resolved' },
      'The incident is not resolved, so a resolution message would be wrong.',
    ],
    [
      'with a promise in the past',
      { nextUpdateAt: after(10) },
      'The next update (2026-11-23 06:10 UTC) must come after this one (2026-11-23 06:10 UTC).',
    ],
  ] as const)('%s', (_case, posted, message) => {
    expect(refusalOf(() => decided(send(posted), declared(), 10))).toBe(`refused: ${message}`);
  });

  it('twice', () => {
    const log = declared();
    carriedOut(send({}), log, 10);
    expect(refusalOf(() => decided(send({}), log, 11))).toBe('refused: This message was sent 2026-11-23 06:10 UTC.');
  });
});
