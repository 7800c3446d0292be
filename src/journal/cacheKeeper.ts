import { messageOf } from '../incident/incidentError.ts';
import type { JournalSettings } from './journalHandle.ts';
import type { RootCatalog } from './rootCatalog.ts';
import { saveSummaries } from './summaryCache.ts';

const restMs = 2_000;

/** Saves summaries some time after they changed. */
export interface CacheKeeper {
  /** Something changed. */
  touch(): void;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
}

export function createCacheKeeper(
  catalogs: ReadonlyMap<string, RootCatalog>,
  options: Pick<JournalSettings, 'isWritable' | 'log'> & { readonly globalStorage: string },
  beforeSaving: () => void,
): CacheKeeper {
  let timer: NodeJS.Timeout | undefined;

  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!options.isWritable()) return;
    beforeSaving();
    for (const catalog of catalogs.values()) {
      if (catalog.folders.size === 0) continue;
      try {
        await saveSummaries(catalog, options.globalStorage);
      } catch (error) {
        // The next start reads the logs themselves.
        options.log.warn(`[journal] summary cache not saved root=${catalog.root} reason=${messageOf(error)}`);
      }
    }
  }

  return {
    touch: () => {
      timer ??= setTimeout(() => void save(), restMs).unref();
    },
    flush: async () => {
      if (timer !== undefined) await save();
    },
  };
}
