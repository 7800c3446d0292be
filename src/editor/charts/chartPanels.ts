import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { Log } from '../../incident/useCase.ts';
import { createSerialQueue } from '../../journal/serialQueue.ts';
import type { EditorServices } from '../editorServices.ts';
import { ask } from '../platform/request.ts';
import type { PanelContent, PanelRequest } from './chartMessages.ts';
import { parsePanelRequest } from './chartMessages.ts';
import { panelContent } from './panelContent.ts';
import { panelPage } from './panelPage.ts';
import { shownWords } from './shownWords.ts';

export interface ChartPanelTools {
  readonly services: Pick<EditorServices, 'store' | 'context' | 'chartsOf' | 'targetsOf'>;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
}

/** The panels of charts, at most one for an incident. */
export interface ChartPanels {
  /** Shows the charts of an incident, and of it those of a check. */
  open(incident: IncidentId, check?: string): Promise<void>;
  /** Draws the panel of an incident again, when there is one. */
  update(incident: IncidentId): void;
  dispose(): void;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  /** The page is loaded and listens. */
  isReady: boolean;
  reveal: string | undefined;
  /** What was sent last: a change that changes no chart is not drawn. */
  sent: string;
}

/** Nothing is kept of a panel that is hidden: it is sent its content when it loads again. */
export function createChartPanels(tools: ChartPanelTools): ChartPanels {
  const panels = new Map<IncidentId, OpenPanel>();

  // Of two readings the later one must be sent last.
  const inTurn = createSerialQueue();

  const sendNow = async (incident: IncidentId): Promise<void> => {
    const open = panels.get(incident);
    if (open?.isReady !== true) return;
    const content = await readContent(tools, incident, open.reveal);
    const text = JSON.stringify(content);
    if (!panels.has(incident) || text === open.sent) return;
    open.panel.title = vscode.l10n.t('Charts: {0}', content.title);
    open.sent = text;
    open.reveal = undefined;
    // Not waited for: a page that was hidden meanwhile never takes it, and asks anew when it loads again.
    void open.panel.webview.postMessage(content);
  };
  const send = (incident: IncidentId): Promise<void> => inTurn(() => sendNow(incident));
  const sendAndLog = (incident: IncidentId): void => {
    send(incident).catch((error: unknown) => {
      tools.log.error('The charts could not be shown.', error);
    });
  };
  const receive = (incident: IncidentId, message: unknown): void => {
    const request = parsePanelRequest(message);
    const open = panels.get(incident);
    if (request === undefined || open === undefined) return;
    if (request.kind !== 'ready') {
      runCommand(incident, request);
      return;
    }
    open.isReady = true;
    open.sent = '';
    sendAndLog(incident);
  };
  const create = (incident: IncidentId): OpenPanel => {
    const folder = vscode.Uri.joinPath(tools.extensionUri, 'dist');
    const panel = vscode.window.createWebviewPanel(
      'mayday.charts',
      vscode.l10n.t('Charts'),
      { viewColumn: vscode.ViewColumn.Active },
      { enableScripts: true, localResourceRoots: [folder], retainContextWhenHidden: false },
    );
    const open: OpenPanel = { panel, isReady: false, reveal: undefined, sent: '' };
    panels.set(incident, open);
    panel.onDidDispose(() => panels.delete(incident));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) open.isReady = false;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      receive(incident, message);
    });
    panel.webview.html = pageOf(panel.webview, folder);
    return open;
  };

  return {
    open: async (incident, check) => {
      const open = panels.get(incident) ?? create(incident);
      open.reveal = check;
      open.panel.reveal();
      await send(incident);
    },
    update: sendAndLog,
    dispose: () => {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

async function readContent(
  { services }: ChartPanelTools,
  incident: IncidentId,
  reveal: string | undefined,
): Promise<PanelContent> {
  const handle = await services.store.open(incident);
  const canAct = services.context.host.isTrusted();
  // mayday.yaml of an untrusted workspace names no address that is offered.
  const targets = canAct ? await services.targetsOf(handle) : undefined;
  return {
    kind: 'charts',
    ...panelContent({ state: handle.state, ...(await services.chartsOf(handle)), services: targets?.services ?? [] }),
    canAct,
    words: shownWords(),
    ...(reveal === undefined ? {} : { reveal }),
  };
}

/** As if a person had chosen it in the palette: with its prompts, its errors and its refusals. */
function runCommand(incident: IncidentId, { kind, ...known }: Exclude<PanelRequest, { readonly kind: 'ready' }>): void {
  const ids: Readonly<Record<typeof kind, CommandId>> = {
    investigate: 'mayday.investigate',
    exportChart: 'mayday.exportChart',
    openDashboard: 'mayday.openDashboard',
  };
  void vscode.commands.executeCommand(ids[kind], ask({ incident, ...known }));
}

function pageOf(webview: vscode.Webview, folder: vscode.Uri): string {
  const addressOf = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  return panelPage({
    source: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
    script: addressOf('chartPanel.js'),
    style: addressOf('chartPanel.css'),
    language: vscode.env.language,
    title: vscode.l10n.t('Charts'),
    loading: vscode.l10n.t('Reading charts…'),
  });
}
