import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { dateAfter, endOfBusinessDay, endOfDate } from '../../../src/incident/businessCalendar.ts';
import { dayMs, epochMsOf, isIsoTime, isoTimeOf, plusMs } from '../../../src/incident/isoTime.ts';
import type { Calendar } from '../../../src/incident/policy.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

const weekdays = [1, 2, 3, 4, 5];
const everyDay = [1, 2, 3, 4, 5, 6, 7];

function calendar(zone: string, workingDays: readonly number[] = weekdays, holidays: readonly string[] = []): Calendar {
  return { zone, workingDays, holidays };
}

describe('the end of the next business day', () => {
  it.each([
    ['a Monday', 'UTC', '2026-11-23T06:00:00.000Z', '2026-11-24T23:59:59.999Z'],
    ['the first millisecond of a day', 'UTC', '2026-11-23T00:00:00.000Z', '2026-11-24T23:59:59.999Z'],
    ['the last millisecond of a day', 'UTC', '2026-11-23T23:59:59.999Z', '2026-11-24T23:59:59.999Z'],
    ['a Friday', 'UTC', '2026-11-27T12:00:00.000Z', '2026-11-30T23:59:59.999Z'],
    ['a Saturday', 'UTC', '2026-11-28T12:00:00.000Z', '2026-11-30T23:59:59.999Z'],
    ['a Sunday', 'UTC', '2026-11-29T12:00:00.000Z', '2026-11-30T23:59:59.999Z'],
    ['over New Year', 'UTC', '2026-12-31T12:00:00.000Z', '2027-01-01T23:59:59.999Z'],
    ['a leap day', 'UTC', '2028-02-28T12:00:00.000Z', '2028-02-29T23:59:59.999Z'],
    // Germany, UTC+1 in winter and UTC+2 in summer: the clock goes back on 25 October 2026, forward on 29 March 2026.
    ['Berlin in winter', 'Europe/Berlin', '2026-11-23T06:00:00.000Z', '2026-11-24T22:59:59.999Z'],
    ['Berlin, already Tuesday there', 'Europe/Berlin', '2026-11-23T23:30:00.000Z', '2026-11-25T22:59:59.999Z'],
    [
      'Berlin, Friday before the clock goes back',
      'Europe/Berlin',
      '2026-10-23T10:00:00.000Z',
      '2026-10-26T22:59:59.999Z',
    ],
    [
      'Berlin, Friday before the clock goes forward',
      'Europe/Berlin',
      '2026-03-27T10:00:00.000Z',
      '2026-03-30T21:59:59.999Z',
    ],
    // New York: the clock goes forward on 8 March 2026, back on 1 November 2026.
    [
      'New York, Friday before the clock goes forward',
      'America/New_York',
      '2026-03-06T15:00:00.000Z',
      '2026-03-10T03:59:59.999Z',
    ],
    [
      'New York, Friday before the clock goes back',
      'America/New_York',
      '2026-10-30T15:00:00.000Z',
      '2026-11-03T04:59:59.999Z',
    ],
    ['New York, still Sunday there', 'America/New_York', '2026-11-30T03:00:00.000Z', '2026-12-01T04:59:59.999Z'],
    // Samoa had no 30 December 2011: after Thursday the 29th (UTC-10) came Saturday the 31st (UTC+14).
    ['Apia, over the day that never was', 'Pacific/Apia', '2011-12-29T20:00:00.000Z', '2012-01-02T09:59:59.999Z'],
    ['Apia, over the date line from UTC', 'Pacific/Apia', '2026-11-23T12:00:00.000Z', '2026-11-25T10:59:59.999Z'],
    ['Kolkata, half an hour off', 'Asia/Kolkata', '2026-11-23T06:00:00.000Z', '2026-11-24T18:29:59.999Z'],
    ['Kolkata, already Tuesday there', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z', '2026-11-25T18:29:59.999Z'],
    ['a zone that nobody knows: UTC', 'Mars/Olympus_Mons', '2026-11-23T06:00:00.000Z', '2026-11-24T23:59:59.999Z'],
    ['no zone at all: UTC', '', '2026-11-23T06:00:00.000Z', '2026-11-24T23:59:59.999Z'],
  ])('from %s', (_case, zone, from, expected) => {
    expect(endOfBusinessDay(from, 1, calendar(zone))).toBe(expected);
  });

  it.each([
    // Where midnight itself is skipped or comes twice.
    ['Havana', 'America/Havana', '2026-03-07T12:00:00.000Z', '2026-03-09T03:59:59.999Z'],
    ['Santiago', 'America/Santiago', '2026-09-05T12:00:00.000Z', '2026-09-07T02:59:59.999Z'],
    ['Cairo', 'Africa/Cairo', '2026-04-23T12:00:00.000Z', '2026-04-24T20:59:59.999Z'],
  ])('in %s, where summer begins at midnight', (_case, zone, from, expected) => {
    expect(endOfBusinessDay(from, 1, calendar(zone, everyDay))).toBe(expected);
  });
});

describe('the end of the nth business day', () => {
  it.each([
    ['0: the day itself', 0, [], '2026-11-23T23:59:59.999Z'],
    ['1: the day after counts as 1', 1, [], '2026-11-24T23:59:59.999Z'],
    ['5: Monday again', 5, [], '2026-11-30T23:59:59.999Z'],
    ['10: two weeks', 10, [], '2026-12-07T23:59:59.999Z'],
    ['1 with a holiday on the next day', 1, ['2026-11-24'], '2026-11-25T23:59:59.999Z'],
    ['5 with Thanksgiving and the day after', 5, ['2026-11-26', '2026-11-27'], '2026-12-02T23:59:59.999Z'],
    ['5 with a holiday at the weekend', 5, ['2026-11-28'], '2026-11-30T23:59:59.999Z'],
    ['5 with a holiday today', 5, ['2026-11-23'], '2026-11-30T23:59:59.999Z'],
    ['5 with dates that are none', 5, ['soon', '2026-99-99', ''], '2026-11-30T23:59:59.999Z'],
  ])('%s', (_case, count, holidays, expected) => {
    expect(endOfBusinessDay('2026-11-23T06:00:00.000Z', count, calendar('UTC', weekdays, holidays))).toBe(expected);
  });

  it.each([
    ['Sunday to Thursday', [7, 1, 2, 3, 4], '2026-11-30T23:59:59.999Z'],
    ['one day a week', [3], '2026-12-23T23:59:59.999Z'],
    ['every day', everyDay, '2026-11-28T23:59:59.999Z'],
    ['no working day: calendar days', [], '2026-11-28T23:59:59.999Z'],
    ['days that no week has: calendar days', [0, 8, 12], '2026-11-28T23:59:59.999Z'],
  ])('the 5th of a calendar with %s', (_case, workingDays, expected) => {
    expect(endOfBusinessDay('2026-11-23T06:00:00.000Z', 5, calendar('UTC', workingDays))).toBe(expected);
  });

  it('counts calendar days when everything is a holiday', () => {
    const holidays = Array.from({ length: 800 }, (_, day) =>
      plusMs('2026-11-23T00:00:00.000Z', day * dayMs).slice(0, 10),
    );
    expect(endOfBusinessDay('2026-11-23T06:00:00.000Z', 5, calendar('UTC', weekdays, holidays))).toBe(
      '2026-11-28T23:59:59.999Z',
    );
  });

  it('counts over a shutdown of months', () => {
    const holidays = Array.from({ length: 200 }, (_, day) =>
      plusMs('2026-11-23T00:00:00.000Z', day * dayMs).slice(0, 10),
    );
    expect(endOfBusinessDay('2026-11-23T06:00:00.000Z', 1, calendar('UTC', weekdays, holidays))).toBe(
      '2027-06-11T23:59:59.999Z',
    );
  });

  it('counts over many weekends', () => {
    expect(endOfBusinessDay('2026-11-23T06:00:00.000Z', 1000, calendar('UTC'))).toBe('2030-09-23T23:59:59.999Z');
  });

  it.each([
    ['the last day of all years', '9999-12-31T12:00:00.000Z', 5],
    ['the first day of all years', '0000-01-01T00:00:00.000Z', 5],
    ['a count beyond all calendars', '2026-11-23T06:00:00.000Z', Number.MAX_SAFE_INTEGER],
  ])('gives a time for %s', (_case, from, count) => {
    expect(isIsoTime(endOfBusinessDay(from, count, calendar('Europe/Berlin', everyDay)))).toBe(true);
  });
});

describe('against the calendar of the platform', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Apia',
    'Asia/Kolkata',
    'America/Havana',
    'Asia/Kathmandu',
  ];
  const scenes = fc.record({
    zone: fc.constantFrom(...zones),
    fromMs: fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2035, 0, 1) }),
    count: fc.integer({ min: 1, max: 12 }),
    workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    holidayOffsets: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 10 }),
  });

  it('ends with a local day, and has as many business days in between as asked for', () => {
    fc.assert(
      fc.property(scenes, ({ zone, fromMs, count, workingDays, holidayOffsets }) => {
        const localDate = localDateIn(zone);
        const holidays = holidayOffsets.map((days) => localDate(fromMs + days * dayMs));
        const endMs = epochMsOf(endOfBusinessDay(isoTimeOf(fromMs), count, calendar(zone, workingDays, holidays)));

        expect(localDate(endMs + 1)).not.toBe(localDate(endMs));
        const dates = new Set<string>();
        for (let ms = fromMs; ms <= endMs; ms += dayMs / 4) dates.add(localDate(ms));
        dates.add(localDate(endMs));
        dates.delete(localDate(fromMs));
        const isWorking = (date: string): boolean =>
          workingDays.includes(new Date(`${date}T12:00:00Z`).getUTCDay() || 7) && !holidays.includes(date);
        expect([...dates].filter(isWorking)).toHaveLength(count);
        expect(isWorking(localDate(endMs))).toBe(true);
      }),
    );
  });
});

