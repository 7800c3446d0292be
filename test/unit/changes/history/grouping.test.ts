import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../../../src/changes/history/arrivals.ts';
import { commitNotes } from '../../../../src/changes/history/commitNotes.ts';
import { deployGroups } from '../../../../src/changes/history/deployGroups.ts';
import { formattingCandidates } from '../../../../src/changes/history/formattingCandidates.ts';
import { linePosition } from '../../../../src/changes/history/linePosition.ts';
import { pathKind } from '../../../../src/changes/history/pathKind.ts';
import type { Commit, FileChange, LineCommit } from '../../../../src/changes/history/readsHistory.ts';
import { releases } from '../../../../src/changes/history/releaseTags.ts';
import { revertsIn } from '../../../../src/changes/history/reverts.ts';
import { servicesOfPath } from '../../../../src/changes/history/servicesOfPath.ts';
import type { Arrival, Deploy } from '../../../../src/changes/history/windowChanges.ts';

const idOf = (name: string) => Buffer.from(name).toString('hex').padEnd(40, '0');
const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;

function commit(name: string, { parents = [] as string[], ...more }: Partial<Commit> = {}): Commit {
  return {
    ...{ id: idOf(name), author: 'Ana', email: 'a@x.y', authoredAt: at(1), committedAt: at(1) },
    ...{ subject: name, files: [], ...more, parents: parents.map(idOf) },
  };
}

const lineOf = (...names: (readonly [string, number])[]): LineCommit[] =>
  names.map(([name, hour]) => ({ id: idOf(name), parents: [], reachedAt: at(hour) }));

const file = (path: string, additions = 1, deletions = 1): FileChange => ({
  ...{ status: 'modified', kind: 'file', path },
  ...{ additions, deletions },
});

describe('arrivals', () => {
  it('gives each merge what it brought first, also what two of them have in common', () => {
    const commits = [
      commit('m2', { parents: ['m1', 's3'] }),
      commit('s3', { parents: ['s2'] }),
      commit('m1', { parents: ['a', 's2'] }),
      commit('s2', { parents: ['s1'] }),
      commit('s1', { parents: ['base'] }),
      commit('a', { parents: ['base'] }),
    ];
    const arrivals = arrivalsOf({ line: lineOf(['m2', 5], ['m1', 4], ['a', 3]), commits, isCut: false }, at(4));
    expect(arrivals.map(({ commit: { subject }, brought }) => [subject, brought.map((each) => each.subject)])).toEqual([
      ['m2', ['s3']],
      ['m1', ['s2', 's1']],
      ['a', []],
    ]);
    expect(arrivals.map(({ afterImpactStart }) => afterImpactStart)).toEqual([true, false, false]);
  });

  it('flags nothing as later while impact start is unknown', () => {
    const [arrival] = arrivalsOf({ line: lineOf(['a', 3]), commits: [commit('a')], isCut: false }, undefined);
    expect(arrival?.afterImpactStart).toBe(false);
  });
});

describe('the place of a revision on the line', () => {
  const line = lineOf(['m2', 5], ['m1', 4], ['a', 3]);
  const commits = new Map(
    [
      commit('m2', { parents: ['m1', 's2'] }),
      commit('s2', { parents: ['s1'] }),
      commit('s1', { parents: ['a'] }),
      commit('old side', { parents: ['long ago'] }),
      commit('m1', { parents: ['a'] }),
      commit('a', { parents: ['base'] }),
    ].map((each) => [each.id, each]),
  );

  it.each([
    ['m2', 0],
    ['m1', 1],
    ['s2', 2],
    ['old side', 3],
    ['unknown', undefined],
  ])('%s: %s', (name, position) => {
    expect(linePosition(idOf(name), line, commits)).toBe(position);
  });
});

describe('groups of deploys', () => {
  const arrivals = ['d', 'c', 'b', 'a'].map((name): Arrival => ({
    reachedAt: at(1),
    commit: commit(name),
    brought: [],
    isCut: false,
    afterImpactStart: false,
  }));
  const deploy = (name: string, hour: number): Deploy => ({ commit: idOf(name), at: at(hour), name, source: 'tag' });
  const shown = (...placed: (readonly [string, number, number])[]) =>
    deployGroups(
      arrivals,
      placed.map(([name, position, hour]) => ({ deploy: deploy(name, hour), position })),
    ).map(({ deploy: first, also = [], arrivals: put }) => [
      [first?.name, ...also.map(({ name }) => name)].join(),
      put.map(({ commit: { subject } }) => subject).join(''),
    ]);

  it.each([
    ['none', [], [['', 'dcba']]],
    ['one at the head', [['v2', 0, 5]], [['v2', 'dcba']]],
    [
      'two, and something newer',
      [
        ['v1', 3, 2],
        ['v2', 1, 5],
      ],
      [
        ['', 'd'],
        ['v2', 'cb'],
        ['v1', 'a'],
      ],
    ],
    [
      'several of the same: the first put it out',
      [
        ['again', 0, 6],
        ['first', 0, 5],
      ],
      [['first,again', 'dcba']],
    ],
    ['one older than the window', [['v0', 4, 1]], [['', 'dcba']]],
  ] as [string, [string, number, number][], string[][]][])('%s', (_case, placed, groups) => {
    expect(shown(...placed)).toEqual(groups);
  });
});

