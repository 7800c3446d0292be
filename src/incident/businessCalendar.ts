import { DateTime } from 'luxon';
import type { IsoTime } from './isoTime.ts';
import { isoTimeOf } from './isoTime.ts';
import type { Calendar } from './policy.ts';

/** Holidays and unusual weeks may leave no working day near; give up looking after two years. */
const searchLimitDays = 730;

/**
 * The end (the last millisecond) of the `count`th business day after the local day of `from`: the day after counts as 1.
 * A calendar without any working day counts calendar days.
 */
export function endOfBusinessDay(from: IsoTime, count: number, calendar: Calendar): IsoTime {
  let day = localTime(from, calendar).startOf('day');
  let left = count;
  for (let searched = 0; left > 0 && searched < searchLimitDays; searched++) {
    day = day.plus({ days: 1 });
    if (isBusinessDay(day, calendar)) left--;
  }
  return isoTimeOf(day.plus({ days: left }).endOf('day').toMillis());
}

/** The last millisecond of a date, `2026-12-07`, in the calendar's zone. */
export function endOfDate(date: string, calendar: Calendar): IsoTime {
  return isoTimeOf(localTime(date, calendar).endOf('day').toMillis());
}

/** The date of a moment in the calendar's zone, moved by whole days. */
export function dateAfter(from: IsoTime, days: number, calendar: Calendar): string {
  return localTime(from, calendar).plus({ days }).toISODate() ?? from.slice(0, 10);
}

/** In the calendar's zone; in UTC where the machine does not know that zone. */
function localTime(text: string, calendar: Calendar): DateTime {
  const local = DateTime.fromISO(text, { zone: calendar.zone });
  return local.isValid ? local : DateTime.fromISO(text, { zone: 'utc' });
}

function isBusinessDay(day: DateTime, calendar: Calendar): boolean {
  if (calendar.workingDays.length === 0) return true;
  const date = day.toISODate();
  return calendar.workingDays.includes(day.weekday) && (date === null || !calendar.holidays.includes(date));
}
