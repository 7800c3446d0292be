import * as vscode from 'vscode';
import type { Severity } from '../../incident/severity.ts';
import { severities } from '../../incident/severity.ts';
import { startAlertPoller } from '../../respond/alerts/alertPoller.ts';
import type { AlertSight } from '../../respond/alerts/alertSight.ts';
import { createAlertWatch } from '../../respond/alerts/alertWatch.ts';
import type { EditorServices } from '../editorServices.ts';
import { setContext } from '../platform/contextKeys.ts';
import { readSetting, timeZone } from '../platform/settings.ts';
import { alertRows } from '../rows/alertRows.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { tellOfAlerts } from './alertMessages.ts';
import type { RowElement, RowTree } from './rowTree.ts';
import { createRowTree } from './rowTree.ts';

/** The view of what fires, kept in step while somebody looks, an incident is open, or alerts are watched. */
export interface AlertsView {
  readonly tree: RowTree;
  /** Asks all sources now, for a person. */
  refresh(signal?: AbortSignal): Promise<AlertSight>;
  /** Configuration, trust or settings changed: asks anew where that is wanted. */
  changed(): void;
  /** Draws what the record says of the alerts, and showSights to look when that has become wanted. */
  draw(): void;
  dispose(): void;
}

export function createAlertsView(
  services: EditorServices,
  view: vscode.TreeView<RowElement>,
  contexts: () => readonly RowContext[],
): AlertsView {
  const { alerts, context } = services;
  const { host } = context;
  const opened = new Set<string>();
  const tree = createRowTree(({ id }) => {
    opened.add(id);
    show();
    return Promise.resolve();
  });
  const watch = createAlertWatch({ claim: (key) => services.claim(key), tell: tellOfAlerts });
  let shown: AlertSight | undefined;
  let isDisposed = false;

  const openIncidents = () => contexts().filter(({ state }) => state.closed === undefined);
  const show = (): void => {
    if (shown === undefined || isDisposed) return;
    tree.update(alertRows({ sight: shown, zone: timeZone(), opened, incidents: openIncidents() }));
    const active = shown.alerts.filter(({ status }) => status === 'active').length;
    const description = active === 0 ? '' : vscode.l10n.t('{0} active', active);
    if (view.description !== description) view.description = description;
    setContext('mayday:alerts', shown.sources.length === 0 ? 'none' : 'ready');
  };
  /** Of two looks at once the one that began later knows better. */
  const showSight = (sight: AlertSight): void => {
    if (shown !== undefined && sight.at < shown.at) return;
    shown = sight;
    show();
  };
  const see = async (sight: AlertSight): Promise<AlertSight> => {
    showSight(sight);
    await watch.see(sight, watchedLevel());
    return sight;
  };
  const isWanted = (): boolean =>
    host.isTrusted() && (view.visible || openIncidents().length > 0 || watchedLevel() !== undefined);
  const poller = startAlertPoller({
    isWanted,
    look: async (signal) => {
      await see(await alerts.look({ signal, onPart: showSight }));
    },
    log: host.log,
  });
  const listening = view.onDidChangeVisibility(() => {
    poller.wake();
  });

  return {
    tree,
    refresh: async (signal = new AbortController().signal) =>
      see(await alerts.look({ signal, byPerson: true, onPart: showSight })),
    changed: () => {
      poller.wake({ anew: true });
    },
    draw: () => {
      show();
      poller.wake();
    },
    dispose: () => {
      isDisposed = true;
      listening.dispose();
      poller.dispose();
    },
  };
}

/** From which level on alerts are told of; undefined: not at all. */
function watchedLevel(): Severity | undefined {
  const wanted: string = readSetting('mayday.watchAlerts');
  return severities.find((severity) => severity === wanted);
}
