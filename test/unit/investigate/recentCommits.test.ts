import { describe, expect, it } from 'vitest';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { minuteMs, plusMs } from '../../../src/incident/isoTime.ts';
import { changeWindow, widerWindows } from '../../../src/investigate/changeWindow.ts';
import { commitLabel } from '../../../src/investigate/commitLabel.ts';
import type { Commit, DeployRef, Fetched, History } from '../../../src/investigate/readsHistory.ts';
import { judgeRecentCommits } from '../../../src/investigate/recentCommits.ts';

const now: IsoTime = '2026-11-23T06:58:00.000Z';
const ago = (minutes: number) => plusMs(now, -minutes * minuteMs);

function commit(minutesAgo: number, { email = 'ana@example.com', subject = 'Change' } = {}): Commit {
  const at = ago(minutesAgo);
  const id = `${minutesAgo.toString(16).padStart(4, '0')}a1b2`.padEnd(40, '0');
  return { id, parents: [], author: 'Ana', email, authoredAt: at, committedAt: at, subject, files: [] };
}

const fetched = (minutes: number, by: 'fetch' | 'push' | 'clone' = 'fetch'): Fetched => ({
  kind: 'known',
  at: ago(minutes),
  by,
});

const main: DeployRef = {
  ref: 'refs/remotes/origin/main',
  name: 'origin/main',
  kind: 'remoteDefault',
  commit: 'f'.repeat(40),
  hasRemote: true,
  fetched: fetched(3),
};
const local: DeployRef = {
  ...main,
  ref: 'HEAD',
  name: 'main',
  kind: 'local',
  hasRemote: false,
  fetched: { kind: 'unknown', reason: 'the repository has no remote' },
};
const fourHours = changeWindow({ impactStart: ago(38), detected: ago(30), now, minutes: 240 });

function judge(
  commits: readonly Commit[],
  sight: { ref?: DeployRef; history?: Partial<History>; isShallow?: boolean } = {},
) {
  const history: History = { commits, isCut: false, ...sight.history };
  return judgeRecentCommits(
    { kind: 'seen', ref: sight.ref ?? main, history, isShallow: sight.isShallow ?? false },
    fourHours,
  );
}

