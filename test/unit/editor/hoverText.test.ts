import { describe, expect, it } from 'vitest';
import { findingText, hunkText } from '../../../src/editor/annotations/findingText.ts';
import type { HoverFacts } from '../../../src/editor/annotations/hoverText.ts';
import { hoverText } from '../../../src/editor/annotations/hoverText.ts';
import { marksAt, nextMark } from '../../../src/editor/annotations/marksAt.ts';
import type { Mark } from '../../../src/changes/lines/placeMarks.ts';
import { arrivalOf, idOf, windowChangesOf } from '../../support/builders/changedWindow.ts';

const now = '2026-11-23T06:45:00.000Z';
const mark: Mark = {
  kind: 'changed',
  start: 14,
  end: 16,
  isAtEnd: false,
  commit: idOf('a'),
  hunk: { line: 11, count: 3, before: ['retry(1)'] },
  line: 11,
};
const arrival = arrivalOf('a', { subject: 'Retry three times', committedAt: '2026-11-23T06:02:00.000Z' });
const facts: HoverFacts = {
  mark,
  commit: arrival.commit,
  brought: { commit: arrival.commit, arrival, deploy: undefined },
  place: { path: 'src/app.js', fromPath: 'src/app.js', arrivals: [arrival] },
  isPending: false,
  changes: windowChangesOf([arrival]),
  now,
  zone: 'UTC',
};

