import { join } from 'node:path';
import { copyUpdate } from './communicate/copyUpdate.ts';
import { createCustomizeTemplates } from './communicate/customizeTemplates.ts';
import { listDrafts } from './communicate/listDrafts.ts';
import { discardDraft } from './communicate/messageDraft.ts';
import { createPostUpdate } from './communicate/postUpdate.ts';
import { sendUpdate } from './communicate/sendUpdate.ts';
import { configurationFileName, ensureConfigurationFile } from './config/configurationFile.ts';
import type { LoadedConfiguration } from './config/loadConfiguration.ts';
import { loadConfiguration } from './config/loadConfiguration.ts';
import { createGit } from './connect/git.ts';
import { personAt } from './connect/personAt.ts';
import { gitForDrills } from './connect/importHistory.ts';
import { drillProcesses } from './connect/runDrillService.ts';
import { createDrill } from './drill/createDrill.ts';
import { drillBriefing } from './drill/drillBriefing.ts';
import { createKnownDrills } from './drill/knownDrills.ts';
import { readRunningDrill } from './drill/runningDrill.ts';
import { startDrillService } from './drill/startDrillService.ts';
import { IncidentError } from './incident/incidentError.ts';
import type { IncidentHandle } from './incident/incidentStore.ts';
import type { Surroundings } from './incident/surroundings.ts';
import type { DocumentPlace, UseContext } from './incident/useCase.ts';
import { addFinding } from './investigate/addFinding.ts';
import { completeCheck } from './investigate/completeCheck.ts';
import { inspectChange } from './investigate/inspectChange.ts';
import { createInvestigate } from './investigate/investigate.ts';
import { readListedCommits } from './investigate/listedCommits.ts';
import { judgeSuspect } from './investigate/judgeSuspect.ts';
import type { FileChange } from './investigate/readsHistory.ts';
import { createIncidentStore } from './journal/createIncidentStore.ts';
import { rootOf } from './journal/incidentDirectory.ts';
import type { JournalStore } from './journal/journalStore.ts';
import { addActionItem } from './learn/addActionItem.ts';
import { completeActionItem } from './learn/completeActionItem.ts';
import { completePostMortem } from './learn/completePostMortem.ts';
import { dropActionItem } from './learn/dropActionItem.ts';
import { editActionItem } from './learn/editActionItem.ts';
import { recordReview } from './learn/recordReview.ts';
import { reopenActionItem } from './learn/reopenActionItem.ts';
import { createWritePostMortem } from './learn/writePostMortem.ts';
import { runMitigation } from './mitigate/runMitigation.ts';
import { createAcceptHandover } from './respond/acceptHandover.ts';
import { acknowledge } from './respond/acknowledge.ts';
import { addNote } from './respond/addNote.ts';
import { assignRole } from './respond/assignRole.ts';
import { changeSeverity } from './respond/changeSeverity.ts';
import { correctEvent } from './respond/correctEvent.ts';
import { correctMoment } from './respond/correctMoment.ts';
import { declareIncident } from './respond/declareIncident.ts';
import { createDeclineHandover } from './respond/declineHandover.ts';
import { editIncident } from './respond/editIncident.ts';
import { createHandOver } from './respond/handOver.ts';
import { releaseRole } from './respond/releaseRole.ts';
import { retractEvent } from './respond/retractEvent.ts';
import { setStatus } from './respond/setStatus.ts';
import { snoozeDeadline } from './respond/snoozeDeadline.ts';
import { redact } from './safety/redact.ts';
import { closeIncident } from './verify/closeIncident.ts';
import { reopen } from './verify/reopen.ts';
import { resolve } from './verify/resolve.ts';
import { verifyRecovery } from './verify/verifyRecovery.ts';

/** Everything Mayday can do, without an editor: the record, the use cases, and what they need of the outside. */
export type Services = Awaited<ReturnType<typeof createServices>>;