describe('judgeRecentCommits', () => {
  it.each<[string, DeployRef, { isShallow?: boolean; history?: Partial<History> }, string, string]>([
    [
      'fetched 3 min ago',
      main,
      {},
      'ok',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. Last fetched 3 min ago.',
    ],
    [
      'fetched 15 min ago',
      { ...main, fetched: fetched(15) },
      {},
      'ok',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. Last fetched 15 min ago.',
    ],
    [
      'pushed just now',
      { ...main, fetched: fetched(0, 'push') },
      {},
      'ok',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. Last seen by a push less than a minute ago.',
    ],
    [
      'fetched 16 min ago',
      { ...main, fetched: fetched(16) },
      {},
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But origin/main was last fetched 16 min ago, so newer ones may be missing.',
    ],
    [
      'fetched 2 h ago',
      { ...main, fetched: fetched(120) },
      {},
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But origin/main was last fetched 2 h ago, so newer ones may be missing.',
    ],
    [
      'fetched at an unknown time',
      { ...main, fetched: { kind: 'unknown', reason: 'this clone does not tell when it was fetched' } },
      {},
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But when origin/main was last fetched is unknown: this clone does not tell when it was fetched.',
    ],
    [
      'fetched in the future',
      { ...main, fetched: fetched(-30) },
      {},
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But origin/main was fetched in the future, so one of the clocks is wrong.',
    ],
    [
      'no remote',
      local,
      {},
      'unknown',
      'No commits on main in the 4 h before impact began and the 38 min since. But there is no remote, so only main of this clone can be seen.',
    ],
    [
      'a remote that was never fetched',
      { ...local, hasRemote: true },
      {},
      'unknown',
      'No commits on main in the 4 h before impact began and the 38 min since. But no branch of the remote was ever fetched, so only main of this clone can be seen.',
    ],
    [
      'a shallow clone',
      main,
      { isShallow: true },
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But this is a shallow clone, so older commits are missing.',
    ],
    [
      'a history that was not looked through',
      main,
      { history: { isCut: true } },
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But there are more commits than were looked through.',
    ],
  ])('no commits, %s', (_what, ref, sight, verdict, summary) => {
    expect(judge([], { ref, ...sight })).toEqual({ verdict, summary, commits: [], widerWindows: [1440, 10_080] });
  });

  it('names how many commits, by how many people, the newest, and how fresh the sight is', () => {
    const commits = [
      commit(20, { subject: 'Release connections on error', email: 'Bo@example.com' }),
      commit(50),
      commit(200, { email: 'bo@example.com' }),
    ];
    expect(judge(commits)).toMatchObject({
      verdict: 'suspicious',
      summary:
        '3 commits by 2 people reached origin/main in the 4 h before impact began and the 38 min since, 1 of them after impact began; newest 20 min ago (0014a1b2 Release connections on error). Last fetched 3 min ago.',
      commits: [{ afterImpactStart: true }, { afterImpactStart: false }, { afterImpactStart: false }],
      widerWindows: [],
    });
  });

  it('says of a single commit, on a stale sight, what may be missing', () => {
    expect(judge([commit(100)], { ref: { ...main, fetched: fetched(300) } }).summary).toBe(
      '1 commit by 1 person reached origin/main in the 4 h before impact began and the 38 min since; newest 1 h 40 min ago (0064a1b2 Change). But origin/main was last fetched 5 h ago, so newer ones may be missing.',
    );
  });

  it('counts what was listed when there is more', () => {
    expect(judge([commit(10), commit(11)], { history: { isCut: true } }).summary).toContain(
      '2 or more commits by 1 person',
    );
  });

  it('leaves out what is older than the window', () => {
    expect(judge([commit(10), commit(279), commit(278), commit(1000)]).commits).toHaveLength(2);
  });

  it('makes the subject of a stranger harmless', () => {
    const hostile = '\u001b[31m$(reboot)\u001b[0m \u202e\nSecond line';
    expect(judge([commit(10, { subject: hostile })]).summary).toContain('(000aa1b2 $(reboot) Second line)');
  });

  it('knows a commit of the future', () => {
    expect(judge([commit(-30)]).summary).toContain('newest dated in the future');
  });

  it('is unknown, with the reason, without a commit or a repository', () => {
    expect(judge([], { ref: { ...local, commit: undefined }, history: { nothing: 'unbornBranch' } })).toMatchObject({
      verdict: 'unknown',
      summary: 'main has no commit yet.',
    });
    expect(judgeRecentCommits({ kind: 'none', reason: '/x is in no git repository.' }, fourHours)).toEqual({
      verdict: 'unknown',
      summary: '/x is in no git repository.',
      commits: [],
      widerWindows: [],
    });
  });
});

describe('changeWindow', () => {
  it('begins before impact and ends now', () => {
    expect(fourHours).toEqual({ from: ago(278), to: now, minutes: 240, origin: { kind: 'impactStart', at: ago(38) } });
  });

  it('counts from detection as long as impact start is unknown, and flags no commit as later', () => {
    const window = changeWindow({ impactStart: undefined, detected: ago(5), now, minutes: 60 });
    expect(window).toEqual({ from: ago(65), to: now, minutes: 60, origin: { kind: 'detected', at: ago(5) } });
    const history: History = { commits: [commit(1)], isCut: false };
    const { summary, commits } = judgeRecentCommits({ kind: 'seen', ref: main, history, isShallow: false }, window);
    expect(summary).toContain('in the 1 h before detection and the 5 min since; newest');
    expect(commits[0]?.afterImpactStart).toBe(false);
  });

  it('says "the last" when impact began just now, or a clock says later', () => {
    for (const minutes of [0, -10]) {
      const window = changeWindow({ impactStart: ago(minutes), detected: now, now, minutes: 240 });
      expect(window.from).toBe(ago(240));
      const sight = { kind: 'seen', ref: main, history: { commits: [], isCut: false }, isShallow: false } as const;
      expect(judgeRecentCommits(sight, window).summary).toContain('reached origin/main in the last 4 h.');
    }
  });
});

describe('widerWindows', () => {
  it.each([
    [60, [1440, 10_080]],
    [240, [1440, 10_080]],
    [1440, [10_080]],
    [10_080, []],
    [20_000, []],
  ])('of %d minutes: %j', (minutes, proposals) => {
    expect(widerWindows(minutes)).toEqual(proposals);
  });
});

describe('commitLabel', () => {
  it.each([
    ['Fix it', '3f2a1b9c Fix it'],
    ['', '3f2a1b9c (no message)'],
    ['x'.repeat(200), `3f2a1b9c ${'x'.repeat(79)}…`],
  ])('%j', (subject, label) => {
    expect(commitLabel({ id: '3f2a1b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a', subject })).toBe(label);
  });
});
