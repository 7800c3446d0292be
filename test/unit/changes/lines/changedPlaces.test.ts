import { describe, expect, it } from 'vitest';
import { broughtCommits, changedPlaces, filesOfAll } from '../../../../src/changes/lines/changedPlaces.ts';
import { ignoredRevisions } from '../../../../src/changes/lines/ignoredRevisions.ts';
import { arrivalOf, fileChange, idOf, windowChangesOf } from '../../../support/builders/changedWindow.ts';

const arrival = (name: string, ...files: readonly string[]) => arrivalOf(name, { files: files.map(fileChange) });

describe('changedPlaces', () => {
  const places = (
    arrivals: readonly ReturnType<typeof arrival>[],
    files: readonly { readonly left?: string; readonly right?: string }[],
    pending: readonly ReturnType<typeof arrival>[] = [],
  ): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...changedPlaces(windowChangesOf(arrivals, { pending }), files)].map(
        ([name, { path, fromPath, arrivals: by }]) => [
          name,
          `${fromPath ?? 'nothing'} → ${path} by ${by.map(({ commit }) => commit.id.charAt(0)).join(' ')}`,
        ],
      ),
    );

  it('names what changed each file, newest first', () => {
    const arrivals = [arrival('c', 'M a.js'), arrival('b', 'A b.js'), arrival('a', 'M a.js', 'D c.js')];
    expect(places(arrivals, [{ left: 'a.js', right: 'a.js' }, { right: 'b.js' }, { left: 'c.js' }])).toEqual({
      'a.js': 'a.js → a.js by c a',
      'b.js': 'nothing → b.js by b',
    });
  });

  it('knows a file under each name that it had in the window, and will have', () => {
    const arrivals = [arrival('c', 'R two.js three.js'), arrival('b', 'M two.js'), arrival('a', 'R one.js two.js')];
    const expected = 'one.js → three.js by c b a';
    const pending = [arrival('e', 'R four.js five.js'), arrival('d', 'R three.js four.js')];
    expect(places(arrivals, [{ left: 'one.js', right: 'three.js' }], pending)).toEqual(
      Object.fromEntries(['one.js', 'two.js', 'three.js', 'four.js', 'five.js'].map((name) => [name, expected])),
    );
  });

  it('does not take a new file for the one that had its name before', () => {
    const arrivals = [arrival('b', 'A one.js'), arrival('a', 'R one.js two.js')];
    expect(places(arrivals, [{ left: 'one.js', right: 'two.js' }, { right: 'one.js' }])).toEqual({
      'one.js': 'nothing → one.js by b',
      'two.js': 'one.js → two.js by a',
    });
  });

  it('lists no file that is as it was before the window', () => {
    expect(places([arrival('b', 'M a.js'), arrival('a', 'M a.js')], [])).toEqual({});
  });
});

describe('filesOfAll', () => {
  it('gives what is there in the end', () => {
    const arrivals = [arrival('c', 'D b.js', 'R a.js c.js'), arrival('b', 'A b.js'), arrival('a', 'A a.js', 'A d.js')];
    expect(filesOfAll(windowChangesOf(arrivals))).toEqual([{ right: 'c.js' }, { right: 'd.js' }]);
  });
});

describe('broughtCommits', () => {
  it('finds a commit by itself, and by the merge that brought it', () => {
    const side = arrival('b').commit;
    const merge = arrivalOf('c', { brought: [side] });
    const brought = broughtCommits(windowChangesOf([merge, arrival('a')], { pending: [arrival('d')] }));
    expect([...brought].map(([id, { arrival: by }]) => `${id.charAt(0)} by ${by.commit.id.charAt(0)}`)).toEqual([
      'd by d',
      'c by c',
      'b by c',
      'a by a',
    ]);
  });
});

describe('ignoredRevisions', () => {
  it('reads whole ids that are known, whatever stands around them', () => {
    const known = new Set([idOf('a'), idOf('b')]);
    const text = `# Reformatted\n${idOf('a')}\r\n\n  ${idOf('b').toUpperCase()} # prettier\n${idOf('c')}\nbbbbbbb\n--output=x\n`;
    expect(ignoredRevisions(text, known)).toEqual([idOf('a'), idOf('b')]);
    expect(ignoredRevisions('', known)).toEqual([]);
  });
});
