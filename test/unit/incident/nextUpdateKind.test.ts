import { describe, expect, it } from 'vitest';
import { hasToldTheEnd } from '../../../src/incident/hasToldTheEnd.ts';
import { nextUpdateKind } from '../../../src/incident/nextUpdateKind.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';

function send(log: EventLog, kind: 'initial' | 'update' | 'resolved', at: number): void {
  log.add('update.sent', { update: ulidOf(after(at), at), kind, text: 'We know more', due: [] }, { at });
}

describe('what people are to be told next', () => {
  it('is the beginning, then how it goes, then the end, and of each end anew', () => {
    const log = eventLog();
    log.open();
    log.declare('SEV2');
    const seen: (readonly [string, boolean])[] = [];
    const look = () => seen.push([nextUpdateKind(log.state()), hasToldTheEnd(log.state())]);
    look();
    send(log, 'initial', 5);
    look();
    log.resolve({ at: 30 });
    look();
    send(log, 'resolved', 31);
    look();
    log.add('incident.reopened', { reason: 'Slow again', due: [] }, { at: 40 });
    look();
    log.resolve({ at: 50 });
    look();
    expect(seen).toEqual([
      ['initial', false],
      ['update', false],
      ['resolved', false],
      ['resolved', true],
      ['update', false],
      ['resolved', false],
    ]);
  });

  it('is the resolution also after the incident was closed without it', () => {
    const log = eventLog();
    log.open();
    log.declare('SEV2');
    log.resolve({ at: 30 });
    log.add('incident.closed', { outcome: 'completed' }, { at: 40 });
    expect(nextUpdateKind(log.state())).toBe('resolved');
  });
});
