import { describe, expect, it } from 'vitest';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { minuteMs, plusMs } from '../../../src/incident/isoTime.ts';
import { changeWindow, widerWindows, windowAfter } from '../../../src/investigate/window/changeWindow.ts';
import { commitLabel } from '../../../src/investigate/deployments/commitLabel.ts';
import type { Commit, DeployRef, Fetched } from '../../../src/changes/history/readsHistory.ts';
import type { Arrival, WindowChanges } from '../../../src/changes/history/windowChanges.ts';
import type { ChangeWindow } from '../../../src/investigate/window/changeWindow.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import { judgeRecentCommits } from '../../../src/investigate/deployments/recentCommits.ts';

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

function sightOf(
  commits: readonly Commit[],
  changes: Partial<WindowChanges> = {},
  window: ChangeWindow = fourHours,
): ChangesSight {
  const arrivals = commits.map((each): Arrival => {
    const afterImpactStart = window.origin.kind === 'impactStart' && each.committedAt > window.origin.at;
    return { reachedAt: each.committedAt, commit: each, brought: [], isCut: false, afterImpactStart };
  });
  const seen: WindowChanges = {
    repository: '/home/ana/shop',
    ref: main,
    running: { kind: 'unknown', reason: 'nobody tells' },
    base: 'b'.repeat(40),
    head: main.commit,
    groups: arrivals.length === 0 ? [] : [{ deploy: undefined, arrivals }],
    pending: [],
    isShallow: false,
    isCut: false,
    ...changes,
  };
  return { kind: 'seen', folder: '/home/ana/shop', window, changes: seen };
}

const judge = (commits: readonly Commit[], changes: Partial<WindowChanges> = {}) =>
  judgeRecentCommits([sightOf(commits, changes)], now);

