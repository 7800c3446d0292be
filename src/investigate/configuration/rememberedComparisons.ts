import type { ComparedFile, ReadVersions } from '../../changes/configuration/compareVersions.ts';

/** What comparing the same contents came to before: an investigation is repeated while an incident goes on. */
export interface RememberedComparisons {
  get(key: string): ComparedFile | undefined;
  /** Keeps what does not depend on what this clone happens to have. */
  keep(key: string, read: ReadVersions, compared: ComparedFile): void;
}

const mostKept = 4000;

/** Forgets the oldest first. */
export function createRememberedComparisons(): RememberedComparisons {
  const kept = new Map<string, ComparedFile>();
  return {
    get: (key) => kept.get(key),
    keep: (key, { before, after }, compared) => {
      if (before.kind === 'notFetched' || after.kind === 'notFetched') return;
      const [oldest] = kept.size < mostKept ? [] : kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(key, compared);
    },
  };
}
