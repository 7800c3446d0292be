import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toIncidentId } from '../incident/ids.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import { isIsoTime } from '../incident/isoTime.ts';
import { severities } from '../incident/severity.ts';
import type { Log } from '../incident/useCase.ts';
import { statuses } from '../incident/words.ts';
import { makeDirectories } from './durableFiles.ts';
import { sha256Of } from './eventLine.ts';
import { incidentDirectory } from './incidentDirectory.ts';
import type { CatalogFolder, RootCatalog } from './rootCatalog.ts';
import { replaceFile } from './replaceFile.ts';
import { isMissing } from './storageError.ts';

/** Raised when summaries come to say something else: older caches are read anew then. */
const version = 2;

/** Fills a catalog with what was known of its root when it was last saved. What cannot be read is left out, and said. */
export async function loadSummaries(catalog: RootCatalog, globalStorage: string, log: Log): Promise<void> {
  const path = cachePath(globalStorage, catalog.root);
  try {
    const cache = JSON.parse(await readFile(path, 'utf8')) as { version?: unknown; folders?: unknown } | null;
    if (cache?.version !== version || typeof cache.folders !== 'object' || cache.folders === null) return;
    for (const [name, value] of Object.entries(cache.folders)) {
      const folder = cachedFolder(value, incidentDirectory(catalog.root, name));
      if (folder !== undefined) catalog.folders.set(name, folder);
    }
  } catch (error) {
    if (!isMissing(error)) log.warn(`[journal] summary cache ignored path=${path} reason=${messageOf(error)}`);
  }
}

/** Keeps what is known of a root for the next start. */
export async function saveSummaries(catalog: RootCatalog, globalStorage: string): Promise<void> {
  const path = cachePath(globalStorage, catalog.root);
  const folders = Object.fromEntries([...catalog.folders].filter(([, { summary }]) => summary !== undefined));
  await makeDirectories(dirname(path));
  await replaceFile(path, JSON.stringify({ version, folders }));
}

function cachePath(globalStorage: string, root: string): string {
  return join(globalStorage, 'summaries', `${sha256Of(root).slice(0, 32)}.json`);
}

function cachedFolder(value: unknown, directory: string): CatalogFolder | undefined {
  const { signature, id, summary } = (value ?? {}) as Record<keyof CatalogFolder, unknown>;
  const incident = toIncidentId(id);
  if (typeof signature !== 'string' || incident === undefined || !isSummary(summary)) return undefined;
  return { signature, id: incident, summary: { ...summary, id: incident, directory } };
}

function isSummary(value: unknown): value is IncidentSummary {
  if (typeof value !== 'object' || value === null) return false;
  const summary = value as Record<keyof IncidentSummary, unknown>;
  return (
    [summary.name, summary.title].every((text) => typeof text === 'string') &&
    [summary.open, summary.confidential, summary.drill].every((flag) => typeof flag === 'boolean') &&
    Number.isSafeInteger(summary.openActions) &&
    Array.isArray(summary.people) &&
    summary.people.every((person) => typeof person === 'string') &&
    isIsoTime(summary.declaredAt) &&
    severities.some((severity) => severity === summary.severity) &&
    statuses.some((status) => status === summary.status)
  );
}
