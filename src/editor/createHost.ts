import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { messageOf } from '../incident/incidentError.ts';
import { isoTimeOf } from '../incident/isoTime.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import type { Host } from '../incident/useCase.ts';
import { createSecrets } from './platform/secrets.ts';
import { readSetting, timeZone } from './platform/settings.ts';

/** VS Code as the host of the use cases: clock, log, trust and questions. */
export function createHost(log: vscode.LogOutputChannel, context: Pick<vscode.ExtensionContext, 'secrets'>): Host {
  return {
    clock: { now: () => isoTimeOf(Date.now()) },
    log: {
      info: (message) => {
        log.info(message);
      },
      warn: (message) => {
        log.warn(message);
      },
      error: (message, error) => {
        log.error(message, error instanceof Error ? error : messageOf(error));
      },
    },
    secrets: createSecrets(context.secrets),
    isTrusted: () => vscode.workspace.isTrusted,
    confirm: async ({ what, target, command }) => {
      const yes = vscode.l10n.t('Do It');
      const detail = command === undefined ? target : `${target}\n${command}`;
      return (await vscode.window.showWarningMessage(what, { modal: true, detail }, yes)) === yes;
    },
  };
}

/** Where the addresses that a person confirmed are kept, for this workspace. */
const confirmedKey = 'mayday.confirmedAddresses';
/** Which change window they chose for an incident. */
const windowsKey = 'mayday.changeWindows';

/** What VS Code tells the services about this window. */
export function surroundingsOf(context: vscode.ExtensionContext, host: Host): Surroundings {
  return {
    globalStorage: context.globalStorageUri.fsPath,
    templatesDirectory: context.asAbsolutePath('templates'),
    host,
    machine: hostname(),
    confirmedAddresses: {
      read: () => context.workspaceState.get<readonly string[]>(confirmedKey, []),
      write: async (keys) => context.workspaceState.update(confirmedKey, keys),
    },
    windowChoices: {
      read: () => context.workspaceState.get<Readonly<Record<string, unknown>>>(windowsKey, {}),
      write: async (choices) => context.workspaceState.update(windowsKey, choices),
    },
    folders: () =>
      (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    directoryOf: (folder) =>
      readSetting('mayday.directory', folder === undefined ? undefined : vscode.Uri.file(folder)),
    configuredPerson: () => readSetting('mayday.person').trim(),
    zone: timeZone,
  };
}
