import type * as vscode from 'vscode';
import { IncidentError } from '../incident/incidentError.ts';
import { toIncidentId } from '../incident/ids.ts';
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

/** The API that `activate` returns; nothing is loaded before it is used. */
export function createPublicApi(load: () => Promise<LoadedApp>, onDidChange: vscode.Event<string>): MaydayApi {
  const visible = async (id: string): Promise<LoadedApp> => {
    const app = await load();
    const summary = app.store.list().find((candidate) => candidate.id === id);
    if (summary === undefined || summary.confidential) {
      throw new IncidentError('notFound', `There is no incident ${id}.`);
    }
    return app;
  };
  return {
    version: 1,
    onDidChange,
    incidents: async () => (await load()).store.list().filter(({ confidential }) => !confidential),
    incident: async (id) => {
      const app = await visible(id);
      const incident = toIncidentId(id);
      if (incident === undefined) throw new IncidentError('notFound', `There is no incident ${id}.`);
      return (await app.store.open(incident)).state;
    },
    addNote: async (note) => {
      await (await visible(note.incident)).run('addNote', { ...note, incident: toIncidentId(note.incident) });
    },
    addFinding: async (finding) => {
      await (
        await visible(finding.incident)
      ).run('addFinding', { ...finding, incident: toIncidentId(finding.incident) });
    },
  };
}
