import { toIncidentId } from '../incident/ids.ts';
import type { IncidentId } from '../incident/ids.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { App } from './app.ts';
import type { LoadedApi } from './publicApi.ts';

/** The API for other extensions over the loaded app. Confidential incidents are not there for them. */
export function createLoadedApi(app: App): LoadedApi {
  const visible = (text: string): IncidentId => {
    const id = toIncidentId(text);
    const summary = app.store.list().find((candidate) => candidate.id === id);
    if (id === undefined || summary === undefined || summary.confidential) {
      throw new IncidentError('notFound', `There is no incident ${text}.`);
    }
    return id;
  };
  return {
    incidents: () => Promise.resolve(app.store.list().filter(({ confidential }) => !confidential)),
    incident: async (id) => (await app.store.open(visible(id))).state,
    addNote: async (note) => {
      await app.run('addNote', { ...note, incident: visible(note.incident) });
    },
    addFinding: async (finding) => {
      await app.run('addFinding', { ...finding, incident: visible(finding.incident) });
    },
  };
}
