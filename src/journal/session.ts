import { join } from 'node:path';
import type { Moment, NewEvent } from '../incident/events.ts';
import { foldIncident } from '../incident/foldIncident.ts';
import type { IncidentId, Ulid } from '../incident/ids.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import { composeEvents } from './composeEvents.ts';
import type { EventBody } from './eventLine.ts';
import type { IncidentLogs } from './incidentLogs.ts';
import { emptyLogs, eventsOf, headsOf } from './incidentLogs.ts';
import type { JournalSettings } from './journalHandle.ts';
import type { OwnWriter } from './ownWriter.ts';
import { createOwnWriter, followFolder } from './ownWriter.ts';
import { refreshLogs } from './refreshLogs.ts';
import { storageError } from './storageError.ts';
import { createUlidSource } from './ulidSource.ts';

/** What this process holds of one open incident. Its functions are not for concurrent use. */
export interface Session {
  readonly settings: JournalSettings;
  readonly logs: IncidentLogs;
  readonly writer: OwnWriter;
  state: IncidentState;
  /** Decided, and not yet written. */
  pending: readonly EventBody[];
  readonly newId: () => Ulid;
  /** Folders that carry the incident's id now. */
  readonly locate: () => Promise<readonly string[]>;
  readonly now: () => IsoTime;
}

export function createSession(
  id: IncidentId,
  directories: readonly string[],
  settings: JournalSettings,
  locate: Session['locate'],
): Session {
  const logs = emptyLogs(id, directories);
  const newId = createUlidSource(settings.clock);
  const now = (): IsoTime => settings.clock.now();
  const { host } = settings;
  const session: Session = {
    settings,
    logs,
    writer: createOwnWriter({ logs, host, now, newId, locate, greatestN: () => session.state.greatestN }),
    state: foldIncident([]),
    pending: [],
    newId,
    locate,
    now,
  };
  return session;
}

/** The events that a decision asks for, on the state with what is pending. Throws what `decide` throws. */
export async function compose(session: Session, decide: Decide): Promise<readonly EventBody[]> {
  const { settings, logs, writer, pending, newId } = session;
  const by = await settings.person();
  const base = pending.length === 0 ? session.state : foldIncident(eventsWith(logs, pending));
  const moment: Moment = { now: session.now(), by, newId };
  const wishes = decide(base, moment).map((wish) => withHeads(wish, logs));
  const room = writer.isBetweenFiles ? 1 : 0;
  return composeEvents(wishes, moment, base.greatestN + room, settings.redact);
}

/** Writes events and brings the state up to date. Throws `storage`, and then none of them is in the state. */
export async function write(session: Session, events: readonly EventBody[]): Promise<void> {
  const { logs, writer } = session;
  const by = events[0]?.event.by ?? (await session.settings.person());
  let next: IncidentState | undefined;
  try {
    const how = await writer.write(events, by, () => {
      next = foldIncident(eventsWith(logs, events));
    });
    if (how === 'begun') next = undefined;
  } catch (error) {
    // On the way others' events may have been read.
    session.state = foldIncident(eventsOf(logs));
    throw storageError(error, join(logs.directories[0] ?? '', 'log'), keptText(session.pending.length));
  }
  session.pending = [];
  session.state = next ?? foldIncident(eventsOf(logs));
}

/** Reads what is new on disk, following the incident when its folder was moved. Resolves with whether anything changed. */
export async function refresh(session: Session): Promise<boolean> {
  const { logs } = session;
  const before = logs.directories[0];
  let changed = await refreshLogs(logs, session.now());
  await followFolder(logs, session);
  changed ||= logs.directories[0] !== before;
  if (changed) session.state = foldIncident(eventsOf(logs));
  return changed;
}

/** The end of an incident notes how far every log reached. */
function withHeads(wish: NewEvent, logs: IncidentLogs): NewEvent {
  if (wish.type === 'incident.resolved') return { ...wish, data: { heads: headsOf(logs), ...wish.data } };
  if (wish.type === 'incident.closed') return { ...wish, data: { heads: headsOf(logs), ...wish.data } };
  return wish;
}

function eventsWith(logs: IncidentLogs, bodies: readonly EventBody[]): ReturnType<typeof eventsOf> {
  const events = eventsOf(logs);
  for (const { event } of bodies) events.push(event);
  return events;
}

function keptText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? 'The event is kept in memory.' : `The ${count} events are kept in memory.`;
}
