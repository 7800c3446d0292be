import { setImmediate } from 'node:timers/promises';
import { classifyConfiguration } from '../../changes/configuration/classifyConfiguration.ts';
import { UnreadableConfiguration } from '../../changes/configuration/configurationFormat.ts';
import { configurationFormats } from '../../changes/configuration/configurationFormats.ts';
import { originOfPath, readZoneFile } from '../../changes/configuration/readers/zoneFile.ts';
import type { ZonePlace } from '../../changes/hosts/zoneHosts.ts';
import { zonePlace } from '../../changes/hosts/zoneHosts.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { EnvironmentTools } from '../environment/environmentTools.ts';

/** What the zone files of a commit say of hosts. */
export interface ZonePlaces {
  readonly places: ReadonlyMap<string, readonly ZonePlace[]>;
  /** Sentences: what was not read, and why. */
  readonly gaps: readonly string[];
}

export interface ZoneRequest {
  /** The root of the repository. */
  readonly directory: string;
  readonly commit: CommitId;
  readonly hosts: readonly string[];
  /** Globs of the team, beside what is recognised. */
  readonly zoneFiles: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** Words of which a zone file with addresses holds at least one; more than one in ten thousand other files does not. */
const telling = ['SOA', 'ORIGIN', 'CNAME', 'AAAA'];
const mostFiles = 200;

/** Finds the zone files of a commit and what they say of hosts. Throws IncidentError when the repository cannot be read. */
export async function zonePlaces(
  { versions, repository }: EnvironmentTools,
  { directory, commit, hosts, zoneFiles, signal }: ZoneRequest,
): Promise<ZonePlaces> {
  const { found } = await repository.mentions(directory, commit, wordsOf(hosts, zoneFiles), { signal });
  const formats = configurationFormats({ featureFlags: [], zoneFiles });
  const isZone = (path: string, text: string) => classifyConfiguration(path, text, formats)?.kind === 'dns';
  // A text that any zone file could have, for what only the content tells.
  const paths = [...new Set(found.map(({ path }) => path))].filter((path) => isZone(path, '$ORIGIN x.\n'));
  const candidates = paths.slice(0, mostFiles);
  const contents = await versions.contents(
    directory,
    { from: undefined, to: commit },
    candidates.map((path) => ({ path })),
    signal === undefined ? {} : { signal },
  );
  const places = new Map<string, ZonePlace[]>();
  const gaps: string[] = [];
  for (const [index, path] of candidates.entries()) {
    const content = contents[index];
    if (content?.kind !== 'text' || !isZone(path, content.text)) continue;
    await setImmediate();
    try {
      const { records } = readZoneFile(content.text, originOfPath(path));
      for (const host of hosts) {
        const place = zonePlace(path, records, host);
        if (place !== undefined) places.set(host, [...(places.get(host) ?? []), place]);
      }
    } catch (error) {
      if (!(error instanceof UnreadableConfiguration)) throw error;
      gaps.push(`${path} was not compared with what hosts resolve to (${error.message}).`);
    }
  }
  if (paths.length > mostFiles) gaps.push(`Only ${mostFiles} of ${paths.length} zone files were compared.`);
  return { places, gaps };
}

/** A file that the team names may be a part of a zone with nothing but addresses in it. */
function wordsOf(hosts: readonly string[], zoneFiles: readonly string[]): readonly string[] {
  const own = hosts.flatMap((host) => /^\w+/.exec(host) ?? []);
  return [...new Set([...telling, ...(zoneFiles.length === 0 ? [] : own)])];
}
