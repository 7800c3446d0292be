import type { IsoTime } from '../incident/isoTime.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { FileStamp } from './durableFiles.ts';
import type { IncidentLogs, KnownLog } from './incidentLogs.ts';
import { addLog, incidentOf, pathOf } from './incidentLogs.ts';
import { completeBytes, emptyReading, readBytes } from './logReading.ts';
import type { LogFile } from './readLogFile.ts';
import { listLogs, readLogFile } from './readLogFile.ts';

/**
 * Reads what is new on disk. Resolves with whether anything that counts has changed. What was read once is never
 * forgotten, also when its file shrinks, is replaced or vanishes.
 */
export async function refreshLogs(logs: IncidentLogs, now: IsoTime): Promise<boolean> {
  let changed = false;
  const irregular: string[] = [];
  const gone = new Set<string>();
  for (const directory of logs.directories) {
    const listing = await listLogs(directory);
    irregular.push(...(listing?.irregular ?? []).map((name) => pathOf({ directory, name })));
    const files =
      listing === undefined || (await isOfAnother(logs, directory, listing.files)) ? undefined : listing.files;
    if (files === undefined) gone.add(directory);
    changed = (await refreshDirectory(logs, directory, files ?? [], now)) || changed;
  }
  changed ||= irregular.length !== logs.irregular.length || gone.size !== logs.gone.size;
  logs.irregular = irregular;
  logs.gone = gone;
  return changed;
}

/** A folder whose logs are all new may have been deleted, and made again for another incident of the same name. */
async function isOfAnother(logs: IncidentLogs, directory: string, files: readonly LogFile[]): Promise<boolean> {
  const isKnown = ({ name }: LogFile) => logs.known.has(pathOf({ directory, name }));
  const wasRead = [...logs.known.values()].some((log) => log.directory === directory);
  if (!wasRead || files.length === 0 || files.some(isKnown)) return false;
  const contents = [];
  for (const { name } of files) {
    const reading = emptyReading();
    await readLogFile(pathOf({ directory, name }), 0, (piece) => {
      readBytes(reading, piece, '');
    });
    contents.push({ name, events: reading.events });
  }
  const incident = incidentOf(contents);
  return incident !== undefined && incident !== logs.id;
}

async function refreshDirectory(
  logs: IncidentLogs,
  directory: string,
  files: readonly LogFile[],
  now: IsoTime,
): Promise<boolean> {
  let changed = false;
  for (const { name, stamp } of files) {
    const log = logs.known.get(pathOf({ directory, name })) ?? addLog(logs, directory, name);
    if (!isSame(log.stamp, stamp)) changed = (await refreshLog(log, stamp, now)) || changed;
  }
  const present = new Set(files.map(({ name }) => name));
  for (const log of logs.known.values()) {
    if (log.directory !== directory || present.has(log.name) || log.stamp === undefined) continue;
    log.stamp = undefined;
    changed = true;
  }
  return changed;
}

async function refreshLog(log: KnownLog, listed: FileStamp, now: IsoTime): Promise<boolean> {
  const before = appearanceOf(log);
  try {
    const stamp = hasGrown(log, listed) ? await readOn(log, now) : await readAgain(log, now);
    log.unreadable = stamp === undefined ? 'longer than 256 MB, or no regular file' : undefined;
    // A file that cannot be read is looked at again when it changes, not at every turn.
    log.stamp = stamp ?? listed;
  } catch (error) {
    log.unreadable = `cannot be read: ${messageOf(error)}`;
    log.stamp = listed;
  }
  if (appearanceOf(log) === before) return false;
  log.stillSinceMs = performance.now();
  return true;
}

function hasGrown({ stamp, reading }: KnownLog, listed: FileStamp): boolean {
  return stamp?.ino === listed.ino && stamp.size === reading.size && listed.size > stamp.size;
}

function appearanceOf({ reading, earlier, stamp, unreadable }: KnownLog): string {
  return JSON.stringify([reading.size, reading.hashes.at(-1), earlier.length, stamp === undefined, unreadable]);
}

async function readOn(log: KnownLog, now: IsoTime): Promise<FileStamp | undefined> {
  const { reading } = log;
  return readLogFile(pathOf(log), reading.size, (piece) => {
    readBytes(reading, piece, now);
  });
}

async function readAgain(log: KnownLog, now: IsoTime): Promise<FileStamp | undefined> {
  const reading = emptyReading();
  const stamp = await readLogFile(pathOf(log), 0, (piece) => {
    readBytes(reading, piece, now);
  });
  if (stamp === undefined) return undefined;
  const held = [...log.earlier, log.reading].map(completeBytes);
  const lost = [...log.earlier, log.reading].filter(
    (_, index) => !startsWith(reading.pieces, held[index] ?? Buffer.of()),
  );
  log.reading = reading;
  log.earlier.splice(0, log.earlier.length, ...lost);
  return stamp;
}

function startsWith(pieces: readonly Uint8Array[], beginning: Buffer): boolean {
  return Buffer.concat(pieces).subarray(0, beginning.length).equals(beginning);
}

function isSame(a: FileStamp | undefined, b: FileStamp): boolean {
  return a?.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
