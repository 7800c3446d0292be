import type { ReadChange } from '../../changes/environment/comparedReads.ts';
import { mayReadEnvironment } from '../../changes/environment/environmentReads.ts';
import type { Commit, CommitId } from '../../changes/history/readsHistory.ts';
import type { Arrival } from '../../changes/history/windowChanges.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { commitsTouching } from '../configuration/commitsTouching.ts';
import type { ConfigurationCommit } from '../configuration/configurationSight.ts';
import { readsInTurns } from './environmentScan.ts';
import type { Looking } from './environmentTools.ts';

const mostCommits = 100;
/** Beside those that read the variable: one of them may be where it was moved from. */
const mostFilesOfCommit = 20;

type Bringing = (change: ReadChange) => readonly ConfigurationCommit[];

/**
 * The commits that brought a change: those whose files read the variable and whose parent's do not (or the other way round).
 * Nothing where the contents of commits within the window are not in this clone.
 */
export async function commitsBringing(
  looking: Looking,
  changes: readonly ReadChange[],
  arrivals: readonly Arrival[],
): Promise<Bringing> {
  const touching = commitsTouching(arrivals);
  const touchingOf = new Map(changes.map((change) => [change, touching(change.reads.map(({ path }) => path))]));
  const ids = new Set([...touchingOf.values()].flat().map(({ id }) => id));
  const commits = arrivals.flatMap(({ commit, brought }) => [commit, ...brought]).filter(({ id }) => ids.has(id));
  try {
    const paths = new Set(changes.flatMap(({ reads }) => reads.map(({ path }) => path)));
    const brought = await namesBrought(looking, commits.slice(0, mostCommits), paths);
    return (change) =>
      (touchingOf.get(change) ?? []).filter(({ id }) => brought.get(id)?.[change.kind].has(change.name) === true);
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return () => [];
  }
}

type Brought = Readonly<Record<ReadChange['kind'], ReadonlySet<string>>>;

async function namesBrought(
  looking: Looking,
  commits: readonly Commit[],
  paths: ReadonlySet<string>,
): Promise<ReadonlyMap<CommitId, Brought>> {
  const { versions, directory, base, head, signal } = looking;
  const sides = commits.flatMap(({ id, parents: [parent], files }) =>
    files
      .filter(({ path, oldPath, kind }) => kind === 'file' && [path, oldPath ?? path].some(mayReadEnvironment))
      .sort((a, b) => Number(paths.has(b.path)) - Number(paths.has(a.path)))
      .slice(0, mostFilesOfCommit)
      .flatMap(({ path, oldPath = path }) => [
        { commit: id, isAfter: true, path, at: id },
        ...(parent === undefined ? [] : [{ commit: id, isAfter: false, path: oldPath, at: parent }]),
      ]),
  );
  const wanted = sides.map(({ path, at }) => ({ path, at }));
  const contents = await versions.contents(directory, { from: base, to: head }, wanted, signal ? { signal } : {});
  const texts = sides.map(({ path }, index) => {
    const content = contents[index];
    return { path, text: content?.kind === 'text' ? content.text : '' };
  });
  const reads = await readsInTurns(texts, signal);
  const namesOf = (commit: CommitId, isAfter: boolean) =>
    new Set(
      sides.flatMap((side, index) =>
        side.commit === commit && side.isAfter === isAfter ? (reads[index] ?? []).map(({ name }) => name) : [],
      ),
    );
  return new Map(
    commits.map(({ id }) => {
      const [before, after] = [namesOf(id, false), namesOf(id, true)];
      return [id, { began: without(after, before), ceased: without(before, after) }];
    }),
  );
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}
