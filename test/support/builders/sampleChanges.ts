import type { ListedCommit } from '../../../src/investigate/deployments/listedCommit.ts';
import type { PlacedRepository } from '../../../src/investigate/window/placeRepositories.ts';
import { after } from './events.ts';
import { ana, ben } from './state.ts';

/** The commit that people judge in the sample incidents. */
export const sampleCommit = 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7';

/** A repository in which nothing came in the window. */
export function emptyRepository(): PlacedRepository {
  return {
    name: 'checkout',
    directory: '/home/ana/checkout',
    ref: {
      ref: 'refs/remotes/origin/main',
      name: 'origin/main',
      kind: 'remoteDefault',
      hasRemote: true,
      fetched: { kind: 'known', at: after(42), by: 'fetch' },
    },
    window: { from: after(-240), minutes: 240, origin: { kind: 'detected', at: after(0) } },
    running: { kind: 'unknown', reason: 'No source tells what runs.' },
    groups: [],
    pending: [],
    isShallow: false,
    isPartial: false,
    isCut: false,
  };
}

/** Two deploys, a merge, a commit after impact, one that is not deployed; seen long ago, in a shallow clone. */
export function sampleRepository(): PlacedRepository {
  const lowered = listed(sampleCommit, -14, 'Lower the pool size to 2', {
    marks: ['configuration'],
    services: ['api'],
  });
  return {
    ...emptyRepository(),
    ref: { ...emptyRepository().ref, fetched: { kind: 'known', at: after(-120), by: 'clone' } },
    running: { kind: 'known', from: 'tag v1.9.0', commit: idOf(6) },
    groups: [
      { commits: [listed(idOf(7), 20, 'Log the pool size', { afterImpactStart: true })] },
      {
        deploy: { commit: idOf(6), at: after(-10), name: 'v1.9.0', source: 'tag' },
        also: [{ commit: idOf(6), at: after(-8), name: 'production #412', source: 'github', service: 'api' }],
        commits: [
          lowered,
          listed(idOf(5), -30, 'Merge pull request #12 from ana/prices', {
            brought: [
              listed(idOf(4), -3000, 'Add the price column', { marks: ['migration', 'large'], author: ana }),
              listed(idOf(3), -3100, 'Bump left-pad', { marks: ['dependencies'], additions: 20, deletions: 20 }),
            ],
          }),
        ],
      },
      {
        deploy: { commit: idOf(2), at: after(-200), name: 'v1.8.3', source: 'tag' },
        commits: [
          listed(idOf(2), -210, 'Revert "Cache prices"', { marks: ['reverts'], reverts: 'Cache prices' }),
          listed(idOf(1), -220, 'Cache prices', {
            marks: ['reverted', 'formatting'],
            revertedBy: idOf(2),
            authoredAt: after(-3000),
          }),
        ],
      },
    ],
    late: [{ commit: idOf(9), at: after(-30), name: 'rev 14', source: 'kubernetes', service: 'search' }],
    pending: [listed(idOf(8), 30, 'Raise the pool size again\u001b[31m\u202e', { author: '[x](command:y)' })],
    isShallow: true,
  };
}

function idOf(digit: number): string {
  return String(digit).repeat(40);
}

function listed(id: string, minute: number, subject: string, more: Partial<ListedCommit> = {}): ListedCommit {
  const at = after(minute);
  return {
    ...{ id, subject, author: ben, committedAt: at, files: 1, additions: 1, deletions: 1, afterImpactStart: false },
    ...more,
  };
}
