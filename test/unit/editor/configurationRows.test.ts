import { describe, expect, it } from 'vitest';
import { configurationRows } from '../../../src/editor/rows/configurationRows.ts';
import type { ConfigurationSummary } from '../../../src/editor/rows/configurationSummary.ts';
import type { Row } from '../../../src/editor/rows/row.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { after, monday, ulidOf } from '../../support/builders/events.ts';
import { sampleConfiguration } from '../../support/builders/sampleConfiguration.ts';
import { flattened } from '../../support/builders/sampleRows.ts';
import { wholeIncident } from '../../support/builders/state.ts';
import { expectGolden } from '../../support/golden.ts';

function rowsOf(configuration: ConfigurationSummary | undefined): readonly Row[] {
  const context: RowContext = {
    id: toIncidentId(ulidOf(monday, 20))!,
    state: wholeIncident(),
    problems: [],
    deadlines: [],
    now: after(45),
    zone: 'UTC',
    changes: undefined,
    configuration,
    drafts: [],
  };
  return configurationRows(context);
}

function textOf(rows: readonly Row[], indent = ''): string {
  return rows
    .map((row) => {
      const line = `${indent}${row.label}${row.description === undefined ? '' : `  · ${row.description}`}`;
      return `${line}\n${indent}  says: ${row.aria ?? row.label}\n${textOf(row.children ?? [], `${indent}    `)}`;
    })
    .join('');
}

describe('the rows of check 2', () => {
  it('tell the difference, its file, commit and age, and whether it runs', async () => {
    await expectGolden('configuration-rows.txt', textOf(rowsOf(sampleConfiguration())));
  });

  it('open the file of a difference at its line, between what was and what is', () => {
    const row = flattened(rowsOf(sampleConfiguration())).find(({ label }) => label.startsWith('pool.size'));
    expect(row?.command).toEqual({
      id: 'mayday.openFileChange',
      args: expect.objectContaining({
        repository: '/home/ana/checkout',
        path: 'config/production.yaml',
        from: '1'.repeat(40),
        to: '2'.repeat(40),
        line: 4,
      }) as object,
    });
    expect(row?.context).toBe('difference+commit+here');
  });

  it('open nothing of a submodule: it has no content here', () => {
    const sample = sampleConfiguration();
    const repositories = sample.repositories.map(({ deployed, ...repository }) => ({
      ...repository,
      ...(deployed && {
        deployed: { ...deployed, files: deployed.files.map((file) => ({ ...file, format: 'Submodule' })) },
      }),
    }));
    const row = flattened(rowsOf({ ...sample, repositories })).find(({ label }) => label.startsWith('pool.size'));
    expect([row?.command, row?.context]).toEqual([undefined, 'difference+commit']);
  });

  it('open nothing of a repository that is not here', () => {
    const sample = sampleConfiguration();
    const repositories = sample.repositories.map((repository) => ({ ...repository, directory: '' }));
    const rows = flattened(rowsOf({ ...sample, repositories }));
    expect(rows.filter(({ command }) => command !== undefined)).toEqual([]);
    expect(rows.some(({ context }) => context?.includes('here'))).toBe(false);
  });

  it('are grouped by repository where there are several, with ids of their own', () => {
    const sample = sampleConfiguration();
    const repositories = sample.repositories.flatMap((repository) => [repository, { ...repository, name: 'billing' }]);
    const rows = rowsOf({ ...sample, repositories });
    expect(rows.map(({ label }) => label)).toEqual(expect.arrayContaining(['checkout', 'billing']));
    const ids = flattened(rows).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are none before the check ran', () => {
    expect(rowsOf(undefined)).toEqual([]);
  });
});