describe('reverts', () => {
  const found = (...commits: readonly Commit[]) => {
    const { of, by } = revertsIn(commits);
    const name = (id: string) => commits.find((each) => each.id === id)?.subject ?? id;
    return {
      of: [...of].map(([id, what]) => [name(id), name(what)]),
      by: [...by].map(([id, who]) => [name(id), name(who)]),
    };
  };

  it('names the commit that git revert names', () => {
    const body = `This reverts commit ${idOf('bad')}, reversing\nchanges made to x.`;
    expect(found(commit('Revert "bad"', { body }), commit('bad'))).toEqual({
      of: [['Revert "bad"', 'bad']],
      by: [['bad', 'Revert "bad"']],
    });
    expect(
      found(commit('Back out', { body: `It broke.\n\nThis reverts commit ${idOf('bad').slice(0, 9)}.` }), commit('bad'))
        .by,
    ).toEqual([['bad', 'Back out']]);
  });

  it('finds what is named by its subject alone, with the number of a pull request or without', () => {
    expect(found(commit('Revert "Cache prices (#12)" (#13)'), commit('Cache prices (#12)')).by).toHaveLength(1);
    expect(found(commit('Revert "Cache prices" (#13)'), commit('Cache prices (#12)')).by).toHaveLength(1);
    expect(found(commit('Cache prices'), commit('Revert "Cache prices"')).by).toEqual([]);
  });

  it.each(['Revert "Revert "bad""', 'Reapply "bad"'])('knows that %s takes back the taking back', (subject) => {
    expect(found(commit(subject), commit('Revert "bad"'), commit('bad')).by).toEqual([['Revert "bad"', subject]]);
  });

  it('names what is not in the window, as it is named', () => {
    expect(found(commit('Revert "long ago"'))).toEqual({ of: [['Revert "long ago"', 'long ago']], by: [] });
  });
});

describe('notes', () => {
  const notesOf = (commits: readonly Commit[], formatting = new Set<string>()) =>
    commitNotes(commits, {
      reverts: revertsIn(commits),
      formatting,
      kindOf: pathKind,
      servicesOf: servicesOfPath([
        { name: 'api', paths: ['services/api', 'libs/**/*.ts'] },
        { name: 'everything', paths: [] },
      ]),
    });

  it.each([
    [[file('config/app.yaml')], ['configuration']],
    [[file('.env.production')], ['configuration']],
    [[file('db/migrate/042_drop.rb')], ['migration']],
    [[file('package-lock.json', 9000, 9000)], ['dependencies']],
    [[file('src/a.ts', 600, 400)], ['large']],
    [Array.from({ length: 50 }, (_none, index) => file(`src/${String(index)}.ts`)), ['large']],
    [[file('README.md')], undefined],
  ])('marks %#', async (files, marks) => {
    expect((await notesOf([commit('x', { files })])).get(idOf('x'))?.marks).toEqual(marks);
  });

  it('names the services it touches, before or after a rename', async () => {
    const renamed = { ...file('web/a.ts'), oldPath: 'services/api/a.ts' };
    expect((await notesOf([commit('x', { files: [renamed] })])).get(idOf('x'))?.services).toEqual(['api']);
    expect((await notesOf([commit('x', { files: [file('libs/deep/x.ts')] })])).get(idOf('x'))?.services).toEqual([
      'api',
    ]);
    expect((await notesOf([commit('x', { files: [file('libs/x.js')] })])).size).toBe(0);
  });

  it('says what is formatting only', async () => {
    expect((await notesOf([commit('x')], new Set([idOf('x')]))).get(idOf('x'))?.marks).toEqual(['formatting']);
  });
});

describe('what may be formatting only', () => {
  it.each([
    ['Format with prettier', [file('a')], true],
    ['style: wrap lines', [file('a')], true],
    ['Add information', [file('a')], false],
    ['Sweep', [file('a', 400, 400)], true],
    ['Feature', [file('a', 400, 10)], false],
    ['Format with prettier', [], false],
  ])('%s: %s', (subject, files, is) => {
    expect(formattingCandidates([commit('x', { subject, files, parents: ['y'] })])).toEqual(is ? [idOf('x')] : []);
  });
});

describe('tags that stand for a release', () => {
  it.each([
    ['v1.9.0', true],
    ['1.9', true],
    ['v2.0.0-rc.1', false],
    ['docs-v7.0.0', false],
    ['release/2026.11.23', true],
    ['release-20261123.2', true],
    ['api/v1.2.3', false],
    ['nightly', false],
    ['before-refactoring', false],
    ['v1', false],
  ])('%s: %s', (name, is) => {
    expect(releases([{ name, commit: idOf('x'), taggedAt: undefined }], [])).toHaveLength(is ? 1 : 0);
  });

  it('names the service whose tags it fits', () => {
    const tag = { name: 'api-live', commit: idOf('x'), taggedAt: undefined };
    expect(releases([tag], [{ name: 'api', tags: 'api-*' }])).toMatchObject([{ service: 'api' }]);
  });

  it.each([
    ['api/v1.2.3', true],
    ['api-v1.2.3', true],
    ['docs-v7.0.0', false],
  ])('with a service api, %s: %s', (name, is) => {
    expect(releases([{ name, commit: idOf('x'), taggedAt: undefined }], [{ name: 'api' }])).toHaveLength(is ? 1 : 0);
  });

  it.each([
    ['api-2.0.0-rc.1', false],
    ['api-2.0-beta+7', false],
    ['api-2.0a1', false],
    ['api-2.0.0', true],
    ['api-3f2a9c1b', true],
  ])('of those that a service’s glob fits, %s: %s', (name, is) => {
    const tag = { name, commit: idOf('x'), taggedAt: undefined };
    expect(releases([tag], [{ name: 'api', tags: 'api-*' }])).toHaveLength(is ? 1 : 0);
  });
});
