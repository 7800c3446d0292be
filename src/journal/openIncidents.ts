import { join } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import type { OpenIncident } from './journalHandle.ts';
import type { OpenIncidentContext } from './openIncident.ts';
import { openIncident } from './openIncident.ts';
import type { FolderWatch } from './watchFolder.ts';
import { watchFolder } from './watchFolder.ts';

/** Ended incidents that stay open in memory after somebody looked at them. */
const endedLimit = 8;

/** The incidents that this window has open, and the watch over their logs. */
export interface OpenIncidents {
  readonly all: ReadonlyMap<IncidentId, OpenIncident>;
  /** The incident read from `directories`, once for all who ask. */
  open(id: IncidentId, directories: readonly string[]): Promise<OpenIncident>;
  /** An incident without a folder yet; `keep` it once it is declared. */
  begin(id: IncidentId, directory: string): OpenIncident;
  keep(incident: OpenIncident): void;
  /** Forgets an incident: its events leave memory when nobody holds it. */
  release(id: IncidentId): void;
  /** Looks at every log for what the watch may have missed. */
  look(): Promise<void>;
  dispose(): void;
}

export function createOpenIncidents(context: OpenIncidentContext): OpenIncidents {
  const { settings } = context;
  const all = new Map<IncidentId, OpenIncident>();
  const opening = new Map<IncidentId, Promise<OpenIncident>>();
  const watches = new Map<string, FolderWatch>();

  function refresh(incident: OpenIncident): void {
    incident.refresh().catch((error: unknown) => {
      settings.log.error(`[journal] incident not read incident=${incident.id}`, error);
    });
  }

  /** Watches the log folders of what is open, and no others. */
  async function watchLogs(): Promise<void> {
    const wanted = new Map(
      [...all.values()].flatMap((incident) =>
        incident.directories.map((directory) => [join(directory, 'log'), incident] as const),
      ),
    );
    for (const [path, watch] of watches) {
      if (wanted.has(path)) continue;
      watch.dispose();
      watches.delete(path);
    }
    for (const [path, incident] of wanted) {
      if (watches.has(path)) continue;
      const onChange = (): void => {
        refresh(incident);
      };
      watches.set(
        path,
        watchFolder(path, onChange, settings.log, (name) => incident.hasWritten(name)),
      );
    }
    await Promise.all([...watches.values()].map((watch) => watch.look()));
  }

  function watchLogsSoon(): void {
    watchLogs().catch((error: unknown) => {
      settings.log.error('[journal] logs not watched', error);
    });
  }

  function keep(incident: OpenIncident): void {
    all.set(incident.id, incident);
    const ended = [...all.values()].filter(({ state, pending }) => state.closed !== undefined && pending.length === 0);
    for (const { id } of ended.slice(0, -endedLimit)) all.delete(id);
    watchLogsSoon();
  }

  async function read(id: IncidentId, directories: readonly string[]): Promise<OpenIncident> {
    const incident = openIncident(id, directories, context);
    await incident.refresh();
    // One log may note lines of another that were written after that one was read.
    if (incident.problems.some(({ kind }) => kind === 'altered')) await incident.refresh();
    keep(incident);
    return incident;
  }

  return {
    all,
    open: async (id, directories) => {
      const open = all.get(id);
      if (open !== undefined) return open;
      const begun = opening.get(id) ?? read(id, directories).finally(() => opening.delete(id));
      opening.set(id, begun);
      return begun;
    },
    begin: (id, directory) => openIncident(id, [directory], context),
    keep,
    release: (id) => {
      if (all.delete(id)) watchLogsSoon();
    },
    look: async () => {
      await watchLogs();
      await Promise.all([...all.values()].map((incident) => incident.refresh()));
    },
    dispose: () => {
      all.clear();
      for (const watch of watches.values()) watch.dispose();
      watches.clear();
    },
  };
}
