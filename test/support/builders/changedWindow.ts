import type { Commit, FileChange } from '../../../src/changes/history/readsHistory.ts';
import type { Arrival, WindowChanges } from '../../../src/changes/history/windowChanges.ts';

/** A commit id that a reader recognizes: `a1` is `a1a1a1…`. */
export function idOf(name: string): string {
  return name.repeat(40).slice(0, 40);
}

/** A commit that reached the branch by itself, or the merge that brought others. `name` is of hexadecimal digits. */
export function arrivalOf(
  name: string,
  { files = [], brought = [], ...commit }: Partial<Commit> & { readonly brought?: readonly Commit[] } = {},
): Arrival {
  const committedAt = commit.committedAt ?? '2026-11-23T06:00:00.000Z';
  return {
    reachedAt: committedAt,
    commit: {
      id: idOf(name),
      parents: [],
      author: 'Ana Ruiz',
      email: 'ana@example.com',
      authoredAt: committedAt,
      committedAt,
      subject: `Change ${name}`,
      ...commit,
      files,
    },
    brought,
    isCut: false,
    afterImpactStart: false,
  };
}

/** `M src/a.js`, `A src/a.js`, `D src/a.js`, `R src/a.js src/b.js`. */
export function fileChange(text: string): FileChange {
  const [letter = '', first = '', second] = text.split(' ');
  const status = ({ A: 'added', M: 'modified', D: 'deleted', R: 'renamed' } as const)[letter] ?? 'modified';
  return second === undefined
    ? { status, path: first, kind: 'file' }
    : { status, path: second, oldPath: first, kind: 'file' };
}

/** A window whose arrivals all run, of a repository whose branch is assumed to be what runs. */
export function windowChangesOf(arrivals: readonly Arrival[], given: Partial<WindowChanges> = {}): WindowChanges {
  return {
    repository: '/repository',
    ref: {
      ref: 'refs/remotes/origin/main',
      name: 'origin/main',
      kind: 'remoteDefault',
      commit: idOf('f'),
      hasRemote: true,
      fetched: { kind: 'known', at: '2026-11-23T06:30:00.000Z', by: 'fetch' },
    },
    running: { kind: 'unknown', reason: 'No source is configured.' },
    base: idOf('0'),
    head: idOf('f'),
    groups: [{ deploy: undefined, arrivals }],
    pending: [],
    isShallow: false,
    isCut: false,
    ...given,
  };
}
