import type { Moment, NewEvent } from '../incident/events.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { parseEvent } from '../incident/parseEvent.ts';
import type { EventBody } from './eventLine.ts';
import { sha256Of } from './eventLine.ts';
import { lineLimitBytes } from './logReading.ts';
import type { Redact } from './redactData.ts';
import { redactData } from './redactData.ts';

/** Leaves room for the rest of the line, so that what is written can be read again. */
const textLimit = lineLimitBytes / 4;

/**
 * Makes events of what a decision asks for: ids, counters from `greatestN` on, time and person where none are given,
 * every text redacted. Throws `invalidArgument` for what could not be read back as what it is.
 */
export async function composeEvents(
  wishes: readonly NewEvent[],
  moment: Moment,
  greatestN: number,
  redact: Redact,
): Promise<readonly EventBody[]> {
  const bodies: EventBody[] = [];
  for (const { type, data, at = moment.now, by = moment.by } of wishes) {
    const n = Math.min(greatestN + bodies.length + 1, Number.MAX_SAFE_INTEGER);
    const id = moment.newId();
    bodies.push(bodyOf(JSON.stringify({ v: 1, id, n, at, by, type, data: await redactData(data, redact) })));
  }
  return bodies;
}

/** The body of an event that is given as JSON: the event is what any reader will make of it. */
export function bodyOf(json: string): EventBody {
  if (json.length > textLimit) {
    throw new IncidentError('invalidArgument', `An event of ${json.length} characters is too long for the record.`, {
      hint: 'Keep long texts as evidence and refer to them.',
    });
  }
  const parsed = parseEvent(json);
  if (parsed.kind === 'event' && parsed.event.type !== 'unknown') return { event: parsed.event, json };
  const { type } = JSON.parse(json) as { type: string };
  const reason = parsed.kind === 'damaged' ? parsed.reason : 'its data has not the form of its type';
  throw new IncidentError(
    'invalidArgument',
    `The event ${type} (${sha256Of(json).slice(0, 8)}) cannot be recorded: ${reason}.`,
  );
}
