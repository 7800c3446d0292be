import type { Configuration } from '../../config/configuration.ts';
import type { ConfirmedAddresses } from '../../config/confirmedAddresses.ts';
import { addressesOf } from '../../config/outsideAddresses.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { dayMs, plusMs } from '../../incident/isoTime.ts';
import { mapLimited } from '../../journal/mapLimited.ts';
import type { Deploy } from '../history/windowChanges.ts';
import { answersInTime } from './answersInTime.ts';
import type { DeployedSources } from './deployedSources.ts';
import { readDeploys } from './readDeploys.ts';
import { readRunningRevision } from './readRunningRevision.ts';
import { revisionOfRepository } from './revisionOfRepository.ts';
import type { RunningRevision, ServiceRevision } from './runningRevision.ts';

/** What was told of what runs, of a folder's repository. */
export interface FolderDeployed {
  /** Of the service that was asked for, else what all services agree on. */
  readonly running: RunningRevision;
  /** Of every service, in the order of mayday.yaml; one without a name where none is configured. */
  readonly services: readonly ServiceRevision[];
  readonly deploys: readonly Deploy[];
  /** A sentence for each source of deploys that did not tell. */
  readonly missed: readonly string[];
  readonly readAt: IsoTime;
}

/** Asks what runs, and remembers what was told last. */
export interface DeployedReader {
  /**
   * Asks anew. Throws IncidentError `needsConfirmation` when an address is new and no person decided about it; `cancelled`.
   * Whatever else fails is what is told.
   */
  read(
    folder: string,
    wish: { readonly service: string | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<FolderDeployed>;
  /** As it was told last of those of the folders that somebody asked about. Asks nothing. */
  last(folders: readonly string[]): readonly (FolderDeployed & { readonly folder: string })[];
}

/** As far back as deploys are asked for: the longest usual window, and the hours before impact that are in it. */
const deploysMs = 8 * dayMs;

/** So many services are asked about at the same time. */
const atOnce = 5;

/** For all that is outside together: nobody waits longer than ten seconds for an investigation, and history is read after it. */
const defaultLimitMs = 7_000;

export function createDeployedReader(
  sources: DeployedSources,
  addresses: Pick<ConfirmedAddresses, 'requireDecided'>,
  configurationOf: (folder: string) => Promise<Pick<Configuration, 'services' | 'changes'>>,
  limitMs = defaultLimitMs,
): DeployedReader {
  const told = new Map<string, FolderDeployed>();
  return {
    last: (folders) =>
      folders.flatMap((folder) => {
        const found = told.get(folder);
        return found === undefined ? [] : [{ folder, ...found }];
      }),
    read: async (folder, { service, signal }) => {
      const { services, changes } = await configurationOf(folder);
      // Who looks up the hosts asks for himself.
      addresses.requireDecided(addressesOf(services.map((one) => ({ ...one, hosts: [] }))));
      const asked = services.length === 0 ? [undefined] : services;
      const since = plusMs(sources.clock.now(), -deploysMs);
      const asking = answersInTime(sources, limitMs);
      const [revisions, { deploys, missed }] = await Promise.all([
        mapLimited(asked, atOnce, async (one): Promise<ServiceRevision> => {
          const request = { folder, service: one, branch: changes.branch, signal };
          return { service: one?.name, running: await readRunningRevision(asking, request) };
        }),
        readDeploys(asking, { folder, services, since, signal }),
      ]);
      const running = revisionOfRepository(revisions, service);
      const result = { running, services: revisions, deploys, missed, readAt: sources.clock.now() };
      told.set(folder, result);
      return result;
    },
  };
}
