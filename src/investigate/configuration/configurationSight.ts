import type { ComparedFile } from '../../changes/configuration/compareVersions.ts';
import type { ChangeStatus, CommitId, DeployRef } from '../../changes/history/readsHistory.ts';
import type { RunningRevision } from '../../changes/deployed/runningRevision.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { ChangeWindow } from '../window/changeWindow.ts';

/** A commit of the window that touched a configuration file. */
export interface ConfigurationCommit {
  readonly id: CommitId;
  readonly subject: string;
  readonly author: string;
  /** When it reached the branch that deploys. */
  readonly reachedAt: IsoTime;
  readonly afterImpactStart: boolean;
}

/** A configuration file that differs between what ran before the window and what runs now. */
export interface ConfigurationFile extends ComparedFile {
  /** Relative to the repository's root; where it was, when it is gone. */
  readonly path: string;
  readonly oldPath?: string;
  readonly status: ChangeStatus;
  /** Those that touched it, newest first. */
  readonly commits: readonly ConfigurationCommit[];
  /** Names of the services that it belongs to, as mayday.yaml says. */
  readonly services: readonly string[];
}

/** What two commits of one repository differ in, as configuration. */
export interface ConfigurationComparison {
  /** Undefined: nothing was before. */
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  /** Those that differ in meaning, or in lines where no format reads them. */
  readonly files: readonly ConfigurationFile[];
  /** How many configuration files differ in order or formatting only. */
  readonly silent: number;
  /** How many changed files are no configuration. */
  readonly others: number;
  /** How many files that are or may be configuration were not looked at because there are too many. */
  readonly leftOut: number;
  readonly hasRenames: boolean;
}

/** What could be seen of the configuration in one workspace folder's repository. */
export type ConfigurationSight =
  | {
      readonly kind: 'seen';
      readonly folder: string;
      readonly repository: string;
      readonly window: ChangeWindow;
      readonly ref: DeployRef;
      readonly running: RunningRevision;
      readonly isShallow: boolean;
      readonly isCut: boolean;
      /** Undefined when nothing runs or nothing changed. */
      readonly deployed: ConfigurationComparison | undefined;
      /** What is on the branch and does not run; undefined when there is none. */
      readonly pending: ConfigurationComparison | undefined;
    }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly folder: string | undefined; readonly reason: string };
