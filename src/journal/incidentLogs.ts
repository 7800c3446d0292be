import { join } from 'node:path';
import type { IncidentEvent, LogHead } from '../incident/events.ts';
import type { IncidentId, Ulid } from '../incident/ids.ts';
import { isUlid } from '../incident/ids.ts';
import type { FileStamp } from './durableFiles.ts';
import type { LogReading } from './logReading.ts';
import { emptyReading } from './logReading.ts';

/** One writer's log as this process knows it. */
export interface KnownLog {
  /** The incident's folder that it is in. */
  directory: string;
  /** `<writer>.jsonl` */
  readonly name: string;
  reading: LogReading;
  /** How the file was when it was last read; undefined while it is not there. */
  stamp: FileStamp | undefined;
  /** Why the file could not be read, when that was so. */
  unreadable: string | undefined;
  /** Monotonic milliseconds since when its unfinished line has not grown. */
  stillSinceMs: number;
  /** What was read earlier and is no longer in the file: it goes on counting. */
  readonly earlier: LogReading[];
}

/** Every log of an incident, from all folders that carry its id. */
export interface IncidentLogs {
  readonly id: IncidentId;
  /** Where to write comes first. */
  directories: readonly string[];
  /** By path. */
  readonly known: Map<string, KnownLog>;
  /** Paths in log folders that are no regular files. */
  irregular: readonly string[];
  /** Folders that were not there when they were last looked at. */
  gone: ReadonlySet<string>;
}

/** The logs of an incident, none of them read yet. */
export function emptyLogs(id: IncidentId, directories: readonly string[]): IncidentLogs {
  return { id, directories, known: new Map(), irregular: [], gone: new Set() };
}

/** Where a log is. */
export function pathOf(log: Pick<KnownLog, 'directory' | 'name'>): string {
  return join(log.directory, 'log', log.name);
}

/** The id of the writer whose log it is, or whatever the file is called. */
export function writerOf(log: Pick<KnownLog, 'name'>): string {
  return log.name.replace(/\.jsonl$/, '');
}

/** Adds a log of which nothing was read yet. */
export function addLog(logs: IncidentLogs, directory: string, name: string): KnownLog {
  const log: KnownLog = {
    directory,
    name,
    reading: emptyReading(),
    stamp: undefined,
    unreadable: undefined,
    stillSinceMs: performance.now(),
    earlier: [],
  };
  logs.known.set(pathOf(log), log);
  return log;
}

/** Every event that was read, repeated ones included: the fold counts them once. */
export function eventsOf(logs: IncidentLogs): IncidentEvent[] {
  const events: IncidentEvent[] = [];
  for (const { reading, earlier } of logs.known.values()) {
    for (const part of [...earlier, reading]) for (const event of part.events) events.push(event);
  }
  return events;
}

/** How far each log reaches, for another event to note. */
export function headsOf(logs: IncidentLogs): readonly LogHead[] {
  const heads = new Map<Ulid, LogHead>();
  for (const log of logs.known.values()) {
    const writer = writerOf(log);
    const sha256 = log.reading.hashes.at(-1);
    if (!isUlid(writer) || sha256 === undefined) continue;
    const lines = log.reading.hashes.length;
    if (lines > (heads.get(writer)?.lines ?? 0)) heads.set(writer, { writer, lines, sha256 });
  }
  return [...heads.values()];
}

/** The incident that a log says it belongs to. */
export function incidentIn(events: readonly IncidentEvent[]): Ulid | undefined {
  for (const event of events) if (event.type === 'writer.opened') return event.data.incident;
  return undefined;
}

/** The incident of a folder: what its oldest readable log says, else the oldest writer's id. Undefined without any line. */
export function incidentOf(
  contents: readonly { readonly name: string; readonly events: readonly IncidentEvent[] }[],
): Ulid | undefined {
  for (const { events } of contents) {
    const incident = incidentIn(events);
    if (incident !== undefined) return incident;
  }
  return contents
    .filter(({ events }) => events.length > 0)
    .map(writerOf)
    .find(isUlid);
}

/** Lets the logs of one folder be those of another, after it was moved. Nothing is read. */
export function moveLogs(logs: IncidentLogs, from: string, to: string): void {
  const moved = [...logs.known.values()].filter(({ directory }) => directory === from);
  for (const log of moved) {
    logs.known.delete(pathOf(log));
    log.directory = to;
    const there = logs.known.get(pathOf(log));
    if (there === undefined) logs.known.set(pathOf(log), log);
    else there.earlier.push(...log.earlier, log.reading);
  }
  logs.directories = [to, ...logs.directories.filter((directory) => directory !== from && directory !== to)];
}
