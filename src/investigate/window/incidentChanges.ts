import type { Configuration } from '../../config/configuration.ts';
import type { RunningRevision } from '../../changes/deployed/runningRevision.ts';
import type { ReadsHistory } from '../../changes/history/readsHistory.ts';
import type { Deploy } from '../../changes/history/windowChanges.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { ChangesSight } from './changesSight.ts';
import type { WindowChoice } from './changeWindow.ts';
import { windowOf } from './incidentWindow.ts';
import type { RememberedChoices } from './rememberedChoices.ts';
import { readWindowChanges } from './readWindowChanges.ts';

/** What is known of deploys of a folder's repository. */
export interface Deployed {
  readonly running: RunningRevision;
  readonly deploys: readonly Deploy[];
}

export interface IncidentChangesTools {
  readonly history: ReadsHistory;
  readonly now: () => IsoTime;
  /** The workspace folders whose repositories may hold the cause; empty when the incident is another window's. */
  readonly foldersOf: (handle: IncidentHandle) => Promise<readonly string[]>;
  readonly configurationOf: (folder: string) => Promise<Pick<Configuration, 'services' | 'changes'>>;
  /** Which window people chose; the policy's where they did not. */
  readonly choices: RememberedChoices;
  /** Asks what runs; called by an investigation only, never by what is merely drawn. */
  readonly deployedOf: (folder: string, signal: AbortSignal, handle: IncidentHandle) => Promise<Deployed>;
}

/** What is different in production, per repository of this window that belongs to an incident. */
export interface IncidentChanges {
  /** As it was read last, or read now: again once a ref, the window, the configuration or the incident's moments differ. */
  of(handle: IncidentHandle, signal?: AbortSignal): Promise<readonly ChangesSight[]>;
  /** Reads anew, in the window that is chosen (the one before when undefined), and asks what runs. */
  look(handle: IncidentHandle, choice: WindowChoice | undefined, signal: AbortSignal): Promise<readonly ChangesSight[]>;
  /** Forgets what was read of all incidents, not what was chosen. */
  forget(): void;
}

interface Entry {
  readonly key: string;
  readonly folders: readonly string[];
  readonly sights: Promise<readonly ChangesSight[]>;
  /** Of the refs as they were when reading began; undefined where they cannot be watched. */
  readonly fingerprint: Promise<string | undefined>;
  readonly readAtMs: number;
}

/** A folder in which nothing could be seen is looked at again after that time. */
const blindMs = 30_000;

const notAsked: Deployed = {
  running: { kind: 'unknown', reason: 'Nobody asked what runs since this window was opened; Investigate does.' },
  deploys: [],
};

export function createIncidentChanges(tools: IncidentChangesTools): IncidentChanges {
  const { choices } = tools;
  const deployed = new Map<string, Deployed>();
  const entries = new Map<IncidentId, Entry>();

  const read = async (handle: IncidentHandle, folders: readonly string[], signal?: AbortSignal) => {
    const choice = choices.get(handle.id);
    const window = windowOf(handle.state, choice?.kind === 'minutes' ? choice.minutes : undefined, tools.now());
    const sights = await Promise.all(
      folders.map(async (folder) => {
        const { services, changes } = await tools.configurationOf(folder);
        const { running, deploys } = deployed.get(folder) ?? notAsked;
        return readWindowChanges(tools, { folder, window, choice, services, changes, running, deploys, signal });
      }),
    );
    return sights.length === 0 ? [nowhere] : withoutBlind(sights);
  };

  const keyOf = async ({ id, state }: IncidentHandle, folders: readonly string[]): Promise<string> => {
    const configurations = await Promise.all(folders.map((folder) => tools.configurationOf(folder)));
    const told = folders.map((folder) => deployed.get(folder));
    const { moments, policy, declared } = state;
    const { impactStart, detected } = moments;
    const known = { impactStart, detected, declared: declared?.at, minutes: policy.changeWindowMinutes };
    const services = configurations.map((configuration) => [configuration.services, configuration.changes]);
    return JSON.stringify([folders, choices.get(id) ?? null, known, services, told]);
  };

  const begin = (handle: IncidentHandle, key: string, folders: readonly string[], signal?: AbortSignal): Entry => {
    // Before reading: what changes while it is read is read again.
    const fingerprint = fingerprintOf(folders);
    const sights = fingerprint.then(() => read(handle, folders, signal));
    const entry: Entry = { key, folders, sights, fingerprint, readAtMs: Date.now() };
    entries.set(handle.id, entry);
    sights.catch(() => {
      // Whoever asked is told; the next who asks tries again.
      if (entries.get(handle.id) === entry) entries.delete(handle.id);
    });
    return entry;
  };

  /** Undefined while there is a folder in which no repository is seen. */
  const fingerprintOf = async (folders: readonly string[]): Promise<string | undefined> => {
    const known = await Promise.all(
      folders.map(async (folder) => {
        const directory = await tools.history.commonDirectory(folder);
        return directory === undefined ? undefined : tools.history.fingerprint(directory);
      }),
    );
    return known.includes(undefined) ? undefined : known.join('\n');
  };

  const isCurrent = async (entry: Entry, key: string): Promise<boolean> => {
    if (entry.key !== key) return false;
    const before = await entry.fingerprint;
    if (before === undefined) return Date.now() - entry.readAtMs < blindMs;
    return (await fingerprintOf(entry.folders)) === before;
  };

  return {
    of: async (handle, signal) => {
      const folders = await ownFolders(tools, handle, signal);
      const key = await keyOf(handle, folders);
      const known = entries.get(handle.id);
      const entry = known !== undefined && (await isCurrent(known, key)) ? known : begin(handle, key, folders);
      return untilAborted(entry.sights, signal);
    },
    look: async (handle, choice, signal) => {
      if (choice !== undefined) await choices.set(handle.id, choice);
      const folders = await ownFolders(tools, handle, signal);
      await Promise.all(
        folders.map(async (folder) => {
          deployed.set(folder, await tools.deployedOf(folder, signal, handle));
        }),
      );
      return begin(handle, await keyOf(handle, folders), folders, signal).sights;
    },
    forget: () => {
      entries.clear();
    },
  };
}

const nowhere: ChangesSight = {
  kind: 'none',
  folder: undefined,
  reason: 'No folder of this incident is open in this window, so there is no history to look at.',
};

/** Folders of one repository only once: worktrees of a clone share their history. */
async function ownFolders(
  { foldersOf, history }: IncidentChangesTools,
  handle: IncidentHandle,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const folders = await foldersOf(handle);
  if (folders.length < 2) return folders;
  const seen = new Set<string>();
  const directories = await Promise.all(folders.map((folder) => history.commonDirectory(folder, signal)));
  return folders.filter((folder, index) => {
    const directory = directories[index] ?? folder;
    return !seen.has(directory) && seen.add(directory);
  });
}

/** A folder of notes beside a repository hides nothing: it is mentioned only when nothing else could be seen. */
function withoutBlind(sights: readonly ChangesSight[]): readonly ChangesSight[] {
  const isSeen = sights.some(({ kind }) => kind === 'seen');
  return sights.filter((sight) => !isSeen || sight.kind === 'seen' || !sight.reason.includes('in no git repository'));
}

/** What others wait for too goes on when one of them does not want it any more. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new IncidentError('cancelled', 'Reading the changes was cancelled.'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
