import { describe, expect, it } from 'vitest';
import { changeRows } from '../../../src/editor/rows/changeRows.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { after, monday, ulidOf } from '../../support/builders/events.ts';
import { sampleRepository } from '../../support/builders/sampleChanges.ts';
import { justDeclared } from '../../support/builders/state.ts';

const state = justDeclared();
const now = after(45);

function labels(running: ReturnType<typeof sampleRepository>['running']): readonly string[] {
  const repository = sampleRepository();
  const [, newest, ...older] = repository.groups;
  const groups = [{ commits: newest!.commits }, ...older];
  const context: RowContext = {
    ...{
      id: toIncidentId(ulidOf(monday, 20))!,
      state,
      problems: [],
      deadlines: deadlinesOf(state, now).deadlines,
      now,
    },
    ...{ zone: 'UTC', changes: { repositories: [{ ...repository, running, groups }] }, drafts: [] },
  };
  return changeRows(context).map(({ label, description }) => `${label} | ${description ?? ''}`);
}

describe('commits that no source names a deploy of', () => {
  const why = 'when and by which deploy, no source tells · 2 commits';

  it('are deployed where what runs holds them', () => {
    expect(labels(sampleRepository().running)).toContain(`Deployed | ${why}`);
  });

  it('of which a service runs only some say so; without an answer in this window the record tells what each runs', () => {
    const commit = 'f'.repeat(40);
    const services = [
      { service: 'api', from: 'a', commit: 'e'.repeat(40) },
      { service: 'web', from: 'b', commit },
    ];
    const shown = labels({ kind: 'known', from: 'b', commit, services });
    expect(shown.filter((label) => label.startsWith('Running'))).toEqual([
      'Running api: eeeeeee | from a',
      'Running web: fffffff | from b',
    ]);
  });

  it('are assumed to be where nobody tells what runs', () => {
    expect(labels({ kind: 'unknown', reason: 'Nobody tells.' })).toContain(`Assumed deployed | ${why}`);
  });
});
