import { describe, expect, it } from 'vitest';
import { migrationRows } from '../../../src/editor/rows/configurationRows.ts';
import { investigationRow } from '../../../src/editor/rows/investigationRows.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import type { Symptom } from '../../../src/incident/words.ts';
import { after, monday, ulidOf } from '../../support/builders/events.ts';
import { sampleConfiguration } from '../../support/builders/sampleConfiguration.ts';
import { sampleObservation } from '../../support/builders/sampleSignals.ts';
import { justDeclared } from '../../support/builders/state.ts';

const topics = ['slowQueries', 'replicationLag', 'connections', 'restarts', 'dns', 'loadBalancers'] as const;

function contextWith(symptom: Symptom): RowContext {
  const state = { ...justDeclared(), symptom };
  const now = after(45);
  const [repository] = sampleConfiguration().repositories;
  const deployed = repository!.deployed!;
  const migration = { ...deployed.files[0]!, path: 'migrations/0007.sql', format: 'Database migration' };
  const observations = topics.map((topic) => sampleObservation({ id: topic, verdict: 'ok', topic }));
  return {
    ...{
      id: toIncidentId(ulidOf(monday, 20))!,
      state,
      problems: [],
      deadlines: deadlinesOf(state, now).deadlines,
      now,
    },
    ...{ zone: 'UTC', changes: undefined, drafts: [], signals: { infrastructure: { observations, charts: [] } } },
    configuration: {
      ...sampleConfiguration(),
      repositories: [{ ...repository!, deployed: { ...deployed, files: [migration, ...deployed.files] } }],
    },
  };
}

const shown = (symptom: Symptom) =>
  investigationRow(contextWith(symptom)).children?.[0]?.children?.map(({ label }) => label) ?? [];

describe('what the symptom asks for first', () => {
  it.each([
    ['highErrorRate', ['checkout connections']],
    ['highLatency', ['checkout slowQueries', 'checkout connections']],
    ['serviceDown', ['checkout restarts', 'checkout dns', 'checkout loadBalancers']],
  ] as const)('%s: what infrastructure saw of it', (symptom, expected) => {
    expect(shown(symptom)).toEqual(expected);
  });

  it('data issues: recent migrations, then replication lag', () => {
    const migrations = migrationRows(contextWith('dataIssues')).map(({ label }) => label);
    expect(migrations).toHaveLength(1);
    expect(shown('dataIssues')).toEqual([...migrations, 'checkout replicationLag']);
  });
});
