import type { ZonePlace } from '../../changes/hosts/zoneHosts.ts';
import type { Configuration } from '../../config/configuration.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { IncidentStore } from '../../incident/incidentStore.ts';
import type { FindingSource } from '../configuration/configurationCheck.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { earlierAnswers, hostEvidence, hostEvidenceName, newestByHost, recordedAnswers } from './hostEvidence.ts';
import type { HostTools } from './hostFindings.ts';
import { hostFindings } from './hostFindings.ts';
import type { EnvironmentTools } from '../environment/environmentTools.ts';
import type { ZonePlaces } from './zonePlaces.ts';
import { zonePlaces } from './zonePlaces.ts';

export interface HostSourceTools extends EnvironmentTools {
  readonly hosts: HostTools;
  readonly configurationOf: (folder: string) => Promise<Pick<Configuration, 'services' | 'changes'>>;
  /** Where earlier incidents kept their answers. */
  readonly store: Pick<IncidentStore, 'list' | 'open'>;
}

/** Tells check 2 what the host names of services resolve to, against the last recorded answer and the zone files. */
export function hostSource(tools: HostSourceTools): FindingSource {
  return async (sight, signal, { now, state, readEvidence, outsideEnd }) => {
    if (sight.folder === undefined) return { findings: [], unseen: [] };
    const { services, changes } = await tools.configurationOf(sight.folder);
    const hosts = [...new Set(services.flatMap((service) => service.hosts.map((host) => host.toLowerCase())))];
    if (hosts.length === 0)
      return {
        findings: [],
        unseen: ['No host names are configured (hosts of services in mayday.yaml), so none were resolved.'],
      };
    const own = await recordedAnswers(readEvidence === undefined ? { state } : { state, readEvidence });
    const since = state.declared?.at;
    const ownNewest = newestByHost(own).filter(({ host }) => hosts.includes(host));
    const missing = hosts.filter((host) => !ownNewest.some((record) => record.host === host));
    const earlier = missing.length === 0 ? [] : await earlierAnswers(tools.store, since ?? now, missing);
    const { places, gaps } = await placesIn(tools, sight, hosts, changes.zoneFiles, signal);
    const known = [...ownNewest, ...earlier];
    const seen = await hostFindings(tools.hosts, {
      ...{ hosts, records: known, places, now, signal, outsideEnd },
      ...(since === undefined ? {} : { since }),
    });
    const findings = seen.findings.map((finding) =>
      finding.path === undefined || sight.kind === 'none'
        ? finding
        : { ...finding, repository: sight.changes.repository },
    );
    const evidence = seen.records.length === 0 ? [] : [{ name: hostEvidenceName, text: hostEvidence(seen.records) }];
    return { findings, unseen: [...gaps, ...seen.unseen], evidence };
  };
}

async function placesIn(
  tools: EnvironmentTools,
  sight: ChangesSight,
  hosts: readonly string[],
  zoneFiles: readonly string[],
  signal: AbortSignal,
): Promise<ZonePlaces> {
  const none: ReadonlyMap<string, readonly ZonePlace[]> = new Map();
  if (sight.kind === 'none' || sight.changes.head === undefined) return { places: none, gaps: [] };
  const { repository: directory, head: commit } = sight.changes;
  try {
    return await zonePlaces(tools, { directory, commit, hosts, zoneFiles, signal });
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { places: none, gaps: [`Zone files were not looked at: ${error.message}`] };
  }
}
