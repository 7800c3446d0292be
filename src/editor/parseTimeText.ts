import { DateTime } from 'luxon';
import type { IsoTime } from '../incident/isoTime.ts';
import { dayMs, hourMs, minuteMs, plusMs, toIsoTime } from '../incident/isoTime.ts';

const units: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: dayMs };

/**
 * Reads a time as people type it: `now`, `20m`, `20 min ago`, `1h30m ago`, `14:05` (the last such time in `zone`),
 * `14:05 UTC`, `2026-11-23 14:05` (in `zone`), `2026-11-23 14:05 UTC`, or ISO 8601. With `direction: 'future'`, spans and
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
  const bare = typed.replace(/\s*(utc|z)$/i, '');
  const inZone = utc ? 'utc' : zone;
  const clock = DateTime.fromFormat(bare, 'H:mm', { zone: inZone });
  if (clock.isValid) return nearest(clock, DateTime.fromISO(now, { zone: inZone }), direction);
  const dated = DateTime.fromFormat(bare.replace('T', ' '), 'yyyy-MM-dd H:mm', { zone: inZone });
  return dated.isValid ? dated.toUTC().toISO({ precision: 'milliseconds' }) : undefined;
}

/** `90`, `90m`, `1h30m`, `2 days`, in milliseconds; a bare number counts minutes. */
function parseSpan(text: string): number | undefined {
  const span = text.replace(/^-|^in\s+|\s*ago$/gi, '').trim();
  if (/^\d{1,5}$/.test(span)) return Number(span) * minuteMs;
  const parts = [...span.matchAll(/(\d{1,5})\s*(m|h|d)[a-z]*\s*/gi)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== span) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit?.toLowerCase() ?? ''] ?? 0), 0);
}

function nearest(clock: DateTime, now: DateTime, direction: 'past' | 'future'): IsoTime | undefined {
  const today = now.set({ hour: clock.hour, minute: clock.minute, second: 0, millisecond: 0 });
  const wrongSide = direction === 'past' ? today > now : today < now;
  const shift = direction === 'past' ? -1 : 1;
  return (wrongSide ? today.plus({ days: shift }) : today).toUTC().toISO({ precision: 'milliseconds' }) ?? undefined;
}
