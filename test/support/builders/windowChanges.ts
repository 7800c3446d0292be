import type { Commit, FileChange } from '../../../src/changes/history/readsHistory.ts';
import type { Arrival, WindowChanges } from '../../../src/changes/history/windowChanges.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import type { TestRepository } from './repository.ts';

export const windowNow = '2026-11-23T07:00:00.000Z';

/** The changes between two commits of a repository, one arrival per commit of its first-parent line. */
export function changesSight(
  repository: TestRepository,
  base: string | undefined,
  wish: Partial<WindowChanges> = {},
): ChangesSight {
  const head = wish.head ?? repository.git('rev-parse', 'HEAD');
  const changes: WindowChanges = {
    repository: repository.directory,
    ref: {
      ref: 'refs/remotes/origin/main',
      name: 'origin/main',
      kind: 'remoteDefault',
      commit: head,
      hasRemote: true,
      fetched: { kind: 'known', at: '2026-11-23T06:55:00.000Z', by: 'fetch' },
    },
    running: { kind: 'known', source: 'tag', from: 'tag v1', version: '1', commit: head, readAt: windowNow },
    base,
    head,
    groups: [{ deploy: undefined, arrivals: arrivalsBetween(repository, base, head) }],
    pending: [],
    isShallow: false,
    isCut: false,
    ...wish,
  };
  const window = changeWindow({
    impactStart: '2026-11-23T06:30:00.000Z',
    detected: '2026-11-23T06:40:00.000Z',
    now: windowNow,
    minutes: 240,
  });
  return { kind: 'seen', folder: repository.directory, window, changes };
}

/** The commits of the first-parent line between two commits, newest first. */
export function arrivalsBetween({ git }: TestRepository, from: string | undefined, to: string): readonly Arrival[] {
  const range = from === undefined ? to : `${from}..${to}`;
  const ids = git('rev-list', '--first-parent', range).split('\n').filter(Boolean);
  return ids.map((id) => {
    const [author = '', email = '', seconds = '0', subject = ''] = git(
      'log',
      '-1',
      '--format=%an%n%ae%n%ct%n%s',
      id,
    ).split('\n');
    const at = new Date(Number(seconds) * 1000).toISOString();
    const parents = git('log', '-1', '--format=%P', id).split(' ').filter(Boolean);
    const commit: Commit = {
      id,
      parents,
      author,
      email,
      authoredAt: at,
      committedAt: at,
      subject,
      files: filesOf(git, id, parents[0]),
    };
    return { reachedAt: at, commit, brought: [], isCut: false, afterImpactStart: false };
  });
}

function filesOf(git: TestRepository['git'], id: string, parent: string | undefined): readonly FileChange[] {
  const ends = parent === undefined ? ['--root', '--no-commit-id', id] : [parent, id];
  const lines = git('diff-tree', '-r', '-M', '--name-status', ...ends)
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => {
    const [letter = 'M', first = '', second] = line.split('\t');
    const status = ({ A: 'added', D: 'deleted', R: 'renamed' } as const)[letter.charAt(0)] ?? 'modified';
    return second === undefined
      ? { status, path: first, kind: 'file' }
      : { status, path: second, oldPath: first, kind: 'file' };
  });
}
