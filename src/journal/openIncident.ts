import { join } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IncidentState } from '../incident/state.ts';
import { readEvidence, writeEvidence } from './evidence.ts';
import { makeIncidentDirectory, removeEmptyDirectory } from './incidentDirectory.ts';
import type { JournalSettings, OpenIncident } from './journalHandle.ts';
import { requireWritable } from './journalHandle.ts';
import { hasPending, problemsOf } from './logProblems.ts';
import { relocateIncident, restoreIncident } from './rescueIncident.ts';
import { createSerialQueue } from './serialQueue.ts';
import type { Session } from './session.ts';
import { compose, createSession, refresh, write } from './session.ts';
import { isMissing, storageError } from './storageError.ts';

export interface OpenIncidentContext {
  readonly settings: JournalSettings;
  /** Folders that carry the incident's id now, looked up afresh. */
  readonly locate: (id: IncidentId) => Promise<readonly string[]>;
  /** True for a record root that is read from now on, whatever window looks. */
  readonly isPlace: (root: string) => boolean;
  /** Called when the state or what is wrong with the record changed, before whoever changed it hears of it. */
  readonly onChange: (id: IncidentId) => void;
}

/**
 * The incident whose logs are in `directories`; where to write comes first. Nothing is read until `refresh`, and
 * nothing is made until `declare` or the first record.
 */
export function openIncident(
  id: IncidentId,
  directories: readonly string[],
  { settings, locate, isPlace, onChange }: OpenIncidentContext,
): OpenIncident {
  const session = createSession(id, directories, settings, () => locate(id));
  const { logs, writer } = session;
  const inTurn = createSerialQueue();
  let refreshing: Promise<boolean> | undefined;
  /** An unfinished line may still be finished, or be called torn. */
  let isWaiting = false;

  const refreshInTurn = (): Promise<boolean> => {
    refreshing ??= inTurn(async () => {
      refreshing = undefined;
      const wasWaiting = isWaiting;
      const isRead = await refresh(session);
      isWaiting = hasPending(logs, moment());
      const changed = isRead || (wasWaiting && !isWaiting);
      if (changed) onChange(id);
      return changed;
    });
    return refreshing;
  };

  const change = (work: () => Promise<void>): Promise<IncidentState> =>
    inTurn(async () => {
      requireWritable(settings);
      const before = session.state;
      try {
        await work();
      } finally {
        if (session.state !== before) onChange(id);
      }
      return session.state;
    });

  return {
    id,
    get directory() {
      return logs.directories[0] ?? '';
    },
    get directories() {
      return logs.directories;
    },
    get state() {
      return session.state;
    },
    get problems() {
      return problemsOf(logs, moment());
    },
    get pending() {
      return session.pending.map(({ event }) => event);
    },
    hasWritten: (file) => writer.hasWritten(file),
    stampsIn: (directory) => {
      const here = [...logs.known.values()].filter((log) => log.directory === directory);
      return new Map(here.flatMap(({ name, stamp }) => (stamp === undefined ? [] : [[name, stamp]])));
    },
    record: (decide) =>
      change(async () => {
        const events = await compose(session, decide);
        if (events.length === 0) return;
        session.pending = [...session.pending, ...events];
        await write(session, session.pending);
      }),
    declare: (decide) => inTurn(() => declare(session, decide)),
    addDirectories: (added) => {
      logs.directories = [...new Set([...logs.directories, ...added])];
    },
    retry: () =>
      change(async () => {
        if (session.pending.length > 0) await write(session, session.pending);
      }),
    restore: () => change(() => restoreIncident(session)),
    relocate: (root) =>
      change(() => {
        if (isPlace(root)) return relocateIncident(session, root);
        throw new IncidentError('invalidArgument', `${root} is no place of this window's record.`);
      }),
    refresh: refreshInTurn,
    keepEvidence: async (name, content) => {
      requireWritable(settings);
      const bytes = typeof content === 'string' ? Buffer.from(await settings.redact(content)) : content;
      const keep = () => writeEvidence(logs.directories[0] ?? '', name, bytes, session.newId());
      try {
        return await keep().catch(async (error: unknown) => {
          if (!isMissing(error)) throw error;
          // The folder may have been moved: then the incident is followed there.
          await refreshInTurn();
          return keep();
        });
      } catch (error) {
        throw storageError(error, join(logs.directories[0] ?? '', 'evidence'), '');
      }
    },
    readEvidence: (ref) => readEvidence(logs.directories, ref),
  };
}

async function declare(session: Session, decide: Decide): Promise<boolean> {
  requireWritable(session.settings);
  const directory = session.logs.directories[0] ?? '';
  const events = await compose(session, decide);
  if (events[0]?.event.type !== 'incident.declared') {
    throw new IncidentError('invalidArgument', 'The first event of an incident must declare it.');
  }
  if (!(await makeIncidentDirectory(directory))) return false;
  try {
    await write(session, events);
  } catch (error) {
    await removeEmptyDirectory(directory);
    throw error;
  }
  return true;
}

function moment(): Parameters<typeof problemsOf>[1] {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
