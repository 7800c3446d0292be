import type { ReadsVersions } from '../../changes/configuration/readsVersions.ts';
import type { ReadsRepository } from '../../changes/environment/readsRepository.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';

/** What is asked of the repository. */
export interface EnvironmentTools {
  readonly versions: ReadsVersions;
  readonly repository: ReadsRepository;
}

/** The two commits whose code is compared, and what reads them. */
export interface Looking extends EnvironmentTools {
  /** The root of the repository. */
  readonly directory: string;
  readonly base: CommitId | undefined;
  readonly head: CommitId;
  readonly signal: AbortSignal | undefined;
}
