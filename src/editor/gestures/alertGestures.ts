import * as vscode from 'vscode';
import { formatDuration } from '../../documents/timeText.ts';
import { toIncidentId } from '../../incident/ids.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { minuteMs } from '../../incident/isoTime.ts';
import type { Severity } from '../../incident/severity.ts';
import { severities } from '../../incident/severity.ts';
import { shownLabels } from '../../respond/alerts/alertRecord.ts';
import type { ListedAlert } from '../../respond/alerts/alertSight.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { App } from '../app.ts';
import { announce } from '../platform/announce.ts';
import { askChoice, askChoices, askText, valueOf } from '../platform/prompts.ts';
import { ask } from '../platform/request.ts';
import type { ArgsOf } from '../useCases.ts';
import { alertBriefs } from './alertBriefs.ts';
import { openMessage } from './communicationGestures.ts';
import { timesOf } from './declareGesture.ts';
import { declareUntilRecorded } from './declareUntilRecorded.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { openLinkGesture } from './navigationGestures.ts';
import { pickIncident } from './pickers.ts';
import { showInformation, showWarning } from '../platform/messages.ts';

/** Asks how bad it is, with what the alert says under the cursor, and for the impact; the rest is the alert's. */
export const declareFromAlertGesture: Gesture = async (app, known) => {
  const alert = await pickAlert(app, known, vscode.l10n.t('Declare from Alert'));
  if (alert === undefined) return undefined;
  const { title, severity: proposed, folder } = await app.alerts.proposalOf(alert);
  const box = vscode.l10n.t('Declare: {0}', title);
  const severity = await askSeverity(app, box, proposed, folder);
  if (severity === undefined) return undefined;
  const impact = valueOf(
    await askText({
      ...{ title: box, step: 2, steps: 2, rememberAs: 'impact' },
      prompt: vscode.l10n.t('Who or what is affected, and how much? Leave it empty if that is not known yet.'),
    }),
  );
  if (impact === undefined) return undefined;
  const wish: ArgsOf<'declareFromAlert'> = { alert: alert.id, severity, ...(impact === '' ? {} : { impact }) };
  const declared = await declareUntilRecorded(app, wish, (one) => app.run('declareFromAlert', one));
  if (declared === undefined) return undefined;
  if (declared.problem !== undefined) {
    void showWarning(vscode.l10n.t('The alert is not attached: {0}', declared.problem));
  }
  const id = toIncidentId(declared.incident);
  if (id !== undefined) await app.reveal(id);
  await openMessage(app, await app.run('postUpdate', { incident: declared.incident, kind: 'initial' }));
  return declared;
};

export const attachAlertGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Attach Alert to Incident');
  const alert = await pickAlert(app, known, title);
  if (alert === undefined) return undefined;
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const result = await app.run('attachAlert', { incident: handle.id, alert: alert.id });
  announce(vscode.l10n.t('Attached: {0}', redactedLine(alert.name, 80)));
  return result;
};

export const acknowledgeAlertGesture: Gesture = async (app, known) => {
  const alert = await pickAlert(app, known, vscode.l10n.t('Acknowledge Alert'), ({ status }) => status === 'active');
  if (alert === undefined) return undefined;
  if (alert.kind !== 'pagerduty') return offerInstead(alert);
  const result = await app.run('acknowledgeAlert', { alert: alert.id, ...focusedIncident(app, known) });
  announce(vscode.l10n.t('Acknowledged: {0}', redactedLine(alert.name, 80)));
  await app.alerts.refresh();
  return result;
};

export const silenceAlertGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Silence Alert');
  const alert = await pickAlert(
    app,
    known,
    title,
    ({ kind, status }) => kind === 'alertmanager' && status !== 'silenced',
  );
  if (alert === undefined) return undefined;
  const labels = await askLabels(alert, known, title);
  if (labels === undefined) return undefined;
  const minutes = valueOf(
    await askChoice<number>({
      ...{ title, step: 2, steps: 2, placeholder: vscode.l10n.t('For how long?'), active: 60 },
      choices: [15, 30, 60, 120, 240, 480, 1440].map((value) => ({ label: formatDuration(value * minuteMs), value })),
    }),
  );
  if (minutes === undefined) return undefined;
  const result = await app.run('silenceAlert', {
    alert: alert.id,
    labels: [...labels],
    minutes,
    ...focusedIncident(app, known),
  });
  announce(vscode.l10n.t('Silenced: {0}', redactedLine(alert.name, 80)));
  await app.alerts.refresh();
  return result;
};