/** Joins the parts. Reads the records that are there; writes nothing by itself. */
export async function createServices(surroundings: Surroundings) {
  const { globalStorage, host, templatesDirectory } = surroundings;
  const git = createGit();
  const person = personAt(surroundings, (folder) => git.identity(folder));
  const store = createIncidentStore({
    globalStorage,
    clock: host.clock,
    log: host.log,
    host: surroundings.machine,
    redact,
    isWritable: () => host.isTrusted(),
    folders: () => surroundings.folders(),
    person,
  });
  const configurationOf = (folder: string | undefined): Promise<LoadedConfiguration> =>
    loadConfiguration({
      file: join(teamDirectoryIn(surroundings, folder) ?? globalStorage, configurationFileName),
      storage: globalStorage,
      zone: surroundings.zone(),
      isTrusted: host.isTrusted(),
    });
  const context: UseContext = {
    store,
    host,
    documents: documentsIn(surroundings, store),
    person,
    policy: async (folder) => (await configurationOf(folder)).configuration.policy,
  };
  const tools = { templatesDirectory, zone: () => surroundings.zone() };
  const drillTools = gitForDrills();
  const knownDrills = createKnownDrills(globalStorage);
  // Any repository can hold a file that says where a drill runs: only drills made here are believed.
  const runningDrill = async (folder: string) =>
    host.isTrusted() && (await knownDrills.has(folder)) ? readRunningDrill(folder, drillProcesses) : undefined;
  await store.load();

  return {
    store,
    context,
    git,
    useCases: {
      declareIncident,
      acknowledge,
      changeSeverity,
      editIncident,
      correctMoment,
      setStatus,
      assignRole,
      releaseRole,
      handOver: createHandOver(tools),
      acceptHandover: createAcceptHandover(tools),
      declineHandover: createDeclineHandover(tools),
      snoozeDeadline,
      addNote,
      correctEvent,
      retractEvent,
      investigate: createInvestigate({ history: git, folderOf: (handle) => folderOf(surroundings, store, handle) }),
      completeCheck,
      addFinding,
      judgeSuspect,
      inspectChange,
      runMitigation,
      postUpdate: createPostUpdate(tools),
      copyUpdate,
      sendUpdate,
      customizeTemplates: createCustomizeTemplates({
        templatesDirectory,
        teamDirectory: (folder) => Promise.resolve(teamDirectoryIn(surroundings, folder ?? onlyFolder(surroundings))),
      }),
      verifyRecovery,
      resolve,
      reopen,
      closeIncident,
      writePostMortem: createWritePostMortem(tools),
      completePostMortem,
      recordReview,
      addActionItem,
      editActionItem,
      completeActionItem,
      reopenActionItem,
      dropActionItem,
    },
    refresh: async () => {
      await store.refresh();
      if (store.list().some(({ open }) => open)) await git.prepare();
    },
    claim: (key: string) => store.claim(key),
    discardDraft: (handle: IncidentHandle, update: string) => discardDraft(handle.directory, update),
    draftsOf: async (handle: IncidentHandle) => {
      const drafts = await listDrafts(handle.directory);
      return drafts.map((draft) => ({ ...draft, incident: handle.id, title: handle.state.title }));
    },
    people: async () => {
      const folder = surroundings.folders()[0];
      const { people } = (await configurationOf(folder)).configuration;
      const authors = folder === undefined || !host.isTrusted() ? [] : await git.authors(folder, 30);
      return [
        ...new Set([
          ...people.map(({ name, email }) => (email === undefined ? name : `${name} <${email}>`)),
          ...authors,
        ]),
      ];
    },
    readRevision: async (repository: string, revision: string, path: string) => {
      requireTrust(surroundings);
      return git.readFile(repository, revision, path);
    },
    changedPaths: async (
      repository: string,
      range: { readonly from?: string; readonly to: string },
      signal?: AbortSignal,
    ) => {
      requireTrust(surroundings);
      const { from, to, files } = await git.changedFiles(repository, range, signal);
      // A submodule has no content in this repository that could be shown.
      const shown = files.filter(({ kind }) => kind !== 'submodule');
      return { left: from, right: to, paths: shown.map(sidesOf) };
    },
    commitsOf: async (handle: IncidentHandle) => {
      const list = await readListedCommits(handle);
      const repository = await folderOf(surroundings, store, handle);
      return list?.commits.map((commit) => ({ ...commit, at: commit.committedAt, repository: repository ?? '' }));
    },
    configurationReports: async () => {
      const reports = await Promise.all(
        surroundings.folders().map(async (folder) => {
          const { diagnostics, reason } = await configurationOf(folder);
          const file = join(teamDirectoryIn(surroundings, folder) ?? folder, configurationFileName);
          return { file, diagnostics, ...(reason === undefined ? {} : { instead: reason }) };
        }),
      );
      return reports.filter(({ diagnostics, instead }) => diagnostics.length > 0 || instead !== undefined);
    },
    configurationFile: (folder: string) => ensureConfigurationFile(teamDirectoryIn(surroundings, folder) ?? folder),
    rescue: (handle: IncidentHandle, how: Rescue) => rescue(store, handle, how),
    drill: {
      briefing: drillBriefing,
      start: async (directory: string, signal: AbortSignal) => {
        requireTrust(surroundings);
        const drill = await createDrill({ directory, templatesDirectory, now: host.clock.now() }, drillTools, signal);
        await knownDrills.add(drill.directory);
        await startDrillService(drill.directory, drillProcesses, signal);
        return { directory: drill.directory };
      },
      isRunning: async (folder: string) => (await runningDrill(folder)) !== undefined,
      stop: async (folder: string) => {
        requireTrust(surroundings);
        const running = await runningDrill(folder);
        await running?.stop();
        return running !== undefined;
      },
    },
    dispose: () => store.dispose(),
  };
}

