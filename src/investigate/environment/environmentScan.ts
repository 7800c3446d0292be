import { setImmediate } from 'node:timers/promises';
import type { EnvironmentRead } from '../../changes/environment/environmentRead.ts';
import { environmentReads } from '../../changes/environment/environmentReads.ts';
import { IncidentError } from '../../incident/incidentError.ts';

/** So many characters are read at a time, then others have their turn. */
const atOnce = 128 * 1024;

/** What each of many files reads of its environment, in their order. Throws IncidentError `cancelled`. */
export async function readsInTurns(
  files: readonly { readonly path: string; readonly text: string }[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly EnvironmentRead[])[]> {
  const all: (readonly EnvironmentRead[])[] = [];
  let sinceTurn = 0;
  for (const { path, text } of files) {
    if (signal?.aborted) throw new IncidentError('cancelled', 'Looking for environment variables was cancelled.');
    all.push(environmentReads(path, text));
    sinceTurn += text.length;
    if (sinceTurn < atOnce) continue;
    sinceTurn = 0;
    await setImmediate();
  }
  return all;
}