describe('judgeRecentCommits', () => {
  it.each<[string, DeployRef, Partial<WindowChanges>, string, string]>([
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
      { isCut: true },
      'unknown',
      'No commits reached origin/main in the 4 h before impact began and the 38 min since. But there are more commits than were looked through.',
    ],
  ])('no commits, %s', (_what, ref, sight, verdict, summary) => {
    expect(judge([], { ref, ...sight })).toEqual({ verdict, summary, widerWindows: [1440, 10_080] });
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
      widerWindows: [],
    });
  });

  it('says of a single commit, on a stale sight, what may be missing, and judges nothing', () => {
    expect(judge([commit(100)], { ref: { ...main, fetched: fetched(300) } })).toMatchObject({
      verdict: 'unknown',
      summary:
        '1 commit by 1 person reached origin/main in the 4 h before impact began and the 38 min since; newest 1 h 40 min ago (0064a1b2 Change). But origin/main was last fetched 5 h ago, so newer ones may be missing.',
    });
  });

  it.each([
    ['15 min ago', fetched(15), 'suspicious'],
    ['16 min ago', fetched(16), 'unknown'],
    ['nobody knows when', { kind: 'unknown', reason: 'no reflog' }, 'unknown'],
  ] as const)('fetched %s: commits make it %s', (_when, seen, verdict) => {
    expect(judge([commit(100)], { ref: { ...main, fetched: seen } }).verdict).toBe(verdict);
  });

  it('counts what was listed when there is more', () => {
    expect(judge([commit(10), commit(11)], { isCut: true }).summary).toContain('2 or more commits by 1 person');
  });

  it('mentions what does not run, and what a merge brought', () => {
    const [arrival] = (sightOf([commit(20)]) as Extract<ChangesSight, { kind: 'seen' }>).changes.groups[0]!.arrivals;
    const merge: Arrival = { ...arrival!, brought: [commit(600), commit(700, { email: 'bo@example.com' })] };
    const { summary, verdict } = judge([], { groups: [{ deploy: undefined, arrivals: [merge] }], pending: [arrival!] });
    expect(summary).toMatch(/^1 commit \(and 2 through merges\) by 2 people reached origin\/main in the 4 h/);
    expect(summary).toContain(' 1 more is not deployed. Last fetched');
    expect(verdict).toBe('suspicious');
    expect(judge([], { pending: [arrival!] })).toMatchObject({
      verdict: 'ok',
      summary: expect.stringContaining('1 more is not deployed.') as string,
    });
  });

  it('is never ok where something went out in the window that reached the branch before it', () => {
    const deploy = { commit: 'd'.repeat(40), at: ago(60), name: 'v1.9.0', source: 'tag' } as const;
    expect(judge([], { deploys: [deploy] })).toEqual({
      verdict: 'suspicious',
      summary: expect.stringContaining('v1.9.0 went out 1 h ago with older commits') as string,
      widerWindows: [],
    });
    expect(judge([], { deploys: [{ ...deploy, at: ago(1000) }] }).verdict).toBe('ok');
    const [group] = (sightOf([commit(20)]) as Extract<ChangesSight, { kind: 'seen' }>).changes.groups;
    expect(judge([], { deploys: [deploy], groups: [{ ...group!, deploy }] }).summary).not.toContain('older commits');
  });

  it('is as bad as the worst of several repositories, and names each', () => {
    const other = sightOf([], { repository: '/home/ana/search' });
    const both = judgeRecentCommits([other, sightOf([commit(20)])], now);
    expect(both.verdict).toBe('suspicious');
    expect(both.summary).toMatch(/^search: No commits reached .*Last fetched 3 min ago\. shop: 1 commit by/);
    const blind: ChangesSight = { kind: 'none', folder: '/home/ana/shop', reason: 'The repository is damaged.' };
    expect(judgeRecentCommits([other, blind], now)).toEqual({
      verdict: 'unknown',
      summary: expect.stringContaining('shop: The repository is damaged.') as string,
      widerWindows: [],
    });
  });

  it('says after what a window begins that begins with a revision', () => {
    const window = windowAfter(fourHours, { commit: 'c'.repeat(40), name: 'v1.8.3' }, ago(100));
    expect(judgeRecentCommits([sightOf([commit(100)], {}, window)], now).summary).toContain(
      'reached origin/main since v1.8.3',
    );
    expect(judgeRecentCommits([sightOf([], {}, window)], now).widerWindows).toEqual([]);
  });

  it('makes the subject of a stranger harmless', () => {
    const hostile = '\u001b[31m$(reboot)\u001b[0m \u202e\nSecond line';
    expect(judge([commit(10, { subject: hostile })]).summary).toContain('(000aa1b2 $(reboot) Second line)');
  });

  it('knows a commit of the future', () => {
    expect(judge([commit(-30)]).summary).toContain('newest dated in the future');
  });

  it('is unknown, with the reason, without a commit or a repository', () => {
    expect(judge([], { ref: { ...local, commit: undefined } })).toMatchObject({
      verdict: 'unknown',
      summary: 'main has no commit yet.',
    });
    expect(judgeRecentCommits([{ kind: 'none', folder: '/x', reason: '/x is in no git repository.' }], now)).toEqual({
      verdict: 'unknown',
      summary: '/x is in no git repository.',
      widerWindows: [],
    });
  });
});

describe('changeWindow', () => {
  it('begins before impact and ends now', () => {
    expect(fourHours).toEqual({ from: ago(278), to: now, minutes: 240, origin: { kind: 'impactStart', at: ago(38) } });
  });

  it('counts from detection as long as impact start is unknown', () => {
    const window = changeWindow({ impactStart: undefined, detected: ago(5), now, minutes: 60 });
    expect(window).toEqual({ from: ago(65), to: now, minutes: 60, origin: { kind: 'detected', at: ago(5) } });
    const { summary } = judgeRecentCommits([sightOf([commit(1)], {}, window)], now);
    expect(summary).toContain('in the 1 h before detection and the 5 min since; newest');
  });

  it('says "the last" when impact began just now, or a clock says later', () => {
    for (const minutes of [0, -10]) {
      const window = changeWindow({ impactStart: ago(minutes), detected: now, now, minutes: 240 });
      expect(window.from).toBe(ago(240));
      expect(judgeRecentCommits([sightOf([], {}, window)], now).summary).toContain(
        'reached origin/main in the last 4 h.',
      );
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