function sidesOf({ status, path, oldPath }: FileChange): { readonly left?: string; readonly right?: string } {
  if (status === 'added') return { right: path };
  if (status === 'deleted') return { left: path };
  return { left: oldPath ?? path, right: path };
}

type Rescue = 'retry' | 'restore' | 'relocate';

async function rescue(store: JournalStore, handle: IncidentHandle, how: Rescue): Promise<void> {
  const journal = await store.open(handle.id);
  if (how === 'retry') await journal.retry();
  if (how === 'restore') await journal.restore();
  if (how === 'relocate') {
    const [place] = await store.places();
    if (place === undefined) throw new IncidentError('storage', 'There is no other place on this machine.');
    await journal.relocate(store.storagePlace(place).root);
  }
}

function requireTrust({ host }: Surroundings): void {
  if (host.isTrusted()) return;
  throw new IncidentError('untrusted', 'Nothing is run while the workspace is not trusted.', {
    hint: 'Trust the workspace, then do it again.',
  });
}

function onlyFolder({ folders }: Surroundings): string | undefined {
  const [first, ...others] = folders();
  return others.length === 0 ? first : undefined;
}

/** `.incidents` of a folder; undefined with no folder. */
function teamDirectoryIn({ directoryOf }: Surroundings, folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : join(folder, directoryOf(folder));
}

/** The workspace folder whose record an incident is in; undefined when it is another repository's or nobody's. */
async function folderOf(
  { folders }: Surroundings,
  store: JournalStore,
  { directory }: IncidentHandle,
): Promise<string | undefined> {
  const root = rootOf(directory);
  const places = await store.places();
  const place = places.find((candidate) => candidate.root === root || store.storagePlace(candidate).root === root);
  return place?.folder ?? (places.length === 0 ? folders()[0] : undefined);
}

function documentsIn(surroundings: Surroundings, store: JournalStore): DocumentPlace {
  return {
    directoryOf: async (handle) => {
      const team = teamDirectoryIn(surroundings, await folderOf(surroundings, store, handle));
      // Documents say what the incident is about: those of a confidential one must not be committed by accident, and
      // another repository's work tree is not ours to write to.
      if (team === undefined || handle.state.confidential) return join(handle.directory, 'documents');
      return join(team, handle.state.name);
    },
    teamDirectoryOf: async (handle) =>
      surroundings.host.isTrusted()
        ? teamDirectoryIn(surroundings, await folderOf(surroundings, store, handle))
        : undefined,
  };
}
