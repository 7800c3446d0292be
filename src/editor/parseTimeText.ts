import { DateTime } from 'luxon';
import type { IsoTime } from '../incident/isoTime.ts';
import { dayMs, hourMs, minuteMs, plusMs, toIsoTime } from '../incident/isoTime.ts';

const units: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: dayMs };

/**
 * Reads a time as people type it: `now`, `20m`, `20 min ago`, `1h30m ago`, `14:05`, `14.05` or `1405` (the last such time
 * in `zone`), `14:05:30`, `yesterday 14:05`, `14:05 UTC`, `2026-11-23 14:05` (in `zone`), `2026-11-23 14:05 UTC`, or ISO 8601. With `direction: 'future'`, spans and
 * clock times lie ahead. Undefined when it is none of these.
 */
export function parseTimeText(
  text: string,
  now: IsoTime,
  zone: string,
  direction: 'past' | 'future' = 'past',
): IsoTime | undefined {
  const typed = text.trim();
  if (/^now$/i.test(typed)) return now;
  const spanMs = parseSpan(typed);
  if (spanMs !== undefined) return plusMs(now, direction === 'past' ? -spanMs : spanMs);
  const iso = toIsoTime(typed);
  if (iso !== undefined) return iso;
  const utc = /\s*(utc|z)$/i.test(typed);
  const yesterday = /^yesterday\s+/i.test(typed);
  const bare = typed
    .replace(/\s*(utc|z)$/i, '')
    .replace(/^yesterday\s+/i, '')
    .replace(/^(\d{1,2})\.(\d{2})$/, '$1:$2')
    .replace(/^(\d{2})(\d{2})$/, '$1:$2');
  const inZone = utc ? 'utc' : zone;
  const clock = readClock(bare, inZone);
  if (clock !== undefined) {
    const local = DateTime.fromISO(now, { zone: inZone });
    return yesterday ? at(clock, local.minus({ days: 1 })) : nearest(clock, local, direction);
  }
  if (yesterday) return undefined;
  const dated = DateTime.fromFormat(bare.replace('T', ' '), 'yyyy-MM-dd H:mm', { zone: inZone });
  return dated.isValid ? dated.toUTC().toISO({ precision: 'milliseconds' }) : undefined;
}

function readClock(text: string, zone: string): DateTime | undefined {
  return ['H:mm', 'H:mm:ss']
    .map((format) => DateTime.fromFormat(text, format, { zone }))
    .find(({ isValid }) => isValid);
}

/** `90`, `90m`, `1h30m`, `2 days`, in milliseconds; a bare number of up to three digits counts minutes. */
function parseSpan(text: string): number | undefined {
  const span = text.replace(/^-|^in\s+|\s*ago$/gi, '').trim();
  if (/^\d{1,3}$/.test(span)) return Number(span) * minuteMs;
  const parts = [...span.matchAll(/(\d{1,5})\s*(m|h|d)[a-z]*\s*/gi)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== span) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit?.toLowerCase() ?? ''] ?? 0), 0);
}

function nearest(clock: DateTime, now: DateTime, direction: 'past' | 'future'): IsoTime | undefined {
  const { hour, minute, second } = clock;
  const today = now.set({ hour, minute, second, millisecond: 0 });
  const wrongSide = direction === 'past' ? today > now : today < now;
  return at(clock, wrongSide ? now.plus({ days: direction === 'past' ? -1 : 1 }) : now);
}

/** That time of the clock on that day. */
function at({ hour, minute, second }: DateTime, day: DateTime): IsoTime | undefined {
  return day.set({ hour, minute, second, millisecond: 0 }).toUTC().toISO({ precision: 'milliseconds' }) ?? undefined;
}
