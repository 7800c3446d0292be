import type * as vscode from 'vscode';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Check } from '../incident/words.ts';
import type { LoadedApp } from './createApp.ts';

/** What other extensions may do. Confidential incidents are not there for them. */
export interface MaydayApi {
  readonly version: 1;
  /** Every incident of this window's record and the machine's active ones. */
  incidents(): Promise<readonly IncidentSummary[]>;
  /** What the events of an incident say. Rejects when there is none with this id. */
  incident(id: string): Promise<IncidentState>;
  /** Fires with the id of an incident that changed, in this window or another. */
  readonly onDidChange: vscode.Event<string>;
  /** Resolves when the note is on disk. */
  addNote(note: { readonly incident: string; readonly text: string; readonly at?: string }): Promise<void>;
  /** Resolves when the finding is on disk. */
  addFinding(finding: {
    readonly incident: string;
    readonly check: Check;
    readonly text: string;
    readonly link?: string;
  }): Promise<void>;
}

/** What the API does once Mayday is loaded. */
export type LoadedApi = Omit<MaydayApi, 'version' | 'onDidChange'>;

/** The API that `activate` returns; nothing is loaded before it is used. */
export function createPublicApi(load: () => Promise<LoadedApp>, onDidChange: vscode.Event<string>): MaydayApi {
  return {
    version: 1,
    onDidChange,
    incidents: async () => (await load()).api.incidents(),
    incident: async (id) => (await load()).api.incident(id),
    addNote: async (note) => (await load()).api.addNote(note),
    addFinding: async (finding) => (await load()).api.addFinding(finding),
  };
}
