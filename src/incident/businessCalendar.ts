import { DateTime } from 'luxon';
import type { IsoTime } from './isoTime.ts';
import { isoTimeOf } from './isoTime.ts';
import type { Calendar } from './policy.ts';

/** The longest stretch without a business day that a real calendar may have. */
const longestBreakDays = 366;
/** A policy may ask for any number: more than a decade of days is not worth counting. */
const mostDays = 3_660;

/**
 * The end (the last millisecond) of the `count`th business day after the local day of `from`: the day after counts as 1.
 * A calendar without working days (none listed, or a year of nothing but holidays) counts calendar days instead.
 */
export function endOfBusinessDay(from: IsoTime, count: number, calendar: Calendar): IsoTime {
  const today = localTime(from, calendar).startOf('day');
  const wanted = Math.min(count, mostDays);
  const holidays = new Set(calendar.holidays);
  let day = today;
  let left = wanted;
  for (let idleDays = 0; left > 0 && idleDays < longestBreakDays;) {
    day = day.plus({ days: 1 });
    if (!isBusinessDay(day, calendar.workingDays, holidays)) idleDays++;
    else {
      idleDays = 0;
      left--;
    }
  }
  return endOf(left > 0 ? today.plus({ days: wanted }) : day);
}

/** The last millisecond of a date, `2026-12-07`, in the calendar's zone. */
export function endOfDate(date: string, calendar: Calendar): IsoTime {
  return endOf(localTime(date, calendar));
}

/** The date of a moment in the calendar's zone, moved by whole days; the moment's own date where the years end. */
export function dateAfter(from: IsoTime, days: number, calendar: Calendar): string {
  const date = localTime(from, calendar).plus({ days }).toISODate();
  return date?.length === from.slice(0, 10).length ? date : from.slice(0, 10);
}

function endOf(day: DateTime): IsoTime {
  return isoTimeOf(day.endOf('day').toMillis());
}

/** In the calendar's zone; in UTC where the machine does not know that zone. */
function localTime(text: string, calendar: Calendar): DateTime {
  const local = DateTime.fromISO(text, { zone: calendar.zone });
  return local.isValid ? local : DateTime.fromISO(text, { zone: 'utc' });
}

function isBusinessDay(day: DateTime, workingDays: readonly number[], holidays: ReadonlySet<string>): boolean {
  if (workingDays.length === 0) return true;
  return workingDays.includes(day.weekday) && !holidays.has(day.toISODate() ?? '');
}
