import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ulid, WriterId } from '../incident/ids.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { bodyOf } from './composeEvents.ts';
import { appendToFile, createFile, goneError } from './durableFiles.ts';
import type { EventBody } from './eventLine.ts';
import { chain } from './eventLine.ts';
import type { IncidentLogs, KnownLog } from './incidentLogs.ts';
import { addLog, headsOf, moveLogs, pathOf, writerOf } from './incidentLogs.ts';
import { addWritten } from './logReading.ts';
import { lostLines, writeBack } from './lostLines.ts';
import { refreshLogs } from './refreshLogs.ts';
import { isFull, isMissing, isRefused } from './storageError.ts';

/** A log that has grown past this is continued in a new file: readers refuse files over 256 MB. */
const rotateAtBytes = 32 * 1024 * 1024;

/** Writes this process's events of one incident. Not for concurrent use. */
export interface OwnWriter {
  /** True when the next write begins a new file. */
  readonly isBetweenFiles: boolean;
  /** True for the name of a file that this writer writes or has written. */
  hasWritten(name: string): boolean;
  /**
   * Resolves when every event is on disk: `appended` to the file at hand, or in one just `begun`. After an error the
   * same events can be given again; ids that are repeated count once.
   * @param whileSyncing runs while the disk works, when the events are being appended
   */
  write(events: readonly EventBody[], by: string, whileSyncing?: () => void): Promise<'appended' | 'begun'>;
  /** The next write begins a new file, in what is then the first folder. */
  leaveFile(): void;
}

export interface OwnWriterContext {
  readonly logs: IncidentLogs;
  readonly host: string;
  now(): IsoTime;
  newId(): Ulid;
  /** The greatest counter that was read. */
  greatestN(): number;
  /** Folders that carry the incident's id now. */
  locate(): Promise<readonly string[]>;
}

export function createOwnWriter(context: OwnWriterContext): OwnWriter {
  const { logs } = context;
  const mine = new Set<KnownLog>();
  const names = new Set<string>();
  let own: KnownLog | undefined;
  let last: WriterId | undefined;

  async function attempt(
    events: readonly EventBody[],
    by: string,
    whileSyncing: (() => void) | undefined,
  ): Promise<'appended' | 'begun'> {
    const log = own;
    if (log === undefined || !isSound(log)) {
      own = undefined;
      // The folder may have become another incident's since it was last looked at.
      await refreshLogs(logs, context.now());
      if (logs.gone.has(logs.directories[0] ?? '')) throw goneError();
      await begin(events, by);
      return 'begun';
    }
    const { bytes, hashes } = chain(events.map(jsonOf), log.reading.hashes.at(-1) ?? null);
    // Until all of this is there, the file is one that is not appended to again and whose content is not known.
    own = undefined;
    log.stamp = undefined;
    const stamp = await appendToFile(pathOf(log), bytes, whileSyncing);
    if (stamp.size !== log.reading.size + bytes.length) throw new Error('the log was changed by another program');
    addWritten(log.reading, { bytes, hashes, events: events.map(eventOf) });
    log.stamp = stamp;
    own = log;
    return 'appended';
  }

  async function begin(events: readonly EventBody[], by: string): Promise<void> {
    const directory = logs.directories[0] ?? '';
    const name = `${context.newId()}.jsonl`;
    names.add(name);
    const all = [openedBody(events, by), ...lostLines(logs, (log) => mine.has(log)), ...events];
    const { bytes, hashes } = chain(all.map(jsonOf), null);
    const stamp = await createFile(pathOf({ directory, name }), bytes);
    const log = addLog(logs, directory, name);
    addWritten(log.reading, { bytes, hashes, events: all.map(eventOf) });
    log.stamp = stamp;
    mine.add(log);
    own = log;
    last = writerOf(log);
  }

  /** Comes before the first of its events where a counter is free there, else after all. */
  function openedBody(events: readonly EventBody[], by: string): EventBody {
    const before = Math.min(...events.map(({ event }) => event.n)) - 1;
    const after = Math.max(context.greatestN(), ...events.map(({ event }) => event.n)) + 1;
    const n =
      Number.isFinite(before) && before > context.greatestN() ? before : Math.min(after, Number.MAX_SAFE_INTEGER);
    const heads = headsOf(logs);
    const data = {
      incident: logs.id,
      host: context.host,
      ...(last === undefined ? {} : { continues: last }),
      ...(heads.length === 0 ? {} : { heads }),
    };
    return bodyOf(JSON.stringify({ v: 1, id: context.newId(), n, at: context.now(), by, type: 'writer.opened', data }));
  }

  async function writeWhatIsMissing(reason: unknown): Promise<void> {
    const before = logs.directories[0];
    if (!(await followFolder(logs, context))) throw reason;
    if (logs.directories[0] === before) return;
    await writeBack(logs, logs.directories[0] ?? '');
    await refreshLogs(logs, context.now());
  }

  return {
    get isBetweenFiles() {
      return own === undefined || !isSound(own);
    },
    hasWritten: (name) => names.has(name),
    leaveFile: () => {
      own = undefined;
    },
    write: async (events, by, whileSyncing) => {
      try {
        return await attempt(events, by, whileSyncing);
      } catch (error) {
        await refreshLogs(logs, context.now());
        if (isFull(error) || (isRefused(error) && !isMissing(error))) throw error;
        if (isMissing(error)) await writeWhatIsMissing(error);
        return attempt(events, by, undefined);
      }
    },
  };
}

/**
 * Makes sure that the folder to write to is there, or follows the incident to where it was moved. False when there is
 * none. Nothing is written.
 */
export async function followFolder(
  logs: IncidentLogs,
  { locate, now }: Pick<OwnWriterContext, 'locate' | 'now'>,
): Promise<boolean> {
  const current = logs.directories[0] ?? '';
  if (!logs.gone.has(current)) return true;
  const remaining = logs.directories.filter((directory) => !logs.gone.has(directory));
  const found = [...(await locate()), ...remaining].find((directory) => directory !== current);
  if (found === undefined || !(await isThere(join(found, 'log')))) return false;
  moveLogs(logs, current, found);
  await refreshLogs(logs, now());
  return true;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** False when the file is not as this writer left it, or is long enough. */
function isSound({ reading, stamp, earlier }: KnownLog): boolean {
  return (
    stamp?.size === reading.size &&
    reading.unfinishedBytes === 0 &&
    earlier.length === 0 &&
    reading.size < rotateAtBytes
  );
}

function jsonOf({ json }: EventBody): string {
  return json;
}

function eventOf({ event }: EventBody): EventBody['event'] {
  return event;
}
