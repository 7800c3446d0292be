import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, eventually, withIncident } from './host.ts';

interface OpenedCharts {
  readonly incident: string;
  readonly checks: readonly { readonly check: string; readonly charts: readonly string[]; readonly reason?: string }[];
}

/** The tabs that show charts. */
function chartTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('mayday.charts'));
}

describe('charts', () => {
  it('open in one panel for an incident, which says why there are none', () =>
    withIncident({ title: 'Checkout down' }, async ({ incident }) => {
      const opened = await call<OpenedCharts>('openCharts', { incident });
      assert.equal(opened.incident, incident);
      assert.deepEqual(
        opened.checks.map(({ check, charts }) => [check, charts]),
        [
          ['metrics', []],
          ['traffic', []],
        ],
      );
      assert.match(opened.checks[0]?.reason ?? '', /has not run yet/);
      // The page has asked for its content, and was sent it: the title is the incident's.
      await eventually('the panel with its content', () =>
        chartTabs().find(({ label }) => label === 'Charts: SEV-2 Checkout down'),
      );
      await call('openCharts', { incident, check: 'metrics' });
      assert.equal(chartTabs().length, 1);
      await call('editIncident', { incident, title: 'Checkout is slow' });
      await eventually('the panel of the changed incident', () =>
        chartTabs().find(({ label }) => label === 'Charts: SEV-2 Checkout is slow'),
      );
      await vscode.window.tabGroups.close(chartTabs());
    }));

  it('are not exported, and no dashboard opened, where there is none', () =>
    withIncident({}, async ({ incident }) => {
      await assert.rejects(
        call('exportChart', { incident, check: 'metrics', chart: 'checkout/errors' }),
        /The check “Metrics” has no chart “checkout\/errors”/,
      );
      await assert.rejects(
        call('openDashboard', { incident }),
        /No dashboard of the incident’s services is configured/,
      );
    }));
});
