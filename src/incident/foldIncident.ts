import { compareContents } from './compareContents.ts';
import { correctedEvent } from './correctedEvent.ts';
import type { Folding } from './draft.ts';
import { emptyFolding } from './draft.ts';
import type { EventOf, IncidentEvent, KnownEvent } from './events.ts';
import { toIncidentId } from './ids.ts';
import { reduceAlerts } from './reduceAlerts.ts';
import { reduceLearning } from './reduceLearning.ts';
import { reduceLifecycle } from './reduceLifecycle.ts';
import { reduceResponse } from './reduceResponse.ts';
import { reduceWork } from './reduceWork.ts';
import type { IncidentState, RecordProblem, TimelineEntry } from './state.ts';

const reducers = { ...reduceLifecycle, ...reduceResponse, ...reduceWork, ...reduceAlerts, ...reduceLearning };
const noCorrections: readonly EventOf<'event.corrected'>[] = [];

/**
 * What the events of one incident say. Pure and total: any events, in any order, from any writers, give a state; the
 * same set gives the same state, however often an event is repeated. There is no clock in it.
 */
export function foldIncident(events: Iterable<IncidentEvent>): IncidentState {
  const problems: RecordProblem[] = [];
  const byId = distinct(events, problems);
  const ordered = inOrder([...byId.values()]);
  const retractions = retractionsOf(ordered, byId);
  const corrections = correctionsOf(ordered, retractions);
  const folding = emptyFolding();
  const { draft } = folding;
  identify(folding, ordered, problems);
  for (const original of ordered) {
    const entry = entryOf(original, retractions.get(original.id), corrections.get(original.id));
    draft.entries.push(entry);
    if (entry.retraction === undefined) apply(folding, entry.event);
  }
  draft.greatestN = ordered.at(-1)?.n ?? 0;
  if (draft.declared === undefined) problems.push({ kind: 'notDeclared' });
  draft.problems = problems;
  return draft;
}

/** The order of the record: by Lamport counter, then by id. */
export function compareEvents(a: IncidentEvent, b: IncidentEvent): number {
  return a.n - b.n || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function apply(folding: Folding, event: IncidentEvent): void {
  if (event.type === 'unknown') return;
  // TypeScript cannot see that the reducer and the event are of one type.
  (reducers[event.type] as (folding: Folding, event: KnownEvent) => void)(folding, event);
}

function distinct(events: Iterable<IncidentEvent>, problems: RecordProblem[]): ReadonlyMap<string, IncidentEvent> {
  const byId = new Map<string, IncidentEvent>();
  const conflicting = new Set<string>();
  for (const event of events) {
    const known = byId.get(event.id);
    if (known === undefined) {
      byId.set(event.id, event);
      continue;
    }
    if (known === event) continue;
    const order = compareContents(event, known);
    if (order === 0) continue;
    conflicting.add(event.id);
    if (order < 0) byId.set(event.id, event);
  }
  for (const event of [...conflicting].sort()) problems.push({ kind: 'conflictingContents', event });
  return byId;
}

function inOrder(events: IncidentEvent[]): readonly IncidentEvent[] {
  let previous: IncidentEvent | undefined;
  for (const event of events) {
    if (previous !== undefined && compareEvents(previous, event) > 0) return events.sort(compareEvents);
    previous = event;
  }
  return events;
}

/** Retractions that count, by what they retract. A retraction can itself be retracted, by a later one. */
function retractionsOf(
  ordered: readonly IncidentEvent[],
  byId: ReadonlyMap<string, IncidentEvent>,
): ReadonlyMap<string, KnownEvent> {
  const retractions = new Map<string, KnownEvent>();
  const found = ordered.filter((event): event is EventOf<'event.retracted'> => event.type === 'event.retracted');
  for (const retraction of found.reverse()) {
    const target = byId.get(retraction.data.event);
    if (target === undefined || retractions.has(retraction.id)) continue;
    if (compareEvents(target, retraction) >= 0 || !isRetractable(target)) continue;
    retractions.set(target.id, retraction);
  }
  return retractions;
}

/** What the incident stands on can be corrected, not taken out. */
export function isRetractable(event: IncidentEvent): boolean {
  return event.type !== 'writer.opened' && event.type !== 'incident.declared';
}

function correctionsOf(
  ordered: readonly IncidentEvent[],
  retractions: ReadonlyMap<string, KnownEvent>,
): ReadonlyMap<string, EventOf<'event.corrected'>[]> {
  const corrections = new Map<string, EventOf<'event.corrected'>[]>();
  for (const event of ordered) {
    if (event.type !== 'event.corrected' || retractions.has(event.id)) continue;
    const list = corrections.get(event.data.event);
    if (list === undefined) corrections.set(event.data.event, [event]);
    else list.push(event);
  }
  return corrections;
}

function entryOf(
  original: IncidentEvent,
  retraction: KnownEvent | undefined,
  corrections: readonly EventOf<'event.corrected'>[] | undefined,
): TimelineEntry {
  // Nearly every event: without the spreads below.
  if (corrections === undefined) {
    if (retraction === undefined) return { event: original, corrections: noCorrections };
    return { event: original, corrections: noCorrections, retraction };
  }
  const event = corrections.reduce((corrected, { data }) => correctedEvent(corrected, data), original);
  return {
    event,
    corrections,
    ...(event === original ? {} : { original }),
    ...(retraction === undefined ? {} : { retraction }),
  };
}

function identify({ draft }: Folding, ordered: readonly IncidentEvent[], problems: RecordProblem[]): void {
  const others = new Set<string>();
  for (const event of ordered) {
    if (event.type !== 'writer.opened') continue;
    const id = toIncidentId(event.data.incident);
    if (id === undefined) continue;
    draft.id ??= id;
    if (id !== draft.id) others.add(id);
  }
  for (const incident of others) problems.push({ kind: 'severalIncidents', incident });
}
