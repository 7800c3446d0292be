import { describe, expect, it } from 'vitest';
import { addNote, decideAddNote } from '../../../src/respond/addNote.ts';
import { correctEvent, decideCorrectEvent } from '../../../src/respond/correctEvent.ts';
import { decideRetractEvent, retractEvent } from '../../../src/respond/retractEvent.ts';
import { carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const reason = 'mistyped';
const note = (args: object) => decideAddNote(addNote.args.parse(args));
const correct = (args: object) => decideCorrectEvent(correctEvent.args.parse({ reason, ...args }));
const retract = (event: string) => decideRetractEvent(retractEvent.args.parse({ event, reason }));

function logWith() {
  const log = eventLog();
  return { log, opened: log.open(), declared: log.declare(), noted: log.add('note.added', { text: 'Pool full' }) };
}

const entryOf = (log: EventLog, id: string) => log.state().entries.find(({ event }) => event.id === id);

describe('notes', () => {
  it('can be backdated, not postdated, and come after the end too', () => {
    const { log } = logWith();
    log.add('incident.closed', { outcome: 'cancelled', reason: 'x' }, { at: 10 });
    carriedOut(note({ text: 'A customer called\nat nine', at: '2026-11-23T06:30:00+01:00' }), log, 20);
    expect(log.events.at(-1)).toMatchObject({ at: after(-30), data: { text: 'A customer called\nat nine' } });
    expect(refusalOf(() => decided(note({ text: 'x', at: after(60) }), log, 20))).toMatch(/^refused: .* in the future/);
  });
});

describe('corrections', () => {
  it('keep the old and show the new', () => {
    const { log, noted } = logWith();
    carriedOut(correct({ event: noted.id, text: 'Pool empty', at: after(-5) }), log, 20);
    expect(entryOf(log, noted.id)).toMatchObject({
      event: { at: after(-5), data: { text: 'Pool empty' } },
      original: { data: { text: 'Pool full' } },
    });
  });

  it('keep the rules of titles', () => {
    const { log, declared } = logWith();
    expect(carriedOut(correct({ event: declared.id, text: '  Payments\ndown ' }), log, 5).title).toBe('Payments down');
    expect(refusalOf(() => decided(correct({ event: declared.id, text: 'x'.repeat(301) }), log, 5))).toBe(
      'invalidArgument: “text” has 301 characters; at most 300 are possible.',
    );
  });

  it.each([
    ['noted', {}, 'invalidArgument: Nothing to correct: give another time (“at”) or other words (“text”).'],
    ['noted', { text: 'Pool full' }, 'refused: The entry reads so already.'],
    [
      'noted',
      { at: after(90) },
      'refused: An entry cannot be in the future: 2026-11-23 07:30 UTC is after 2026-11-23 06:20 UTC.',
    ],
    ['opened', { at: after(1) }, 'refused: Writer opened is about the record itself and stays as it is.'],
    ['opened', { text: 'x' }, 'refused: Writer opened has no words of its own to correct.'],
  ] as const)('of %s to %j', (which, args, message) => {
    const made = logWith();
    expect(refusalOf(() => decided(correct({ event: made[which].id, ...args }), made.log, 20))).toBe(message);
  });

  it('need an entry that counts', () => {
    const { log, noted } = logWith();
    expect(refusalOf(() => decided(correct({ event: '01JD0000000000000000000000', text: 'x' }), log, 5))).toBe(
      'notFound: There is no entry 01JD0000000000000000000000 in the timeline.',
    );
    carriedOut(retract(noted.id), log, 6);
    expect(refusalOf(() => decided(correct({ event: noted.id, text: 'x' }), log, 7))).toBe(
      'refused: The entry was retracted.',
    );
  });
});

describe('retractions', () => {
  it('can be taken back', () => {
    const { log, noted } = logWith();
    carriedOut(retract(noted.id), log, 5);
    const retraction = log.events.at(-1)!;
    expect(entryOf(log, noted.id)?.retraction).toBeDefined();
    expect(refusalOf(() => decided(retract(noted.id), log, 6))).toBe('refused: The entry was retracted.');
    carriedOut(retract(retraction.id), log, 6);
    expect(entryOf(log, noted.id)?.retraction).toBeUndefined();
  });

  it.each([
    ['declared', 'refused: The declaration cannot be retracted: the incident stands on it.'],
    ['opened', 'refused: Writer opened is about the record itself and stays as it is.'],
  ] as const)('of %s are refused', (which, message) => {
    const made = logWith();
    expect(refusalOf(() => decided(retract(made[which].id), made.log, 5))).toBe(message);
  });
});
