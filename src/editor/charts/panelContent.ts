import { drawnLines, thinnedPoints, drawablePoints } from '../../documents/chartGeometry.ts';
import type { ChartMark } from '../../documents/chartMark.ts';
import { severityLabel } from '../../incident/severity.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { CheckCharts } from '../../investigate/charts/incidentCharts.ts';
import type { SignalTargets } from '../../investigate/signalCheck.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import type { PanelChart, PanelContent, PanelDashboard } from './chartMessages.ts';

/** What the panel is made from. */
export interface PanelSource {
  readonly state: IncidentState;
  readonly checks: readonly CheckCharts[];
  readonly marks: readonly ChartMark[];
  readonly services: SignalTargets['services'];
}

/** So many points of a line are sent, two for each: more than a panel has pixels. */
const mostColumns = 1000;
/** So many charts of a check are drawn: each costs a canvas. */
const mostCharts = 40;
const mostMarks = 100;
const mostDashboards = 20;

/** What the panel shows of an incident: bounded, and every text a line without credentials. */
export function panelContent({
  state,
  checks,
  marks,
  services,
}: PanelSource): Pick<PanelContent, 'title' | 'sections' | 'marks' | 'dashboards'> {
  return {
    title: redactedLine(`${severityLabel(state.severity)} ${state.title}`, 200),
    sections: checks.map(({ check, name, charts, reason }) => ({
      check,
      name: redactedLine(name, 80),
      charts: charts.slice(0, mostCharts).map((chart) => panelChart(check, chart, state)),
      ...(reason === undefined ? {} : { reason: redactedLine(reason, 600) }),
    })),
    marks: marks.slice(0, mostMarks).map(({ at, kind, label }) => ({ atSeconds: epochMsOf(at) / 1000, kind, label })),
    dashboards: dashboardsOf(services),
  };
}

/** The dashboards of an incident's services, by the names that mayday.yaml gives them. */
export function dashboardsOf(services: SignalTargets['services']): readonly PanelDashboard[] {
  return services
    .flatMap(({ name: service, dashboards = [] }) => dashboards.map(({ name }) => ({ service, name })))
    .slice(0, mostDashboards);
}

function panelChart(check: string, chart: Chart, state: IncidentState): PanelChart {
  const { lines, leftOut } = drawnLines(chart);
  return {
    check,
    id: chart.id,
    title: redactedLine(chart.title, 200),
    unit: chart.unit,
    source: redactedLine(chart.source, 600),
    lines: lines.map((line) => ({
      name: redactedLine(line.name, 120),
      points: thinnedPoints(drawablePoints(line), mostColumns),
    })),
    leftOut,
    exported: state.charts.some((exported) => exported.check === check && exported.chart === chart.id),
  };
}
