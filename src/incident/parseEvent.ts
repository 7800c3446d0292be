import type { IncidentEvent } from './events.ts';
import { fitsEventType, isEventType } from './eventShapes.ts';
import { isUlid } from './ids.ts';
import { isIsoTime } from './isoTime.ts';

/** A line of a log, read. `prev` is the SHA-256 of the writer's previous line, null on its first. */
export type ParsedLine =
  | { readonly kind: 'event'; readonly event: IncidentEvent; readonly prev: string | null }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Reads one line of a log without its line end. Total: what is no event is `damaged` with a reason, and an event whose
 * type or data this version does not know is kept as `unknown`.
 */
export function parseEvent(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      kind: 'damaged',
      reason: `not JSON (${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'})`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return damaged('not a JSON object');
  const { v, id, n, at, by, type, data, prev } = value as Record<string, unknown>;
  if (v !== 1) return damaged(`version ${typeof v === 'number' ? v : 'missing'} is not known`);
  if (!isUlid(id)) return damaged('`id` is not a ULID');
  if (!Number.isSafeInteger(n) || (n as number) < 0) return damaged('`n` is not a count');
  if (!isIsoTime(at)) return damaged('`at` is not a UTC time');
  if (typeof by !== 'string' || typeof type !== 'string') return damaged('`by` or `type` is not text');
  const envelope = { v: 1, id, n: n as number, at, by } as const;
  const event =
    isEventType(type) && fitsEventType(type, data)
      ? ({ ...envelope, type, data } as IncidentEvent)
      : ({ ...envelope, type: 'unknown', originalType: type, data } as const);
  return { kind: 'event', event, prev: typeof prev === 'string' ? prev : null };
}

function damaged(reason: string): ParsedLine {
  return { kind: 'damaged', reason };
}
