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

  it('are assumed to be where nobody tells what runs', () => {
    expect(labels({ kind: 'unknown', reason: 'Nobody tells.' })).toContain(`Assumed deployed | ${why}`);
  });
});