describe('endOfDate', () => {
  it.each([
    ['UTC', '2026-12-07', '2026-12-07T23:59:59.999Z'],
    ['Europe/Berlin', '2026-12-07', '2026-12-07T22:59:59.999Z'],
    ['Europe/Berlin', '2026-07-07', '2026-07-07T21:59:59.999Z'],
    ['America/New_York', '2026-12-07', '2026-12-08T04:59:59.999Z'],
    ['Pacific/Apia', '2026-12-07', '2026-12-07T10:59:59.999Z'],
    ['Asia/Kolkata', '2026-12-07', '2026-12-07T18:29:59.999Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['Nowhere/Land', '2026-12-07', '2026-12-07T23:59:59.999Z'],
    ['America/New_York', '9999-12-31', '9999-12-31T23:59:59.999Z'],
  ])('in %s, %s ends at %s', (zone, date, expected) => {
    expect(endOfDate(date, calendar(zone))).toBe(expected);
  });
});

describe('dateAfter', () => {
  it.each([
    ['UTC', '2026-11-23T06:00:00.000Z', 28, '2026-12-21'],
    ['Pacific/Apia', '2026-11-23T12:00:00.000Z', 0, '2026-11-24'],
    ['America/New_York', '2026-11-23T03:00:00.000Z', 0, '2026-11-22'],
    ['Europe/Berlin', '2026-10-20T22:30:00.000Z', 14, '2026-11-04'],
    ['Nowhere/Land', '2026-11-23T06:00:00.000Z', 1, '2026-11-24'],
    ['UTC', '9999-12-31T06:00:00.000Z', 28, '9999-12-31'],
  ])('in %s, %s plus %d days is %s', (zone, from, days, expected) => {
    expect(dateAfter(from, days, calendar(zone))).toBe(expected);
  });
});

function localDateIn(zone: string): (epochMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (epochMs) => format.format(epochMs);
}
