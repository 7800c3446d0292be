import { commonTime } from './parseCommonLine.ts';

/** 1973 in each unit since 1970: smaller numbers are of the unit before it. */
const [milliseconds, microseconds, nanoseconds] = [1e11, 1e14, 1e17] as const;

/**
 * Milliseconds since 1970 of a time in JSON: ISO 8601 with its zone, the time of common logs, or a number since 1970 (also as a
 * text) in seconds, milliseconds, microseconds or nanoseconds, told by its size. Undefined for all else: a time without a zone
 * may be any.
 */
export function jsonTime(value: unknown): number | undefined {
  if (typeof value === 'number') return sinceEpoch(value);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(value)) return sinceEpoch(Number(value));
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) return isoMs(value);
  return commonTime(value);
}

function sinceEpoch(value: number): number | undefined {
  if (!Number.isFinite(value) || value < 1e8) return undefined;
  if (value < milliseconds) return value * 1000;
  if (value < microseconds) return value;
  return value < nanoseconds ? value / 1000 : value / 1e6;
}

function isoMs(text: string): number | undefined {
  const time = Date.parse(text.replace(' ', 'T').replace(',', '.'));
  return Number.isNaN(time) ? undefined : time;
}
