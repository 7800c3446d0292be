import { IncidentError } from './incidentError.ts';
import type { IsoTime } from './isoTime.ts';
import { epochMsOf, minuteMs } from './isoTime.ts';
import type { IncidentState } from './state.ts';

/** Clocks of people and machines differ by this much at most. */
const clockToleranceMs = 5 * minuteMs;

/** A wish that makes no sense as things stand, and what to do instead. */
export function refused(message: string, hint?: string): IncidentError {
  return new IncidentError('refused', message, hint === undefined ? {} : { hint });
}

/** @throws IncidentError `refused` when `time` lies more than five minutes after `now`: it cannot have happened yet. */
export function refuseFuture(what: string, time: IsoTime | undefined, now: IsoTime): void {
  if (time === undefined || epochMsOf(time) - epochMsOf(now) <= clockToleranceMs) return;
  throw refused(`${what} cannot be in the future: ${inUtc(time)} is after ${inUtc(now)}.`);
}

/** @throws IncidentError `refused` when the impact would end before it began. */
export function refuseEndBeforeStart(impactStart: IsoTime | undefined, impactEnd: IsoTime | undefined): void {
  if (impactStart === undefined || impactEnd === undefined || impactEnd >= impactStart) return;
  throw refused(
    `The impact cannot end (${inUtc(impactEnd)}) before it starts (${inUtc(impactStart)}).`,
    'Correct the impact start first.',
  );
}

/** @throws IncidentError `refused` when the incident has been closed. */
export function refuseClosed(state: IncidentState): void {
  if (state.closed === undefined) return;
  throw refused(`The incident was closed ${inUtc(state.closed.at)}.`, 'Reopen it first, or add a note.');
}

/** A moment to the minute for a message: `2026-11-23 06:45 UTC`. */
export function inUtc(time: IsoTime): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
