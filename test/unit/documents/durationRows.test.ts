import { describe, expect, it } from 'vitest';
import { durationRows } from '../../../src/documents/durationRows.ts';
import type { DurationRow } from '../../../src/documents/durationRows.ts';
import { momentRows } from '../../../src/documents/momentRows.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';
import type { EventLog } from '../../support/builders/events.ts';

function rowOf(log: EventLog, measure: string): DurationRow | undefined {
  return durationRows(log.state(), 'UTC').find((row) => row.measure === measure);
}

function worked(log: EventLog, minutes: number): void {
  const mitigation = ulidOf(after(minutes), 9);
  log.add('mitigation.finished', { mitigation, what: 'Roll back', outcome: 'worked' }, { at: minutes });
}

describe('durations against the policy', () => {
  it.each([
    ['SEV1', 4, '4 min', 'within 5 min, by 2026-11-23 06:05 UTC', 'met, 1 min to spare'],
    ['SEV1', 6, '6 min', 'within 5 min, by 2026-11-23 06:05 UTC', 'missed by 1 min'],
    ['SEV3', 90, '1 h 30 min', 'within 1 h, by 2026-11-23 07:00 UTC', 'missed by 30 min'],
  ] as const)('%s acknowledged after %d min', (severity, minutes, taken, promised, result) => {
    const log = eventLog();
    log.declare(severity);
    log.add('incident.acknowledged', {}, { at: minutes });
    expect(rowOf(log, 'Time to acknowledge')).toMatchObject({ taken, promised, result });
  });

  it('say what is still open and what is not recorded', () => {
    const log = eventLog();
    log.declare('SEV1');
    expect(rowOf(log, 'Time to mitigate')).toEqual({
      measure: 'Time to mitigate',
      taken: 'unknown',
      promised: 'within 30 min, by 2026-11-23 06:30 UTC',
      result: 'still open',
      how: 'detection to mitigation; mitigation not recorded',
    });
  });

  it('say which change moved a deadline', () => {
    const log = eventLog();
    log.declare('SEV2');
    log.changeSeverity('SEV1', { at: 10 });
    worked(log, 45);
    expect(rowOf(log, 'Time to mitigate')).toMatchObject({
      promised: 'within 40 min, by 2026-11-23 06:40 UTC',
      result: 'missed by 5 min',
      how: 'detection to mitigation; deadline set by the change to SEV-1',
    });
  });

  it('count messages against the time set for each', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.post('initial', { at: 4 });
    log.post('update', { at: 25 });
    log.post('update', { at: 35 });
    expect(rowOf(log, 'Messages on time')).toMatchObject({
      taken: '2 of 3',
      promised: 'every 15 min (SEV-1)',
      result: 'missed 1',
    });
  });

  it('of SEV4 have no cadence', () => {
    const log = eventLog();
    log.declare('SEV4');
    expect(rowOf(log, 'Messages on time')).toMatchObject({
      taken: 'none was due yet',
      promised: 'on the ticket (SEV-4)',
      result: '–',
    });
  });
});

describe('moments', () => {
  const remarkOf = (log: EventLog, moment: string) =>
    momentRows(log.state(), 'UTC').find((row) => row.moment === moment)?.remark.markdown;

  it('keep every correction of a time with what it was before', () => {
    const log = eventLog();
    log.declare('SEV1', { impactStart: after(-5) });
    log.add('moment.corrected', { moment: 'impactStart', time: after(-7), reason: 'logs' }, { at: 5 });
    log.add('moment.corrected', { moment: 'impactStart', reason: 'not sure any more' }, { at: 6 });
    expect(remarkOf(log, 'Impact start')).toBe(
      'corrected 2026-11-23 06:05 UTC by Ada, was 2026-11-23 05:55 UTC: logs; ' +
        'set to unknown 2026-11-23 06:06 UTC by Ada, was 2026-11-23 05:53 UTC: not sure any more; ' +
        'not recorded; _To fill in: correct the record_',
    );
  });

  it('leave out a correction that was retracted', () => {
    const log = eventLog();
    log.declare('SEV1', { impactStart: after(-5) });
    const correction = log.add(
      'moment.corrected',
      { moment: 'impactStart', time: after(-7), reason: 'logs' },
      { at: 5 },
    );
    log.retract(correction, { at: 6 });
    expect(remarkOf(log, 'Impact start')).toBe('');
  });
});
