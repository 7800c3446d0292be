import { parseEvent } from '../incident/parseEvent.ts';
import { createFile } from './durableFiles.ts';
import type { EventBody } from './eventLine.ts';
import { bodyJsonOfLine } from './eventLine.ts';
import type { IncidentLogs, KnownLog } from './incidentLogs.ts';
import { pathOf } from './incidentLogs.ts';
import { completeBytes } from './logReading.ts';
import { codeOf } from './storageError.ts';

/** Events that were read or written once and are in no file any more, of the logs that `isWanted` names; each once. */
export function lostLines(logs: IncidentLogs, isWanted: (log: KnownLog) => boolean): readonly EventBody[] {
  const wanted = [...logs.known.values()].filter(isWanted);
  if (wanted.length === 0) return [];
  const onDisk = new Set<string>();
  for (const { reading, stamp } of logs.known.values()) {
    if (stamp !== undefined) for (const { id } of reading.events) onDisk.add(id);
  }
  const lost = new Map<string, EventBody>();
  for (const log of wanted) {
    for (const reading of log.stamp === undefined ? [...log.earlier, log.reading] : log.earlier) {
      if (reading.events.every(({ id }) => onDisk.has(id))) continue;
      for (const line of completeBytes(reading).toString('utf8').split('\n')) {
        const parsed = parseEvent(line);
        if (parsed.kind === 'damaged' || onDisk.has(parsed.event.id)) continue;
        lost.set(parsed.event.id, { event: parsed.event, json: bodyJsonOfLine(line) });
      }
    }
  }
  return [...lost.values()].toSorted((a, b) => a.event.n - b.event.n);
}

/**
 * Writes every log whose file is gone into `directory`, byte for byte and under its own name. A file that is there
 * already, because another window did the same, is left alone.
 */
export async function writeBack(logs: IncidentLogs, directory: string): Promise<void> {
  for (const log of logs.known.values()) {
    if (log.stamp !== undefined) continue;
    const bytes = [...log.earlier, log.reading].map(completeBytes).reduce((a, b) => (b.length > a.length ? b : a));
    if (bytes.length === 0) continue;
    try {
      await createFile(pathOf({ directory, name: log.name }), bytes);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}
