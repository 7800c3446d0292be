import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentError } from '../../../src/incident/incidentError.ts';
import type { IncidentHandle } from '../../../src/incident/incidentStore.ts';
import type { Verdict } from '../../../src/incident/words.ts';
import { exportChart } from '../../../src/investigate/charts/exportChart.ts';
import { readIncidentCharts } from '../../../src/investigate/charts/incidentCharts.ts';
import { completeCheck } from '../../../src/investigate/completeCheck.ts';
import { signalEvidenceName, signalEvidenceText } from '../../../src/investigate/signalEvidence.ts';
import { createWritePostMortem } from '../../../src/learn/writePostMortem.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { Chart } from '../../../src/signals/metrics/chart.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';
import { errorChart, latencyChart } from '../../support/builders/sampleCharts.ts';

let context: TestContext;
let handle: IncidentHandle;
beforeEach(async () => {
  context = await createTestContext();
  const { incident } = await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1' });
  handle = await context.store.open(incident);
});
afterEach(() => context.dispose());

/** Records check 7 as Mayday does it. */
async function metricsSaw(charts: readonly Chart[], summary = 'errors are up', verdict: Verdict = 'bad') {
  const text = signalEvidenceText({ observations: [], charts });
  const evidence = [await handle.keepEvidence(signalEvidenceName('metrics'), text)];
  const data = { check: 'metrics', verdict, summary, manual: false, evidence } as const;
  await handle.record(() => [{ type: 'check.completed', data }]);
}

const wish = { check: 'metrics', chart: 'checkout/errors' };

describe('exporting a chart', () => {
  it('keeps it as evidence and puts it beside the documents, where the post-mortem shows it', async () => {
    await metricsSaw([errorChart(), latencyChart()]);
    const exported = await context.run(exportChart, wish);
    const folder = join(context.folders[0]!, '.incidents', exported.name);
    const path = `evidence/${exported.evidence.sha256.slice(0, 12)}-metrics-checkout-errors.svg`;
    expect(exported.file).toBe(join(folder, path));
    const svg = await readFile(exported.file, 'utf8');
    expect(svg).toMatch(/^<svg .*<title id="title">checkout: error ratio<\/title>.*Detected.*<\/svg>\n$/s);
    expect(Buffer.from(await handle.readEvidence(exported.evidence)).toString('utf8')).toBe(svg);
    const { document } = await context.run(createWritePostMortem(tools));
    const text = await readFile(document, 'utf8');
    expect(text).toContain(`![checkout: error ratio](${path})`);
    expect(text).toContain('as kept by the check “Metrics”');
  });

  it('is recorded once while nothing changes, and replaced when something did', async () => {
    await metricsSaw([errorChart()]);
    await context.run(exportChart, wish);
    await context.run(exportChart, wish);
    expect(handle.state.entries.filter(({ event }) => event.type === 'chart.exported')).toHaveLength(1);
    await metricsSaw([{ ...errorChart(), title: 'checkout: errors' }]);
    await context.run(exportChart, wish);
    expect(handle.state.charts.map(({ title }) => title)).toEqual(['checkout: errors']);
    expect(handle.state.entries.filter(({ event }) => event.type === 'chart.exported')).toHaveLength(2);
  });

  it.each([
    [
      'a chart that is not there',
      { chart: 'nope' },
      'The check “Metrics” has no chart “nope”.',
      /It has checkout\/errors/,
    ],
    [
      'a check that did not run',
      { check: 'traffic' },
      'has no chart',
      /has not run yet: Incident: Investigate runs it/,
    ],
  ])('refuses %s', async (_, other, message, hint) => {
    await metricsSaw([errorChart()]);
    const refused: unknown = await context.run(exportChart, { ...wish, ...other }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ reason: 'notFound' });
    expect((refused as IncidentError).message).toContain(message);
    expect((refused as IncidentError).hint).toMatch(hint);
    expect(handle.state.charts).toEqual([]);
  });

  it('refuses in Restricted Mode', async () => {
    await metricsSaw([errorChart()]);
    context.trusted = false;
    await expect(context.run(exportChart, wish)).rejects.toMatchObject({ reason: 'untrusted' });
  });

  it('has nothing of a stranger’s text but its characters', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const title = `</title><script>alert(1)</script> ](command:x) ${token}`;
    await metricsSaw([{ ...errorChart(), id: '../../etc/passwd', title, source: '<img src=x>' }]);
    const { file, evidence } = await context.run(exportChart, { ...wish, chart: '../../etc/passwd' });
    expect(evidence.name).toBe('metrics-etc-passwd.svg');
    const svg = await readFile(file, 'utf8');
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg).not.toContain(token);
    const { document } = await context.run(createWritePostMortem(tools));
    const text = await readFile(document, 'utf8');
    expect(text).not.toMatch(/(?<!\\)(?:<script|<img|\]\(command)/);
    expect(text).not.toContain(token);
  });
});

describe('the charts of an incident', () => {
  const reasons = async () =>
    (await readIncidentCharts(handle)).map(({ check, charts, reason }) => [check, charts.map(({ id }) => id), reason]);

  it('are those of the checks that keep some, and say why there are none', async () => {
    const notRun = 'This check has not run yet: Incident: Investigate runs it.';
    expect(await reasons()).toEqual([
      ['metrics', [], notRun],
      ['traffic', [], notRun],
    ]);
    await metricsSaw([], 'no Prometheus is configured for checkout', 'unknown');
    await context.run(completeCheck, { check: 'traffic', verdict: 'ok', summary: 'as usual' });
    expect((await reasons()).map(([, , reason]) => reason)).toEqual([
      'This check ran and kept no charts. It says: no Prometheus is configured for checkout',
      'This check was done by hand, so it kept no numbers: Incident: Investigate runs it.',
    ]);
    await metricsSaw([latencyChart()]);
    expect((await reasons())[0]).toEqual(['metrics', ['checkout/latency'], undefined]);
  });

  it('are said to be gone when their evidence is', async () => {
    const evidence = [{ sha256: 'a'.repeat(64), name: signalEvidenceName('metrics'), bytes: 5 }];
    const data = { check: 'metrics', verdict: 'ok', summary: 'fine', manual: false, evidence } as const;
    await handle.record(() => [{ type: 'check.completed', data }]);
    expect((await reasons())[0]?.[2]).toContain('is not in this record any more');
  });
});