describe('the hover of a changed line', () => {
  it('tells commit, author, age, what is assumed to run, and what stood there', () => {
    expect(hoverText(facts)).toBe(
      [
        '$(git-commit) **Retry three times** `aaaaaaaa`  ',
        'Ana Ruiz · reached origin/main 43 min ago, 2026-11-23 06:02 UTC',
        '',
        '$(question) **Assumed to be deployed**: what runs is unknown, so it is taken to be origin/main. No source is configured.',
        '',
        'Before:',
        '',
        '```diff',
        '- retry(1)',
        '```',
      ].join('\n'),
    );
  });

  it('tells what runs and since when, where a source says so', () => {
    const running = {
      kind: 'known',
      source: 'tag',
      from: 'tag v1.9.0',
      version: '1.9.0',
      commit: idOf('f'),
      readAt: '2026-11-23T06:44:30.000Z',
    } as const;
    const deploy = { commit: idOf('f'), at: '2026-11-23T06:05:00.000Z', name: 'v1.9.0', source: 'tag' } as const;
    const text = hoverText({
      ...facts,
      changes: windowChangesOf([arrival], { running }),
      brought: { commit: arrival.commit, arrival, deploy },
    });
    expect(text).toContain(
      '$(rocket) **Deployed** since v1.9.0, 40 min ago, 2026-11-23 06:05 UTC (runs: 1\\.9.0, told by tag v1.9.0, read less than a minute ago)',
    );
  });

  it('tells that it does not run, of what waits on the deploy branch', () => {
    const running = {
      kind: 'known',
      source: 'service',
      from: 'http://shop.test/version',
      version: '1.9.0',
      commit: idOf('f'),
      readAt: '2026-11-23T06:40:00.000Z',
    } as const;
    const text = hoverText({ ...facts, isPending: true, changes: windowChangesOf([], { running }) });
    expect(text).toContain('**Not deployed**: it is on origin/main and not in what runs (1\\.9.0, told by http');
    expect(text).not.toContain('**Deployed**');
  });

  it('tells which services run it, where they run different revisions', () => {
    const service = (name: string, version: string, ...lacks: readonly string[]) => ({
      ...{ service: name, from: 'x', version, commit: idOf('f'), lacks: new Set(lacks) },
    });
    const runningWith = (...lacks: readonly string[]) => ({
      ...({ kind: 'known', source: 'service', from: 'x', version: '1.9.0', commit: idOf('f'), readAt: now } as const),
      services: [service('api', '1.8.0', ...lacks), service('web', '1.9.0')],
    });
    const changes = windowChangesOf([arrival], { running: runningWith(idOf('a')) });
    expect(hoverText({ ...facts, changes })).toContain('**Deployed for web: 1\\.9.0**; not for api: 1\\.8.0');
    expect(hoverText({ ...facts, changes, commit: undefined, brought: undefined })).toContain(
      '**Deployed for some services**, which run different revisions (api: 1\\.8.0, web: 1\\.9.0)',
    );
    expect(hoverText({ ...facts, changes, isPending: true })).toContain(
      '**Not deployed**: it is on origin/main and not in what any service runs (api: 1\\.8.0, web: 1\\.9.0)',
    );
    const all = windowChangesOf([arrival], { running: runningWith() });
    expect(hoverText({ ...facts, changes: all })).toContain('**Deployed** (api: 1\\.8.0, web: 1\\.9.0)');
  });

  it('tells what else there is to know of the commit, and no id in full', () => {
    const marks = ['reverted', 'migration'] as const;
    const notes = new Map([[idOf('a'), { marks, services: [], revertedBy: idOf('b') }]]);
    const running = {
      kind: 'known',
      source: 'service',
      from: 'x',
      version: idOf('f'),
      commit: idOf('f'),
      readAt: now,
    } as const;
    const text = hoverText({ ...facts, changes: windowChangesOf([arrival], { notes, running }) });
    expect(text).toContain('$(tag) reverted by bbbbbbbb · migration');
    expect(text).toContain('(runs: ffffffff, told by');
  });

  it('tells both dates of what was written long before it arrived, and the merge that brought it', () => {
    const commit = { ...arrival.commit, authoredAt: '2026-11-21T06:45:00.000Z' };
    const merge = { ...arrivalOf('b', { subject: 'Merge retries', brought: [commit] }), afterImpactStart: true };
    const text = hoverText({ ...facts, commit, brought: { commit, arrival: merge, deploy: undefined } });
    expect(text).toContain(
      'reached origin/main 45 min ago, 2026-11-23 06:00 UTC; written 2 d ago, 2026-11-21 06:45 UTC',
    );
    expect(text).toContain('merged by `bbbbbbbb` Merge retries');
    expect(text).toContain('It came after impact began.');
  });

  it('names who may have removed lines', () => {
    const removed: Mark = {
      ...mark,
      kind: 'removed',
      commit: undefined,
      hunk: { line: 11, count: 0, before: ['a', 'b'] },
    };
    const { commit: _, brought: __, ...rest } = facts;
    const unknown = { ...rest, mark: removed, commit: undefined, brought: undefined };
    expect(hoverText(unknown)).toContain(
      '**2 lines removed above this one**  \nby `aaaaaaaa` Retry three times, Ana Ruiz,',
    );
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => arrivalOf(name));
    const text = hoverText({ ...unknown, place: { ...facts.place, arrivals: many } });
    expect(text).toContain('by one of those that changed this file in the window:\n\n- `aaaaaaaa` Change a');
    expect(text).toContain('- 2 more');
    expect(hoverText({ ...unknown, place: { ...facts.place, arrivals: [] } })).toContain('is not known');
  });

  it('lets no stranger write Markdown, links or commands', () => {
    const evil = '**x** [y](command:mayday.resolve) <img src=x> $(flame) `z` \u001b[31mred\u202e';
    const running = { kind: 'unknown', reason: evil } as const;
    const bad = { ...arrival.commit, subject: evil, author: evil };
    const ref = { ...facts.changes.ref, name: evil };
    const text = hoverText({
      ...facts,
      commit: bad,
      changes: { running, ref },
      mark: { ...mark, hunk: { ...mark.hunk, before: ['```', '[y](command:x)', evil] } },
    });
    const outside = text.replace(/^(`{3,})diff\n[^]*?\n\1$/m, '');
    expect(outside).not.toMatch(/(?<!\\)\]\(/);
    expect(outside).not.toMatch(/(?<!\\)<img/);
    expect(outside.match(/(?<!\\)\$\(/g)).toHaveLength(2);
    expect(['\u001b', '\u202e'].filter((sign) => text.includes(sign))).toEqual([]);
    expect(text).toContain('````diff');
  });

  it('redacts credentials and cuts what is long', () => {
    const before = ['password=hunter2secret!', ...Array.from({ length: 40 }, (_, index) => `row ${index}`)];
    const text = hoverText({ ...facts, mark: { ...mark, hunk: { line: 11, count: 3, before } } });
    expect(text).not.toContain('hunter2secret');
    expect(text).toContain('… 33 more');
    expect(hoverText({ ...facts, commit: { ...arrival.commit, subject: 'x'.repeat(1_000_000) } }).length).toBeLessThan(
      2000,
    );
  });
});

describe('a finding about a changed line', () => {
  const changes = { ...windowChangesOf([arrival]), head: idOf('f') };
  const repository = {
    changes,
    brought: new Map(),
    places: new Map(),
    pending: undefined,
    files: 1,
    ignored: [],
    roots: [],
  };
  const found = { repository, place: facts.place, from: idOf('0'), to: idOf('f'), isPending: false };
  const marked = { mark, found, commits: new Map([[idOf('a'), arrival.commit]]) };

  it('says where it is in what runs, and who changed it', () => {
    expect(findingText(marked)).toEqual({
      text: 'src/app.js:12-14 changed by aaaaaaaa "Retry three times" (Ana Ruiz)',
      place: 'src/app.js:12-14',
    });
    const removed: Mark = { ...mark, kind: 'removed', end: mark.start, commit: undefined };
    expect(findingText({ ...marked, mark: removed }).text).toBe('1 line removed at src/app.js:12 in the change window');
    const pending = { ...marked, found: { ...found, isPending: true } };
    expect(findingText(pending).text).toMatch(/\(Ana Ruiz\), not deployed$/);
  });

  it('keeps what was there and what is, not without end', () => {
    expect(hunkText(mark, ['retry(3)', 'log()'])).toBe('-retry(1)\n+retry(3)\n+log()');
    const long = Array.from({ length: 500 }, () => 'x');
    expect(hunkText(mark, long).split('\n')).toHaveLength(202);
  });
});

describe('going from mark to mark', () => {
  const at = (start: number, end: number) => ({ mark: { start, end } });
  const marks = [at(2, 4), at(8, 8), at(20, 30)];

  it.each([
    [0, 'next', 2],
    [2, 'next', 8],
    [3, 'next', 8],
    [25, 'next', 2],
    [0, 'previous', 20],
    [3, 'previous', 20],
    [5, 'previous', 2],
    [25, 'previous', 8],
  ] as const)('from line %i to the %s', (line, direction, expected) => {
    expect(nextMark(marks, line, direction)?.found.mark.start).toBe(expected);
  });

  it('has nowhere to go without marks, and finds those of a line', () => {
    expect(nextMark([], 3, 'next')).toBeUndefined();
    expect(marksAt(marks, 4)).toEqual([marks[0]]);
    expect(marksAt(marks, 5)).toEqual([]);
  });
});
