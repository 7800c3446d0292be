import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup } from '../support/cleanup.ts';
import { hasPrometheus, startAlertmanager, startPrometheus } from '../support/prometheusServers.ts';
import { requestHistory } from '../support/builders/requestHistory.ts';
import { projectRoot } from '../support/run.mjs';
import { openDrill } from './openDrill.ts';
import { eventually } from './pages/eventually.ts';
import { widenSideBar } from './widenSideBar.ts';
import type { Workbench } from './pages/workbench.ts';

const available = await hasPrometheus();
const incident = /^SEV1 Checkout requests fail/;
/** What the drill's own rules say, quicker: nobody waits two minutes here. */
const rules = `groups:
  - name: checkout
    rules:
      - alert: CheckoutErrorRateHigh
        expr: sum(rate(http_requests_total{job="checkout",code=~"5.."}[5m])) / sum(rate(http_requests_total{job="checkout"}[5m])) > 0.05
        labels: { severity: page, service: checkout }
        annotations: { summary: Checkout requests fail, runbook_url: docs/runbook.md }
`;

/** From an alert of real servers to charts, as a person does it; the pictures are in out/e2e/alerts. */
describe.skipIf(!available)('an alert of a real Alertmanager', () => {
  const cleanup = createCleanup();
  let window: Workbench;

  beforeAll(async () => {
    const alertmanager = await startAlertmanager();
    await cleanup.add(alertmanager.stop);
    const history = requestHistory([
      { job: 'checkout', sinceMinutes: 200, badAt: (minutesAgo) => (minutesAgo < 38 ? 0.24 : 0.002), slow: 0.05 },
    ]);
    const host = new URL(alertmanager.url).host;
    const prometheus = await startPrometheus({ jobs: {}, rules, alertmanager: host, history });
    await cleanup.add(prometheus.stop);
    const opened = await openDrill(cleanup, new AbortController().signal);
    window = opened.workbench;
    const file = join(opened.drill.directory, '.incidents/mayday.yaml');
    const sources = `dataSources:\n  prometheus: ${prometheus.url}\n  alertmanager: ${alertmanager.url}\n`;
    await writeFile(file, `${await readFile(file, 'utf8')}${sources}`);
    await window.openView('Incidents');
    await widenSideBar(window, 210);
  });
  afterAll(() => cleanup.run());

  const picture = (name: string): Promise<void> =>
    window.screenshot(join(projectRoot, 'out/e2e/alerts', `${name}.png`));

  it('is listed with its severity, what it says and since when', async () => {
    const alerts = window.tree('Alerts');
    await alerts.find(/^Checkout requests fail|CheckoutErrorRateHigh/);
    await alerts.expand(/^SEV1 CheckoutErrorRateHigh/);
    await picture('listed');
    const row = (await alerts.rows()).find(({ ariaLabel }) => ariaLabel.includes('Checkout requests fail'));
    expect(row?.ariaLabel).toMatch(/SEV1|page/);
  });

  it('declares an incident, which keeps it', async () => {
    const alerts = window.tree('Alerts');
    const row = (await alerts.rows()).find(({ ariaLabel }) => ariaLabel.includes('Checkout requests fail'));
    await alerts.inlineAction(row?.label ?? '', 'Declare from Alert');
    await eventually('the incident or its next question', async () => {
      const rows = await window.tree('Incidents').rows();
      if (rows.some(({ label, description }) => `${label} ${description}`.startsWith('SEV1 Checkout requests fail')))
        return true;
      await window.press('Enter');
      return undefined;
    });
    await picture('declared');
  });

  it('is told by the metrics of the server, with charts of before and after', async () => {
    const tree = window.tree('Incidents');
    await tree.inlineAction([incident, /^Investigation/], 'Investigate');
    const metrics = [incident, /^Investigation/, /^7 Metrics/] as const;
    await tree.find([incident, /^Investigation/, /^7 Metrics bad: checkout error rate is 2\d(\.\d)? %/]);
    await tree.expand(metrics);
    await picture('metrics');
    await tree.click([...metrics, /^\d charts? /]);
    await eventually('the charts', async () => {
      const frames = window.page.frames().filter((frame) => frame.url().includes('fake.html'));
      for (const frame of frames) if ((await frame.locator('canvas').count()) > 1) return true;
      return undefined;
    });
    await picture('charts');
  });
});
