import type { IsoTime } from '../../incident/isoTime.ts';
import { allListed } from '../../investigate/deployments/listedChanges.ts';
import type { ListedCommit } from '../../investigate/deployments/listedCommit.ts';
import type { PlacedChanges } from '../../investigate/window/placeRepositories.ts';

/** A commit as gestures know it. */
export interface CommitSummary extends Pick<ListedCommit, 'id' | 'subject' | 'author'> {
  readonly at: IsoTime;
  /** Where its repository is. */
  readonly repository: string;
}

/** Every commit that check 1 listed, also what merges brought and what does not run; undefined until it ran. */
export function commitSummaries(changes: PlacedChanges | undefined): readonly CommitSummary[] | undefined {
  return changes?.repositories.flatMap((repository) =>
    allListed(repository).map(({ id, subject, author, committedAt }) => ({
      ...{ id, subject, author, at: committedAt },
      repository: repository.directory,
    })),
  );
}
