import type { Difference } from '../../changes/configuration/difference.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { ConfigurationFinding } from './configurationChanges.ts';
import type { ConfigurationFile } from './configurationSight.ts';

/** A configuration file as check 2 lists it. */
export interface ListedConfigurationFile extends Omit<ConfigurationFile, 'differences' | 'format'> {
  /** Redacted. */
  readonly differences: readonly Difference[];
  /** Name of its format; undefined when none reads it. */
  readonly format?: string;
}

/** What two commits differ in, as check 2 lists it. */
export interface ListedComparison {
  readonly from?: CommitId;
  readonly to: CommitId;
  readonly files: readonly ListedConfigurationFile[];
  readonly silent: number;
  readonly others: number;
  readonly leftOut: number;
}

export interface ListedConfigurationRepository {
  /** The name of its folder. */
  readonly name: string;
  /** Nobody told what runs, and the head of the deploy branch stands for it. */
  readonly isAssumed: boolean;
  /** What runs against what ran before the window; absent when nothing reached it. */
  readonly deployed?: ListedComparison;
  /** What waits to be deployed against what runs. */
  readonly pending?: ListedComparison;
}

/** What check 2 saw. */
export interface ListedConfiguration {
  readonly repositories: readonly ListedConfigurationRepository[];
  readonly findings: readonly ConfigurationFinding[];
  /** Why something could not be seen, a sentence each. */
  readonly unseen: readonly string[];
}