/** Opens an alert's runbook, its source or its dashboard: the one that is named, the only one, or the person chooses. */
export const openAlertGesture: Gesture = async (app, known) => {
  const alert = await pickAlert(app, known, vscode.l10n.t('Open Alert'));
  if (alert === undefined) return undefined;
  const { runbook, link, dashboard } = alert;
  const openWeb = (url: string) => () => openLinkGesture(app, { link: url });
  const openRunbook = async () => {
    const path = await app.alerts.runbookFile(alert);
    await app.openFile(path);
    return { path };
  };
  const targets = [
    ...(runbook === undefined
      ? []
      : [
          {
            ...{ what: 'runbook', label: vscode.l10n.t('Runbook') },
            value: runbook.kind === 'link' ? openWeb(runbook.url) : openRunbook,
          },
        ]),
    ...(link === undefined ? [] : [{ what: 'link', label: vscode.l10n.t('Source'), value: openWeb(link) }]),
    ...(dashboard === undefined
      ? []
      : [{ what: 'dashboard', label: vscode.l10n.t('Dashboard'), value: openWeb(dashboard) }]),
  ];
  if (targets.length === 0) throw new IncidentError('notFound', vscode.l10n.t('The alert links to nothing.'));
  const named = targets.find(({ what }) => what === known['what']) ?? (targets.length === 1 ? targets[0] : undefined);
  if (named !== undefined) return named.value();
  const chosen = await askChoice<() => Promise<unknown>>({
    ...{
      title: redactedLine(alert.name, 80),
      placeholder: vscode.l10n.t('What do you want to see?'),
      choices: targets,
    },
  });
  return valueOf(chosen)?.();
};

/** Asks all sources now; gives what fires in plain words, as the view shows it. */
export const refreshAlertsGesture: Gesture = async (app) => alertBriefs(await app.alerts.refresh());

/** The alert of the row, else the person chooses among those that fire. Undefined when they cancelled. */
async function pickAlert(
  app: App,
  known: Known,
  title: string,
  fits: (alert: ListedAlert) => boolean = () => true,
): Promise<ListedAlert | undefined> {
  const wanted = knownText(known, 'alert');
  if (wanted !== undefined) return app.alerts.find(wanted, new AbortController().signal);
  const { alerts, sources } = await app.withProgress(vscode.l10n.t('Asking for alerts…'), (signal) =>
    app.alerts.refresh(signal),
  );
  const fitting = alerts.filter(fits);
  if (fitting.length === 0) {
    const failed = sources.flatMap(({ shown, told }) => (told.kind === 'failed' ? [`${shown}: ${told.reason}`] : []));
    throw new IncidentError('notFound', vscode.l10n.t('There is no alert that this could be about.'), {
      ...(failed.length === 0 ? {} : { hint: redactedLine(failed.join(' '), 500) }),
    });
  }
  const chosen = await askChoice<ListedAlert>({
    title,
    placeholder: vscode.l10n.t('Which alert?'),
    choices: fitting.map((alert) => ({
      label: `${alert.level.severity ?? 'SEV?'} ${redactedLine(alert.name, 120)}`,
      description: alert.status,
      detail: redactedLine(alert.summary, 200),
      value: alert,
    })),
  });
  return valueOf(chosen);
}

async function askSeverity(
  app: App,
  title: string,
  proposed: Severity | undefined,
  folder: string,
): Promise<Severity | undefined> {
  const policy = await app.context.policy(folder);
  const placeholder =
    proposed === undefined
      ? vscode.l10n.t('The alert does not say how bad it is. When two levels fit, take the worse one.')
      : vscode.l10n.t('The alert says {0}. When two levels fit, take the worse one.', proposed);
  return valueOf(
    await askChoice<Severity>({
      ...{ title, step: 1, steps: 2, placeholder },
      ...(proposed === undefined ? {} : { active: proposed }),
      choices: severities.map((severity) => ({
        label: severity,
        description: policy.severities[severity].meaning,
        detail: timesOf(policy, severity),
        value: severity,
      })),
    }),
  );
}

/** Which labels a silence matches: those of the row, all of one alert's; fewer match more. */
async function askLabels(alert: ListedAlert, known: Known, title: string): Promise<readonly string[] | undefined> {
  const shown = Object.entries(shownLabels(alert.labels)).filter(([name]) => !name.startsWith('__'));
  const common = Array.isArray(known['labels']) ? (known['labels'] as readonly string[]) : undefined;
  const chosen = valueOf(
    await askChoices<string>({
      ...{ title, step: 1, steps: 2 },
      placeholder: vscode.l10n.t('Everything with these labels falls silent: fewer labels, more alerts'),
      choices: shown.map(([name, value]) => ({ label: `${name}="${value}"`, value: name })),
      selected: common ?? shown.map(([name]) => name),
    }),
  );
  return chosen?.length === 0 ? undefined : chosen;
}

async function offerInstead(alert: ListedAlert): Promise<unknown> {
  const silence = vscode.l10n.t('Silence…');
  const declare = vscode.l10n.t('Declare from Alert…');
  const text = vscode.l10n.t('{0} knows no acknowledging.', alert.toldBy);
  const actions = alert.kind === 'alertmanager' ? [silence, declare] : [declare];
  const chosen = await showInformation(text, ...actions);
  if (chosen === undefined) return undefined;
  const command = chosen === silence ? 'mayday.silenceAlert' : 'mayday.declareFromAlert';
  return vscode.commands.executeCommand(command, ask({ alert: alert.id }));
}

/** Where it is recorded: the row's incident, else the one in focus while it is open; the use case knows what else fits. */
function focusedIncident(app: App, known: Known): { readonly incident?: string } {
  const id = toIncidentId(known['incident']) ?? app.focused();
  const isOpen = app.store.list().some((summary) => summary.id === id && summary.open);
  return id !== undefined && isOpen ? { incident: id } : {};
}
