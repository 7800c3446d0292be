import type { ReadsVersions, VersionsBetween } from './readsVersions.ts';

/** A window or two of a few repositories. */
const mostRemembered = 8;

interface Asked {
  readonly versions: Promise<VersionsBetween>;
  /** Whoever may cancel it; nobody once it is there. */
  by: AbortSignal | 'nobody' | undefined;
}

/**
 * Asks only once what two commits differ in, for all who look at the same window: commits do not change. What failed, was
 * cancelled, or lacks renames is asked anew.
 */
export function rememberedVersions(reads: ReadsVersions): ReadsVersions {
  const known = new Map<string, Asked>();
  return {
    contents: reads.contents,
    versionsBetween: (directory, range, signal) => {
      const key = [directory, range.from ?? '', range.to].join('\0');
      const before = known.get(key);
      if (before !== undefined && (before.by === 'nobody' || before.by === signal)) return before.versions;
      const asked: Asked = { versions: reads.versionsBetween(directory, range, signal), by: signal };
      known.set(key, asked);
      const forget = () => {
        if (known.get(key) === asked) known.delete(key);
      };
      asked.versions.then(({ hasRenames }) => {
        if (hasRenames) asked.by = 'nobody';
        else forget();
      }, forget);
      const [oldest] = known.keys();
      if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
      return asked.versions;
    },
  };
}
