import type { IncidentId } from '../../incident/ids.ts';
import { shownLabels } from '../../respond/alerts/alertRecord.ts';
import type { ListedAlert } from '../../respond/alerts/alertSight.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Row } from './row.ts';

/** What an alert says in full: its words, links that open, its labels, and who told it. */
export function alertDetailRows(alert: ListedAlert, incident: IncidentId | undefined): readonly Row[] {
  const { id, description, runbook, link, dashboard, labels, toldBy } = alert;
  return [
    ...(description === '' ? [] : [textRow(`${id}/description`, redactedLine(description, 300), 'info')]),
    ...(incident === undefined ? [] : [incidentLink(id, incident)]),
    ...(runbook === undefined
      ? []
      : [linkRow(id, 'runbook', 'Runbook', runbook.kind === 'link' ? runbook.url : runbook.path, 'book')]),
    ...(link === undefined ? [] : [linkRow(id, 'link', 'Source', link, 'link-external')]),
    ...(dashboard === undefined ? [] : [linkRow(id, 'dashboard', 'Dashboard', dashboard, 'graph')]),
    ...Object.entries(shownLabels(labels)).map(([name, value]): Row => ({
      ...{ id: `${id}/label/${name}`, label: name, description: value, icon: { id: 'tag' } },
      aria: `Label ${name}, ${value}`,
    })),
    { ...textRow(`${id}/source`, 'Told by', 'server'), description: toldBy },
  ];
}

function textRow(id: string, label: string, icon: string): Row {
  return { id, label, icon: { id: icon } };
}

function linkRow(alert: string, what: string, label: string, target: string, icon: string): Row {
  const args = { alert, what };
  return {
    ...{ id: `${alert}/${what}`, label, description: redactedLine(target, 200), icon: { id: icon }, args },
    command: { id: 'mayday.openAlert', args },
    aria: `Open ${label.toLowerCase()}, ${redactedLine(target, 200)}`,
  };
}

function incidentLink(alert: string, incident: IncidentId): Row {
  const args = { incident };
  return {
    ...{ id: `${alert}/incident`, label: 'Belongs to an open incident', description: 'show it', icon: { id: 'flame' } },
    command: { id: 'mayday.openIncident', args },
  };
}
