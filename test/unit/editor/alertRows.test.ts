import { describe, expect, it } from 'vitest';
import { alertRows } from '../../../src/editor/rows/alertRows.ts';
import type { Row } from '../../../src/editor/rows/row.ts';
import { listedAlert, sampleAlertRows, sampleSight } from '../../support/builders/alerts.ts';
import { flattened } from '../../support/builders/sampleRows.ts';
import { expectGolden } from '../../support/golden.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';
import { attachedAlertRows } from '../../../src/editor/rows/attachedAlertRows.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import type { IncidentState } from '../../../src/incident/state.ts';

describe('the rows of the Alerts view', () => {
  it('are those of the golden file', async () => {
    await expectGolden(
      'alert-rows.txt',
      `${sampleAlertRows()
        .map((row) => drawn(row))
        .join('\n')}\n`,
    );
  });

  it('have ids of their own, and a name for screen readers that says the severity', () => {
    const rows = flattened(sampleAlertRows());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const alerts = rows.filter(({ context = '' }) => /^alert\b/.test(context));
    expect(alerts.filter(({ aria = '' }) => !/^Alert .+, severity (SEV\d|unknown), /.test(aria))).toEqual([]);
  });

  it('show no credentials and nothing that is drawn otherwise', () => {
    const text = JSON.stringify(sampleAlertRows());
    expect(text).not.toMatch(/s3cr3t|\u202E/);
  });

  it('say that nothing fires only where everything was seen', () => {
    const { sources } = sampleSight();
    const rowsOf = (chosen: typeof sources) =>
      alertRows({
        sight: { at: after(0), alerts: [], sources: chosen },
        zone: 'UTC',
        opened: new Set(),
        incidents: [],
      });
    const labels = (rows: readonly Row[]) => rows.map(({ label }) => label);
    expect(labels(rowsOf(sources.slice(0, 1)))).toEqual(['No alert fires']);
    expect(labels(rowsOf([sources[0]!, sources[2]!]))).toEqual([
      'Alertmanager test (http://b/) was not seen',
      'No alert where it could be seen',
    ]);
    expect(labels(rowsOf(sources.slice(3)))).toEqual(['1 address waits to be confirmed']);
    expect(rowsOf([])).toEqual([]);
  });

  it('of a thousand alerts are made in no time worth naming', () => {
    const alerts = Array.from({ length: 1000 }, (_, index) =>
      listedAlert({ fingerprint: String(index), name: `Alert${String(index % 40)}` }),
    );
    const sight = { ...sampleSight(), alerts };
    const rows = alertRows({ sight, zone: 'UTC', opened: new Set(), incidents: [] });
    expect(flattened(rows).filter(({ context = '' }) => context.startsWith('alert+'))).toHaveLength(1040);
  });
});

describe('the alerts of an incident', () => {
  const context = (state: IncidentState): RowContext => ({
    ...{ id: toIncidentId(ulidOf(after(0), 1))!, state, problems: [], deadlines: [], now: after(45), zone: 'UTC' },
    ...{ changes: undefined, drafts: [] },
  });

  it('say whether they fire, and what became of what was done about them', () => {
    const log = eventLog();
    log.open();
    log.declare('SEV1');
    const source = 'Alertmanager prod (http://a/)';
    log.add('alert.attached', { source, fingerprint: 'a', name: 'CheckoutErrors', labels: {}, startsAt: after(-3) });
    log.add('alert.attached', { source, fingerprint: 'b', name: 'CheckoutSlow', labels: {} });
    log.add('alert.resolved', { source, fingerprint: 'a', name: 'CheckoutErrors' }, { at: 20 });
    const [done, failed, lost] = [1, 2, 3].map((number) => ulidOf(after(10), number));
    const intent = { source, target: 'POST http://a/api/v2/silences' };
    log.add('alertAction.started', {
      ...intent,
      action: done!,
      kind: 'silence',
      name: 'CheckoutSlow',
      until: after(60),
    });
    log.add('alertAction.started', { ...intent, action: failed!, kind: 'acknowledge', name: 'Down' });
    log.add('alertAction.started', { ...intent, action: lost!, kind: 'silence', name: 'CheckoutSlow' });
    log.add('alertAction.finished', { action: done!, kind: 'silence', name: 'CheckoutSlow', done: true, note: 's-1' });
    log.add('alertAction.finished', { action: failed!, kind: 'acknowledge', name: 'Down', done: false, note: 'no' });
    expect(attachedAlertRows(context(log.state())).map(({ label, description }) => [label, description])).toEqual([
      ['Alert', 'CheckoutErrors · resolved 2026-11-23 06:20 UTC'],
      ['Alert', 'CheckoutSlow · fires'],
      ['Silence', 'CheckoutSlow · done, until 2026-11-23 07:00 UTC'],
      ['Acknowledgement', 'Down · not done: no'],
      ['Silence', 'CheckoutSlow · outcome unknown: look at POST http://a/api/v2/silences'],
    ]);
  });
});

function drawn(row: Row, depth = 0): string {
  const { label, description = '', icon, context = '' } = row;
  const line = `${'  '.repeat(depth)}[${icon?.id ?? ''}] ${label} | ${description} | ${context}`.trimEnd();
  return [line, ...(row.children ?? []).map((child) => drawn(child, depth + 1))].join('\n');
}
