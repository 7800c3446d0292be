import { join } from 'node:path';
import { copyUpdate } from './communicate/copyUpdate.ts';
import { createCustomizeTemplates } from './communicate/customizeTemplates.ts';
import { listDrafts } from './communicate/listDrafts.ts';
import { discardDraft } from './communicate/messageDraft.ts';
import { createPostUpdate } from './communicate/postUpdate.ts';
import { sendUpdate } from './communicate/sendUpdate.ts';
import { configurationFileName, ensureConfigurationFile } from './config/configurationFile.ts';
import { createConfirmedAddresses } from './config/confirmedAddresses.ts';
import { createSetUpWorkspace } from './config/setUp/setUpWorkspace.ts';
import { workspaceFiles } from './config/setUp/workspaceFiles.ts';
import type { LoadedConfiguration } from './config/loadConfiguration.ts';
import { loadConfiguration } from './config/loadConfiguration.ts';
import { createOutsideAccess } from './config/outsideAccess.ts';
import type { CompareFiles } from './changes/configuration/compareInTurns.ts';
import { rememberedVersions } from './changes/configuration/rememberedVersions.ts';
import { alertSourcesOf } from './connect/alertSources.ts';
import { confirmedHosts } from './connect/confirmedHosts.ts';
import { createDeployedSources } from './connect/deployedSources.ts';
import { createDns } from './connect/dns.ts';
import { createEndpoints } from './connect/endpoints.ts';
import { createHttp } from './connect/http.ts';
import { createTriesSources } from './connect/sources/triesSources.ts';
import { createGit } from './connect/git.ts';
import { createBranchFetch } from './connect/gitFetch.ts';
import { personAt } from './connect/personAt.ts';
import { createLineHistory } from './connect/gitLineHistory.ts';
import { gitForDrills } from './connect/importHistory.ts';
import { drillProcesses } from './connect/runDrillService.ts';
import { chartMarks } from './documents/chartMarks.ts';
import { createDrillCommands } from './drill/drillCommands.ts';
import type { IncidentHandle } from './incident/incidentStore.ts';
import type { UseContext } from './incident/useCase.ts';
import type { Surroundings } from './incident/surroundings.ts';
import { addFinding } from './investigate/addFinding.ts';
import { completeCheck } from './investigate/completeCheck.ts';
import { inspectChange } from './investigate/inspectChange.ts';
import { createInvestigate } from './investigate/investigate.ts';
import { exportChart } from './investigate/charts/exportChart.ts';
import { readIncidentCharts } from './investigate/charts/incidentCharts.ts';
import { configurationMoments } from './investigate/charts/configurationMoments.ts';
import { createInvestigateLine } from './investigate/code/investigateLine.ts';
import { createConfigurationCheck } from './investigate/configuration/configurationCheck.ts';
import { environmentSource } from './investigate/environment/environmentSource.ts';
import { hostSource } from './investigate/hosts/hostSource.ts';
import { createRememberedComparisons } from './investigate/configuration/rememberedComparisons.ts';
import { readListedConfiguration } from './investigate/configuration/readConfiguration.ts';
import { deploymentsCheck } from './investigate/deployments/deploymentsCheck.ts';
import { createRememberedChoices } from './investigate/window/rememberedChoices.ts';
import { createIncidentChanges } from './investigate/window/incidentChanges.ts';
import { readListedCommits } from './investigate/deployments/listedCommits.ts';
import type { PlacedChanges } from './investigate/window/placeRepositories.ts';
import { placeRepositories } from './investigate/window/placeRepositories.ts';
import type { ChangesSight } from './investigate/window/changesSight.ts';
import { createTestDataSources } from './investigate/sources/testDataSources.ts';
import { judgeSuspect } from './investigate/judgeSuspect.ts';
import type { SignalCheck } from './investigate/signalCheck.ts';
import { createSignalReader } from './investigate/signalReader.ts';
import { signalTargetsOf } from './investigate/signalTargets.ts';
import { createTraceToCode } from './investigate/code/traceToCode.ts';
import { createDeployedReader } from './changes/deployed/deployedReader.ts';
import { readWorkFile } from './changes/stackTrace/readWorkFile.ts';
import { createTrustedRepository } from './changes/history/trustedRepository.ts';
import { createIncidentStore } from './journal/createIncidentStore.ts';
import { rescueOpenIncident } from './journal/rescueOpenIncident.ts';
import { createWorkspacePlaces } from './journal/workspacePlaces.ts';
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
import { placedServicesOf } from './respond/alerts/alertProposal.ts';
import { createAlertReader } from './respond/alerts/alertReader.ts';
import { createAlertServices } from './respond/alerts/alertServices.ts';
import { createAlertUseCases } from './respond/alerts/alertUseCases.ts';
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
  const places = createWorkspacePlaces(surroundings, store);
  const configurationOf = (folder: string | undefined): Promise<LoadedConfiguration> =>
    loadConfiguration({
      file: join(places.teamDirectoryIn(folder) ?? globalStorage, configurationFileName),
      storage: globalStorage,
      zone: surroundings.zone(),
      isTrusted: host.isTrusted(),
    });
  const dns = createDns();
  const addresses = createConfirmedAddresses(host, surroundings.confirmedAddresses);
  const endpoints = createEndpoints(createHttp(), host.secrets, addresses);
  const deployed = createDeployedReader(
    createDeployedSources(host, addresses),
    addresses,
    async (folder) => (await configurationOf(folder)).configuration,
  );
  const foldersHere = () =>
    Promise.all(surroundings.folders().map(async (folder) => ({ folder, ...(await configurationOf(folder)) })));
  const configurationsHere = async () => (await foldersHere()).map(({ configuration }) => configuration);
  const alertTools = {
    reader: createAlertReader({
      sources: async () => alertSourcesOf(await foldersHere(), endpoints),
      now: () => host.clock.now(),
    }),
    services: async () => placedServicesOf(await foldersHere()),
  };
  const changes = createIncidentChanges({
    history: git,
    now: () => host.clock.now(),
    choices: createRememberedChoices(surroundings.windowChoices),
    foldersOf: (handle) => places.foldersOf(handle),
    configurationOf: async (folder) => (await configurationOf(folder)).configuration,
    deployedOf: (folder, signal, handle) => deployed.read(folder, { service: handle.state.service, signal }),
  });
  const context: UseContext = {
    store,
    host,
    documents: places.documents,
    person,
    policy: async (folder) => (await configurationOf(folder)).configuration.policy,
  };
  const versions = rememberedVersions(git);
  // The formats are a third of all code, and most windows never compare a file.
  let compare: Promise<CompareFiles> | undefined;
  const comparing = () =>
    (compare ??= import('./connect/compareInWorker.ts').then(({ createCompareFiles }) => createCompareFiles()));
  const configurationCheck = createConfigurationCheck({
    versions,
    compare: async (...asked) => (await comparing())(...asked),
    remembered: createRememberedComparisons(),
    configurationOf: async (folder) => (await configurationOf(folder)).configuration,
    sources: [
      environmentSource({ versions, repository: git }),
      hostSource({
        ...{ versions, repository: git, hosts: confirmedHosts(dns, addresses) },
        configurationOf: async (folder) => (await configurationOf(folder)).configuration,
        store,
      }),
    ],
  });
  // A quarter of all code, and who declares shall not wait for it.
  let loaded: Promise<readonly SignalCheck[]> | undefined;
  const signalChecks = () =>
    (loaded ??= Promise.all([import('./investigate/createSignalChecks.ts'), import('./connect/signalSources.ts')])
      .then(([{ createSignalChecks }, { createSignalSources }]) =>
        createSignalChecks(createSignalSources(endpoints, addresses, dns, host.clock)),
      )
      .catch((error: unknown) => {
        loaded = undefined;
        throw error;
      }));
  const tools = { templatesDirectory, zone: () => surroundings.zone() };
  const lineTools = {
    lines: createLineHistory(),
    readFile: (repository: string, revision: string, path: string, signal?: AbortSignal) =>
      git.readFile(repository, revision, path, signal === undefined ? {} : { signal }),
    readWorkFile,
    sightsOf: (handle: IncidentHandle, signal: AbortSignal) => changes.of(handle, signal),
  };
  const targetsOf = (handle: IncidentHandle) =>
    signalTargetsOf(
      {
        foldersOf: (one) => places.foldersOf(one),
        configurationOf: async (folder) => (await configurationOf(folder)).configuration,
      },
      handle,
    );
  await store.load();

  return {
    store,
    context,
    git,
    useCases: {
      declareIncident,
      ...createAlertUseCases(alertTools),
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
      investigate: createInvestigate({
        checks: [deploymentsCheck, configurationCheck],
        changes,
        signals: signalChecks,
        requireDecided: (asked) => {
          addresses.requireDecided(asked);
        },
        targetsOf,
      }),
      completeCheck,
      addFinding,
      judgeSuspect,
      inspectChange,
      exportChart,
      traceToCode: createTraceToCode(lineTools),
      investigateLine: createInvestigateLine(lineTools),
      runMitigation,
      postUpdate: createPostUpdate(tools),
      copyUpdate,
      sendUpdate,
      customizeTemplates: createCustomizeTemplates({
        templatesDirectory,
        teamDirectory: (folder) => Promise.resolve(places.teamDirectoryIn(folder ?? places.onlyFolder())),
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
      setUpWorkspace: createSetUpWorkspace({
        files: workspaceFiles,
        placeOf: (wanted) => {
          const folder = wanted ?? places.onlyFolder();
          const teamDirectory = places.teamDirectoryIn(folder);
          const isOpen = folder !== undefined && surroundings.folders().includes(folder);
          return isOpen && teamDirectory !== undefined ? { folder, teamDirectory } : undefined;
        },
      }),
      testDataSources: createTestDataSources({
        folders: () => surroundings.folders(),
        configurationOf: async (folder) => (await configurationOf(folder)).configuration,
        addresses,
        tries: createTriesSources(endpoints, dns, addresses),
        elapsed: () => performance.now(),
      }),
    },
    alerts: createAlertServices({
      ...alertTools,
      store,
      claim: (key) => store.claim(key),
      now: () => host.clock.now(),
    }),
    refresh: async () => {
      await store.refresh();
      if (store.list().some(({ open }) => open)) await Promise.all([git.prepare(), comparing(), signalChecks()]);
    },
    claim: (key: string) => store.claim(key),
    discardDraft: (handle: IncidentHandle, update: string) => discardDraft(handle.directory, update),
    draftsOf: async (handle: IncidentHandle) => {
      const drafts = await listDrafts(handle.directory);
      return drafts.map((draft) => ({ ...draft, incident: handle.id, title: handle.state.title }));
    },
    people: async () => {
      const folders = surroundings.folders();
      const configured = await Promise.all(
        folders.map(async (folder) => (await configurationOf(folder)).configuration),
      );
      const authors = host.isTrusted() ? await Promise.all(folders.map((folder) => git.authors(folder, 30))) : [];
      const named = configured.flatMap(({ people }) =>
        people.map(({ name, email }) => (email === undefined ? name : `${name} <${email}>`)),
      );
      return [...new Set([...named, ...authors.flat()])];
    },
    ...createTrustedRepository(host, git, createBranchFetch()),
    changesOf: async (handle: IncidentHandle, signal?: AbortSignal): Promise<readonly ChangesSight[]> => {
      if (host.isTrusted()) return changes.of(handle, signal);
      return [{ kind: 'none', folder: undefined, reason: 'Git is not run while the workspace is not trusted.' }];
    },
    configurationListOf: async (handle: IncidentHandle) => {
      const listed = await readListedConfiguration(handle);
      return listed && { ...listed, ...placeRepositories(listed, await places.foldersOf(handle)) };
    },
    listedOf: async (handle: IncidentHandle): Promise<PlacedChanges | undefined> => {
      const listed = await readListedCommits(handle);
      return listed && placeRepositories(listed, await places.foldersOf(handle));
    },
    signalsOf: createSignalReader(),
    targetsOf,
    chartsOf: async (handle: IncidentHandle) => {
      const [checks, configuration] = await Promise.all([readIncidentCharts(handle), configurationMoments(handle)]);
      return { checks, marks: chartMarks(handle.state, configuration) };
    },
    deployedOf: async (handle: IncidentHandle) => deployed.last(await places.foldersOf(handle)),
    ...createOutsideAccess(host, addresses, configurationsHere),
    configurationReports: async () => {
      const reports = await Promise.all(
        surroundings.folders().map(async (folder) => {
          const { diagnostics, reason } = await configurationOf(folder);
          const file = join(places.teamDirectoryIn(folder) ?? folder, configurationFileName);
          return { file, diagnostics, ...(reason === undefined ? {} : { instead: reason }) };
        }),
      );
      return reports.filter(({ diagnostics, instead }) => diagnostics.length > 0 || instead !== undefined);
    },
    configurationFile: (folder: string) => ensureConfigurationFile(places.teamDirectoryIn(folder) ?? folder),
    rescue: (handle: IncidentHandle, how: Parameters<typeof rescueOpenIncident>[2]) =>
      rescueOpenIncident(store, handle, how),
    drill: createDrillCommands(surroundings, gitForDrills(), drillProcesses),
    dispose: () => store.dispose(),
  };
}
