import * as vscode from 'vscode';
import { dashboardLink, dashboardRange } from '../../documents/dashboardLink.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { Check } from '../../incident/words.ts';
import { checks } from '../../incident/words.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { App } from '../app.ts';
import { openAddress } from '../platform/openAddress.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import { ask } from '../platform/request.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { pickIncident } from './pickers.ts';
import { showInformation } from '../platform/messages.ts';

/** Opens the charts that the checks of an incident kept, and tells which there are. */
export const openChartsGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Open Charts'), () => true);
  if (handle === undefined) return undefined;
  const check = checks.find((candidate) => candidate === knownText(known, 'check'));
  const { checks: kept } = await app.chartsOf(handle);
  await app.openCharts(handle.id, check);
  return {
    incident: handle.id,
    checks: kept.map(({ check: of, charts, reason }) => ({
      check: of,
      charts: charts.map(({ id }) => id),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
};

/** Puts a chart as a picture into the post-mortem, which is written again when it is there already. */
export const exportChartGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Export Chart to Post-mortem');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const chosen = await pickChart(app, handle, known, title);
  if (chosen === undefined) return undefined;
  const result = await app.run('exportChart', { incident: handle.id, ...chosen });
  const isWritten = handle.state.postMortem.document !== undefined;
  if (isWritten) await app.run('writePostMortem', { incident: handle.id });
  void tellExported(handle, result.title, isWritten);
  return result;
};

async function tellExported({ id }: IncidentHandle, title: string, isWritten: boolean): Promise<void> {
  const action = isWritten ? vscode.l10n.t('Open Post-mortem') : vscode.l10n.t('Write Post-mortem');
  const text = isWritten
    ? vscode.l10n.t('The post-mortem shows “{0}”.', title)
    : vscode.l10n.t('“{0}” is kept; the post-mortem shows it when it is written.', title);
  const answer = await showInformation(text, action);
  if (answer === action) await vscode.commands.executeCommand('mayday.writePostMortem', ask({ incident: id }));
}

async function pickChart(
  app: App,
  handle: IncidentHandle,
  known: Known,
  title: string,
): Promise<{ readonly check: Check; readonly chart: string } | undefined> {
  const check = checks.find((candidate) => candidate === knownText(known, 'check'));
  const chart = knownText(known, 'chart');
  if (check !== undefined && chart !== undefined) return { check, chart };
  const kept = (await app.chartsOf(handle)).checks.filter((one) => check === undefined || one.check === check);
  const choices = kept.flatMap((one) =>
    one.charts.map((candidate) => ({
      label: plainLine(candidate.title, 120),
      description: one.name,
      value: { check: one.check, chart: candidate.id },
    })),
  );
  if (choices.length === 0) {
    throw new IncidentError('notFound', vscode.l10n.t('No check of this incident kept a chart.'), {
      hint: kept[0]?.reason ?? vscode.l10n.t('Investigate runs the checks that do.'),
    });
  }
  return valueOf(await askChoice({ title, placeholder: vscode.l10n.t('Which chart?'), choices }));
}

/** Opens a dashboard of an incident's services in the browser, with the incident's time filled in. */
export const openDashboardGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Open Dashboard');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const found = await dashboardsFor(app, handle, known);
  const [only] = found;
  if (only === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('No dashboard of the incident’s services is configured.'), {
      hint: vscode.l10n.t(
        'Name some as dashboards of a service in mayday.yaml; {from} and {to} in an address are filled in.',
      ),
    });
  }
  const choices = found.map((dashboard) => ({
    label: plainLine(dashboard.name, 80),
    description: plainLine(dashboard.service, 80),
    detail: plainLine(dashboard.link, 160),
    value: dashboard,
  }));
  const placeholder = vscode.l10n.t('Which dashboard?');
  const chosen = found.length === 1 ? only : valueOf(await askChoice({ title, placeholder, choices }));
  if (chosen === undefined) return undefined;
  await openAddress(chosen.link);
  return { service: chosen.service, name: chosen.name, link: chosen.link };
};

interface FilledDashboard {
  readonly service: string;
  readonly name: string;
  readonly link: string;
}

/** Those of the service and name that are known, if any, with their addresses filled in. */
async function dashboardsFor(app: App, handle: IncidentHandle, known: Known): Promise<readonly FilledDashboard[]> {
  const [service, name] = [knownText(known, 'service'), knownText(known, 'name')];
  const range = dashboardRange(handle.state, app.context.host.clock.now());
  const { services } = await app.targetsOf(handle);
  return services
    .filter((one) => service === undefined || one.name === service)
    .flatMap((one) =>
      (one.dashboards ?? [])
        .filter((dashboard) => name === undefined || dashboard.name === name)
        .flatMap((dashboard) => {
          const link = dashboardLink(dashboard.url, range, one.configuredName ?? one.name);
          return link === undefined ? [] : [{ service: one.name, name: dashboard.name, link }];
        }),
    );
}
