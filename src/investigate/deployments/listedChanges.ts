import type { DifferingService } from '../../changes/deployed/runningRevision.ts';
import type { DeployRef } from '../../changes/history/readsHistory.ts';
import type { Deploy } from '../../changes/history/windowChanges.ts';
import type { ChangeWindow } from '../window/changeWindow.ts';
import type { ListedCommit } from './listedCommit.ts';

/** Commits that went out together, newest first. */
export interface ListedGroup {
  /** Absent: no source tells when these were deployed. */
  readonly deploy?: Deploy;
  /** Further deploys of the same commits. */
  readonly also?: readonly Deploy[];
  readonly commits: readonly ListedCommit[];
}

/** What check 1 lists of one repository. */
export interface ListedRepository {
  /** The last part of its path, with parents where several share it: where it is on a machine is no part of the record. */
  readonly name: string;
  readonly ref: Pick<DeployRef, 'ref' | 'name' | 'kind' | 'hasRemote' | 'fetched'>;
  readonly window: Omit<ChangeWindow, 'to'>;
  readonly running:
    | {
        readonly kind: 'known';
        readonly from: string;
        readonly commit: string;
        /** Each of the services, where they run different revisions: this is the newest of theirs. */
        readonly services?: readonly Pick<DifferingService, 'service' | 'from' | 'commit'>[];
      }
    | { readonly kind: 'unknown'; readonly reason: string };
  /** Between these lies everything that the window changed; absent where nothing is. */
  readonly base?: string;
  readonly head?: string;
  /** Newest first. */
  readonly groups: readonly ListedGroup[];
  /** Deploys of the window that put out nothing of it; absent when there are none. */
  readonly late?: readonly Deploy[];
  /** On the branch and not running, newest first. */
  readonly pending: readonly ListedCommit[];
  readonly isShallow: boolean;
  readonly isPartial: boolean;
  readonly isCut: boolean;
}

/** What check 1 listed, repository by repository. */
export interface ListedChanges {
  readonly repositories: readonly ListedRepository[];
}

/** Every commit of a repository's list once, newest first: those that run, what they brought, those that do not run yet. */
export function allListed({ groups, pending }: Pick<ListedRepository, 'groups' | 'pending'>): readonly ListedCommit[] {
  const arrived = [...pending, ...groups.flatMap(({ commits }) => commits)];
  return arrived.flatMap((commit) => [commit, ...(commit.brought ?? [])]);
}
