/** A moment as ISO 8601 in UTC with milliseconds, `2026-11-23T06:01:02.003Z`: sorts as text in the order of time. */
export type IsoTime = string;

const isoTimePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}\.\d{3}Z$/;

/** The years that four digits can name, 0000 to 9999, in milliseconds from 1970. */
const earliestMs = -62_167_219_200_000;
const latestMs = 253_402_300_799_999;

/** The moment `epochMs` milliseconds after 1970, as IsoTime. Total: what is beyond the years 0000–9999 becomes their edge. */
export function isoTimeOf(epochMs: number): IsoTime {
  const known = Number.isNaN(epochMs) ? 0 : epochMs;
  return new Date(Math.min(latestMs, Math.max(earliestMs, known))).toISOString();
}

/** Milliseconds since 1970. NaN when `time` is no time. */
export function epochMsOf(time: IsoTime): number {
  return Date.parse(time);
}

/** `time` moved by `durationMs` (may be negative). */
export function plusMs(time: IsoTime, durationMs: number): IsoTime {
  return isoTimeOf(epochMsOf(time) + durationMs);
}

/** True for a UTC time that `IsoTime` describes and a calendar has. */
export function isIsoTime(value: unknown): value is IsoTime {
  if (typeof value !== 'string' || !isoTimePattern.test(value)) return false;
  // Only the 29th to 31st may be missing; the engine reads 30 February as 2 March, and writes it back otherwise.
  return value.slice(8, 10) < '29' || isoTimeOf(epochMsOf(value)) === value;
}

/** Any ISO 8601 text with a zone, normalised to IsoTime; undefined when it is none. */
export function toIsoTime(text: string): IsoTime | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) || !/(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined;
  if (!isIsoTime(`${text.slice(0, 10)}T00:00:00.000Z`)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : isoTimeOf(epochMs);
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
