import type { IncidentEvent } from '../incident/events.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { IncidentState, TimelineEntry } from '../incident/state.ts';
import { eventTitle } from './describeEvent.ts';
import { formatOffset, formatTime } from './timeText.ts';

/** What offsets are counted from. */
export interface Origin {
  readonly at: IsoTime;
  readonly name: 'impact start' | 'detection';
}

/** Impact start, where it is known, else detection; undefined when neither is. */
export function originOf({ moments: { impactStart, detected } }: IncidentState): Origin | undefined {
  if (impactStart !== undefined) return { at: impactStart, name: 'impact start' };
  return detected === undefined ? undefined : { at: detected, name: 'detection' };
}

/** How long after the origin: `+00:12`; `unknown` without an origin. */
export function offsetFrom(origin: Origin | undefined, at: IsoTime): string {
  return origin === undefined ? 'unknown' : formatOffset(epochMsOf(at) - epochMsOf(origin.at));
}

/** What offsets count from, as a sentence. */
export function offsetSentence(state: IncidentState, zone: string): string {
  const origin = originOf(state);
  return origin === undefined
    ? 'Offsets are unknown: neither impact start nor detection is recorded.'
    : `Offsets count from ${origin.name}, ${formatTime(origin.at, zone)}.`;
}

/** Every entry in the order in which things happened, those of one moment in the order of the record. */
export function entriesByTime(state: IncidentState): readonly TimelineEntry[] {
  return [...state.entries].sort((a, b) => compare(a.event.at, b.event.at));
}

/** The heading of an event in `timeline.md`, without its `#`s: it stays the same whatever is corrected later. */
export function timelineHeading(event: IncidentEvent): string {
  return `${eventTitle(event)} ${event.id}`;
}

/** Where that heading is, as GitHub and VS Code both make it: `timeline.md#incident-declared-01jd…`. */
export function timelineLink(event: IncidentEvent): string {
  return `timeline.md#${timelineHeading(event).toLowerCase().replaceAll(' ', '-')}`;
}

function compare(a: IsoTime, b: IsoTime): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
