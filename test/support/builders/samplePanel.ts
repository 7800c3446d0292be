import { panelContent } from '../../../src/editor/charts/panelContent.ts';
import type { PanelContent } from '../../../src/editor/charts/chartMessages.ts';
import type { PanelWords } from '../../../src/editor/charts/panelWords.ts';
import { chartMarks } from '../../../src/documents/chartMarks.ts';
import type { CheckCharts } from '../../../src/investigate/charts/incidentCharts.ts';
import { after } from './events.ts';
import { errorChart, latencyChart } from './sampleCharts.ts';
import { wholeIncident } from './state.ts';

/** The words of the panel as they are in English. */
export const englishWords: PanelWords = {
  unit: 'Unit: {0}',
  times: 'times in UTC',
  source: 'From {0}',
  showTable: 'Show as Table',
  showChart: 'Show as Chart',
  exportChart: 'Export to Post-mortem',
  exportAgain: 'Export Again',
  openDashboard: 'Open Dashboard {0}',
  investigate: 'Investigate',
  marks: 'What happened meanwhile',
  noMarks: 'Nothing of this incident happened in the time of this chart.',
  marksOutside: '{0} more happened outside the time of this chart.',
  linesLeftOut: '{0} more lines are not drawn.',
  time: 'Time',
  whatHappened: 'What happened',
  keys: '← and → move the cursor, Home and End to the ends.',
  noValues: 'No values.',
  last: 'Last, {0}',
  at: 'At {0}',
};

/** What the panel shows of an incident whose metrics were looked at, and whose traffic was not. */
export function samplePanel(
  checks: readonly CheckCharts[] = sampleChecks(),
  more: Partial<PanelContent> = {},
): PanelContent {
  const configuration = [{ at: after(-20), label: '3f2a1b9c Lower the pool size to 2' }];
  const state = wholeIncident();
  const dashboards = [{ name: 'RED', url: 'https://grafana.example.org/d/red?from={from}&to={to}' }];
  const services = [{ name: 'checkout', folder: '/shop', dashboards }] as never;
  return {
    kind: 'charts',
    ...panelContent({ state, checks, marks: chartMarks(state, configuration), services }),
    canAct: true,
    words: englishWords,
    ...more,
  };
}

export function sampleChecks(): readonly CheckCharts[] {
  return [
    { check: 'metrics', name: 'Metrics', charts: [errorChart(), latencyChart()] },
    {
      check: 'traffic',
      name: 'Traffic',
      charts: [],
      reason: 'This check has not run yet: Incident: Investigate runs it.',
    },
  ];
}
