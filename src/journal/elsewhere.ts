import { basename } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import type { ActiveEntry } from './activeIndex.ts';
import { forgetActive, readActiveIndex } from './activeIndex.ts';
import type { JournalSettings } from './journalHandle.ts';
import { listLogs } from './readLogFile.ts';
import { readSummary, repositoryOf, signatureOf } from './rootCatalog.ts';

/** Active incidents of the machine's other repositories. */
export interface Elsewhere {
  /** Reads the machine's index. Resolves with the incidents that came, went or changed. */
  scan(ownRoots: ReadonlySet<string>): Promise<ReadonlySet<IncidentId>>;
  summaries(): ReadonlyMap<IncidentId, IncidentSummary>;
}

export function createElsewhere(
  globalStorage: string,
  settings: Pick<JournalSettings, 'isWritable' | 'log'>,
): Elsewhere {
  const known = new Map<IncidentId, { readonly signature: string; readonly summary: IncidentSummary }>();

  async function drop(id: IncidentId): Promise<boolean> {
    if (settings.isWritable()) {
      await forgetActive(globalStorage, id).catch((error: unknown) => {
        settings.log.warn(`[journal] stale entry of the index kept incident=${id} reason=${messageOf(error)}`);
      });
    }
    return known.delete(id);
  }

  /** True when what is listed of the incident has changed. */
  async function look(entry: ActiveEntry): Promise<boolean> {
    const { id, directory } = entry;
    const listing = await listLogs(directory);
    if (listing === undefined) return drop(id);
    const signature = `${directory}|${signatureOf(listing.files.map(({ name, stamp }) => [name, stamp]))}`;
    if (known.get(id)?.signature === signature) return false;
    const read = await readSummary([directory], basename(directory));
    if (read.id !== id || read.summary?.open !== true) return drop(id);
    const summary = { ...read.summary, elsewhere: entry.folder ?? repositoryOf(directory) };
    known.set(id, { signature, summary });
    return true;
  }

  return {
    scan: async (ownRoots) => {
      const entries = (await readActiveIndex(globalStorage)).filter(({ root }) => !ownRoots.has(root));
      const listed = new Set(entries.map(({ id }) => id));
      const changed = new Set([...known.keys()].filter((id) => !listed.has(id) && known.delete(id)));
      for (const entry of entries) {
        try {
          if (await look(entry)) changed.add(entry.id);
        } catch (error) {
          // One unreadable place must not hide the others.
          settings.log.warn(`[journal] active incident not read incident=${entry.id} reason=${messageOf(error)}`);
        }
      }
      return changed;
    },
    summaries: () => new Map([...known].map(([id, { summary }]) => [id, summary])),
  };
}
