import { DateTime, IANAZone } from 'luxon';
import { dayMs, epochMsOf, hourMs, isIsoTime, minuteMs } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';

const secondMs = 1000;

/** English locales that between them know the short names of most zones: each knows only those of its own region. */
const namingLocales = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

/**
 * A moment for people: `2026-11-23 06:45 UTC (07:45 CET)`. UTC first, the local time of `zone` (IANA name) beside it,
 * with its own date when that differs; UTC alone where the zone is UTC or unknown. What is no time is given back as it is.
 */
export function formatTime(time: IsoTime, zone: string): string {
  // A tree tells hundreds of times at once, in the form of the record.
  const epochMs = isIsoTime(time) ? epochMsOf(time) : DateTime.fromISO(time, { zone: 'utc' }).toMillis();
  if (Number.isNaN(epochMs)) return time;
  const utc = minuteText(epochMs);
  const local = localTime(epochMs, utc, zone);
  return local === undefined ? `${utc} UTC` : `${utc} UTC (${local})`;
}

/** `2026-11-23 06:45` */
function minuteText(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  return `${text.slice(0, -14)} ${text.slice(-13, -8)}`;
}

/** Milliseconds as people say them: `42 s`, `4 min 30 s` (under ten minutes), `12 min`, `1 h 12 min`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return 'unknown';
  const sign = durationMs <= -secondMs ? '−' : '';
  const ms = Math.abs(durationMs);
  if (ms < minuteMs) return `${sign}${inUnits(ms, [[secondMs, 's']])}`;
  if (ms < 10 * minuteMs) return `${sign}${inUnits(ms, [minutes, [secondMs, 's']])}`;
  if (ms < hourMs) return `${sign}${inUnits(ms, [minutes])}`;
  if (ms < dayMs) return `${sign}${inUnits(ms, [hours, minutes])}`;
  return `${sign}${inUnits(ms, [[dayMs, 'd'], hours])}`;
}

/** The distance from a starting point in hours and minutes: `+00:12`, `−1 d 02:10`. */
export function formatOffset(offsetMs: number): string {
  if (!Number.isFinite(offsetMs)) return 'unknown';
  const sign = offsetMs <= -minuteMs ? '−' : '+';
  const ms = Math.abs(offsetMs);
  const days = Math.floor(ms / dayMs);
  const clock = `${twoDigits((ms % dayMs) / hourMs)}:${twoDigits((ms % hourMs) / minuteMs)}`;
  return days === 0 ? `${sign}${clock}` : `${sign}${days} d ${clock}`;
}

/** By zone, undefined for what is none: making them takes a hundred times as long as using them. */
const knownFormatters = new Map<string, readonly Intl.DateTimeFormat[] | undefined>();

type Unit = readonly [unitMs: number, name: string];
const minutes: Unit = [minuteMs, 'min'];
const hours: Unit = [hourMs, 'h'];

/** Whole units, rounded down; those after the first are left out when they are zero. */
function inUnits(ms: number, units: readonly Unit[]): string {
  let rest = ms;
  const parts: string[] = [];
  for (const [unitMs, name] of units) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0 || parts.length === 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

/** What a zone's clocks are ahead of UTC, and what that time is called there. */
interface ZoneTime {
  readonly offsetMs: number;
  readonly name: string;
}

/** By zone and quarter of an hour, the most often that any zone changes its clocks: a tree asks for the same ones again and again. */
const knownTimes = new Map<string, ZoneTime | undefined>();
const mostKnown = 5000;

function localTime(epochMs: number, utc: string, zone: string): string | undefined {
  const key = `${zone} ${Math.floor(epochMs / (15 * minuteMs))}`;
  if (!knownTimes.has(key)) {
    if (knownTimes.size >= mostKnown) knownTimes.clear();
    knownTimes.set(key, zoneTime(epochMs, zone));
  }
  const known = knownTimes.get(key);
  if (known === undefined || known.name === 'UTC') return undefined;
  const local = minuteText(epochMs + known.offsetMs);
  return `${local.slice(0, -6) === utc.slice(0, -6) ? local.slice(-5) : local} ${known.name}`;
}

function zoneTime(epochMs: number, zone: string): ZoneTime | undefined {
  const formatters = formattersOf(zone);
  if (formatters === undefined) return undefined;
  const local = DateTime.fromMillis(epochMs, { zone });
  return { offsetMs: local.offset * minuteMs, name: zoneName(local, formatters) };
}

function zoneName(local: DateTime, formatters: readonly Intl.DateTimeFormat[]): string {
  const at = local.toJSDate();
  for (const formatter of formatters) {
    const name = formatter.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return `UTC${local.toFormat('ZZ')}`;
}

function formattersOf(zone: string): readonly Intl.DateTimeFormat[] | undefined {
  if (!knownFormatters.has(zone)) knownFormatters.set(zone, madeFormatters(zone));
  return knownFormatters.get(zone);
}

function madeFormatters(zone: string): readonly Intl.DateTimeFormat[] | undefined {
  if (!IANAZone.isValidZone(zone)) return undefined;
  return namingLocales.map((locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }));
}
