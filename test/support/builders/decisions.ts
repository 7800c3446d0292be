import type { Moment, NewEvent } from '../../../src/incident/events.ts';
import { isIncidentError } from '../../../src/incident/incidentError.ts';
import type { Decide } from '../../../src/incident/incidentStore.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import type { EventLog } from './events.ts';
import { after, ulidOf } from './events.ts';

/** Who decides in tests, unless a test says otherwise. */
export const ada = 'Ada Lovelace <ada@example.org>';

/** The moment of a decision, `minutes` after the incident began. */
export function momentAt(minutes: number, by = ada): Moment {
  let made = 0;
  return { now: after(minutes), by, newId: () => ulidOf(after(minutes), 90_000 + made++) };
}

/** What a decision asks to be recorded, `minutes` after the incident began. */
export function decided(decide: Decide, log: EventLog, minutes: number, by?: string): readonly NewEvent[] {
  return decide(log.state(), momentAt(minutes, by));
}

/** The state after what a decision asked for was recorded. */
export function carriedOut(decide: Decide, log: EventLog, minutes: number, by = ada): IncidentState {
  for (const { type, data, at = after(minutes), by: author = by } of decided(decide, log, minutes, by)) {
    log.add(type, data, { at, by: author });
  }
  return log.state();
}

/** Why something was refused, as `reason: message`; `done` when it was not. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (error) {
    if (isIncidentError(error)) return `${error.reason}: ${error.message}`;
    throw error;
  }
}
