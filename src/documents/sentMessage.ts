import { join } from 'node:path';
import type { SentUpdate } from '../incident/state.ts';
import { writeDocument } from './writeDocument.ts';

/** Where a message as it was sent stands, relative to the incident's documents: `updates/<event id>-initial.md`. */
export function sentMessagePath({ event, kind }: Pick<SentUpdate, 'event' | 'kind'>): string {
  return `updates/${event}-${kind}.md`;
}

/**
 * Writes a message as it was sent among the incident's documents and gives its path.
 * @throws IncidentError `storage`; the record has the message all the same.
 */
export async function writeSentMessage(
  directory: string,
  update: Pick<SentUpdate, 'event' | 'kind' | 'text'>,
): Promise<string> {
  return writeDocument(join(directory, sentMessagePath(update)), `${update.text.trimEnd()}\n`);
}
