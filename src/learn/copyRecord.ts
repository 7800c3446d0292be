import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseCancelled } from '../incident/defineUseCase.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { citedEvidence, evidencePath } from '../documents/evidencePath.ts';
import { sentMessagePath, writeSentMessage } from '../documents/sentMessage.ts';
import { writeDocument } from '../documents/writeDocument.ts';

/**
 * Puts beside an incident's documents what they link to and is not there: evidence, and messages as they were sent. Gives
 * the names of evidence that the record no longer has.
 */
export async function copyRecord(
  handle: IncidentHandle,
  directory: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  for (const update of handle.state.updates) {
    if (!(await exists(join(directory, sentMessagePath(update))))) await writeSentMessage(directory, update);
  }
  const missing: string[] = [];
  for (const ref of citedEvidence(handle.state)) {
    refuseCancelled(signal);
    const path = join(directory, evidencePath(ref));
    if (await exists(path)) continue;
    const bytes = await handle.readEvidence(ref).catch((error: unknown) => {
      if (!isIncidentError(error, 'notFound')) throw error;
      missing.push(ref.name);
    });
    if (bytes !== undefined) await writeDocument(path, bytes);
  }
  return missing;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
