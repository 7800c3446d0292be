import type { Arrival, Deploy, WindowChanges } from '../history/windowChanges.ts';
import type { Commit, CommitId } from '../history/readsHistory.ts';

/** How a commit came to the deploy branch, and from there to production. */
export interface Brought {
  readonly commit: Commit;
  /** The commit itself, or the merge that brought it. */
  readonly arrival: Arrival;
  /** What put it into production, where a source tells. */
  readonly deploy: Deploy | undefined;
}

/** The commits of a change window, those that do not run yet and those that merges brought included. */
export function broughtCommits({
  groups,
  pending,
}: Pick<WindowChanges, 'groups' | 'pending'>): ReadonlyMap<CommitId, Brought> {
  const commits = [{ deploy: undefined, arrivals: pending }, ...groups].flatMap(({ deploy, arrivals }) =>
    arrivals.flatMap((arrival) => [arrival.commit, ...arrival.brought].map((commit) => ({ commit, arrival, deploy }))),
  );
  return new Map(commits.map((brought) => [brought.commit.id, brought]));
}

/** A file that differs between what ran before the window and what runs. */
export interface ChangedPlace {
  /** Where it is in what runs, relative to the repository's root, with `/`. */
  readonly path: string;
  /** Where it was before; undefined when it was not there. */
  readonly fromPath: string | undefined;
  /** What changed it, newest first. */
  readonly arrivals: readonly Arrival[];
}

/**
 * The files that differ, each under every name that it had within the window and has on the deploy branch: what is checked
 * out may be older or newer than what runs. `files` are those of git's comparison of `base` and `head`.
 */
export function changedPlaces(
  { groups, pending }: Pick<WindowChanges, 'groups' | 'pending'>,
  files: readonly { readonly left?: string; readonly right?: string }[],
): ReadonlyMap<string, ChangedPlace> {
  const arrivalsOf = new Map<string, Arrival[]>();
  const names = new Map(files.flatMap(({ right }) => (right === undefined ? [] : [[right, right] as const])));
  const current = new Set(names.keys());
  for (const arrival of groups.flatMap(({ arrivals }) => arrivals)) {
    for (const { path, oldPath } of arrival.commit.files) {
      const name = names.get(path);
      if (name === undefined) continue;
      arrivalsOf.set(name, [...(arrivalsOf.get(name) ?? []), arrival]);
      if (oldPath !== undefined && !current.has(oldPath)) names.set(oldPath, name);
    }
  }
  for (const { commit } of pending.toReversed()) {
    for (const { status, path, oldPath } of commit.files) {
      const name = status === 'renamed' && oldPath !== undefined ? names.get(oldPath) : undefined;
      if (name !== undefined && !current.has(path)) names.set(path, name);
    }
  }
  const places = new Map(
    files.flatMap(({ left, right }) =>
      right === undefined
        ? []
        : [[right, { path: right, fromPath: left, arrivals: arrivalsOf.get(right) ?? [] }] as const],
    ),
  );
  return new Map(
    [...names].flatMap(([name, path]) => {
      const place = places.get(path);
      return place === undefined ? [] : [[name, place] as const];
    }),
  );
}

/** The files that are there where nothing was before the window: what the newest arrival that names each left of it. */
export function filesOfAll({ groups }: Pick<WindowChanges, 'groups'>): readonly { readonly right: string }[] {
  const isThere = new Map<string, boolean>();
  for (const { path, oldPath, status } of groups.flatMap(({ arrivals }) =>
    arrivals.flatMap((one) => one.commit.files),
  )) {
    if (!isThere.has(path)) isThere.set(path, status !== 'deleted');
    if (status === 'renamed' && oldPath !== undefined && !isThere.has(oldPath)) isThere.set(oldPath, false);
  }
  return [...isThere].flatMap(([right, is]) => (is ? [{ right }] : []));
}
