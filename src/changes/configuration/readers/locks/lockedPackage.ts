import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { Entry } from '../../entryDifferences.ts';

/** One version of one package, as a lock file holds it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where it comes from, as a URL or a registry's name; undefined where the file does not say. */
  readonly source?: string | undefined;
  /** Hashes of its content, each with its algorithm in front. */
  readonly hashes: readonly string[];
  /** True when the project itself asks for it; undefined where that can't be told. */
  readonly isDirect: boolean | undefined;
}

/** What a lock file holds. */
export interface LockFile {
  readonly packages: readonly LockedPackage[];
  /** What it says beside packages: its own version, an index. */
  readonly settings: readonly Entry[];
}

/** Reads the text of a lock file; `direct` are the names that the manifests beside it ask for, undefined without one. */
export type ReadsLockFile = (text: string, direct: ReadonlySet<string> | undefined) => LockFile;

/** A setting that says how the whole file is to be read. */
export function lockSetting(subject: string, value: unknown, line = 1): readonly Entry[] {
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  return [{ key: subject, subject, value: String(value), line }];
}

/** Throws UnreadableConfiguration at a line that git left in a conflict; formats read by lines would take it for nothing. */
export function refuseConflicts(text: string): void {
  const at = /^(?:<{7}|={7}|>{7})(?:\s|$)/m.exec(text)?.index;
  if (at !== undefined)
    throw new UnreadableConfiguration(`line ${text.slice(0, at).split('\n').length}: a conflict that nobody solved`);
}
