import type { ListedRepository } from '../deployments/listedChanges.ts';
import { endsWith, pathParts } from './repositoryLabels.ts';

/** A listed repository, and where it is on this machine. */
export interface PlacedRepository extends ListedRepository {
  /** Its root, or a folder inside it; absolute. */
  readonly directory: string;
}

export interface PlacedChanges {
  readonly repositories: readonly PlacedRepository[];
}

/**
 * Where the repositories of a list are: the record has only their labels (`repositoryLabels`). A label is that of the folder
 * whose path ends with it; a longer label chooses first, and no folder is two repositories while there is another. A folder
 * inside a repository stands in for it, and for a label that is none of theirs the first of `folders`: those of this window,
 * the incident's own first.
 */
export function placeRepositories<R extends { readonly name: string } = ListedRepository>(
  { repositories }: { readonly repositories: readonly R[] },
  folders: readonly string[],
): { readonly repositories: readonly (R & Pick<PlacedRepository, 'directory'>)[] } {
  const places = placesOf(
    repositories.map(({ name }) => pathParts(name)),
    folders,
  );
  return {
    repositories: repositories.map((repository, index) => ({ ...repository, directory: places.get(index) ?? '' })),
  };
}

/** The folder of each label, by its index. */
function placesOf(labels: readonly (readonly string[])[], folders: readonly string[]): ReadonlyMap<number, string> {
  const candidates = folders.map((folder) => ({ folder, parts: pathParts(folder) }));
  const places = new Map<number, string>();
  const taken = new Set<string>();
  const longestFirst = labels.map((label, index) => ({ label, index })).sort((a, b) => b.label.length - a.label.length);
  for (const { label, index } of longestFirst) {
    const named = candidates.filter(({ parts }) => endsWith(parts, label));
    const around = candidates.filter(({ parts }) => parts.some((_part, end) => endsWith(parts.slice(0, end), label)));
    const choices = [...(named.length > 0 ? named : around)];
    const choice = choices.find(({ folder }) => !taken.has(folder)) ?? choices[0];
    const folder = choice?.folder ?? folders[0];
    if (folder === undefined) continue;
    if (choice !== undefined) taken.add(folder);
    places.set(index, folder);
  }
  return places;
}
