import type { IncidentId } from '../incident/ids.ts';
import { toIncidentId } from '../incident/ids.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { numberedName } from '../incident/incidentName.ts';
import type { Decide, RecordPlace } from '../incident/incidentStore.ts';
import { incidentDirectory } from './incidentDirectory.ts';
import type { JournalSettings, OpenIncident } from './journalHandle.ts';
import { requireWritable } from './journalHandle.ts';
import type { OpenIncidents } from './openIncidents.ts';
import type { Records } from './records.ts';
import { scanNewFolders } from './rootCatalog.ts';
import type { SerialQueue } from './serialQueue.ts';
import { isRefused, storageError } from './storageError.ts';
import { createUlidSource } from './ulidSource.ts';

export interface NewIncident {
  readonly place: RecordPlace;
  readonly name: string;
  readonly decide: (name: string) => Decide;
}

export interface CreateContext {
  readonly options: JournalSettings;
  readonly records: Records;
  readonly incidents: Pick<OpenIncidents, 'begin'>;
  readonly inTurn: SerialQueue;
}

/**
 * Begins the record of an incident under the first free name of `name`, `name-2`, `name-3`, … in all places of the
 * window. A git directory that refuses is given up for the extension's storage.
 */
export async function createIncident(wish: NewIncident, context: CreateContext): Promise<OpenIncident> {
  const { options, records, inTurn } = context;
  requireWritable(options);
  requireFileName(wish.name);
  const taken = await inTurn(() => namesIn(records));
  try {
    return await declareIn(wish.place.root, wish, taken, context);
  } catch (error) {
    const storage = records.folders.find(({ place }) => place.root === wish.place.root)?.storagePlace.root;
    if (!isRefused(error) || storage === undefined || storage === wish.place.root) {
      throw error instanceof IncidentError || !isFileError(error) ? error : storageError(error, wish.place.root, '');
    }
    records.refuse(wish.place.root, `${wish.place.root} cannot be written to (${messageOf(error)})`);
    return declareIn(storage, wish, taken, context);
  }
}

async function declareIn(
  root: string,
  { name, decide }: NewIncident,
  taken: ReadonlySet<string>,
  { options, incidents }: CreateContext,
): Promise<OpenIncident> {
  for (let attempt = 1; ; attempt++) {
    const free = numberedName(name, attempt);
    // Not every file system tells capitals from small letters.
    if (taken.has(free.toLowerCase())) continue;
    const incident = incidents.begin(newIncidentId(options), incidentDirectory(root, free));
    if (await incident.declare(decide(free))) return incident;
  }
}

function newIncidentId({ clock }: JournalSettings): IncidentId {
  const id = toIncidentId(createUlidSource(clock)());
  if (id === undefined) throw new Error('a ULID has not the form of one');
  return id;
}

async function namesIn({ catalogs }: Records): Promise<ReadonlySet<string>> {
  for (const catalog of catalogs.values()) await scanNewFolders(catalog);
  return new Set(
    [...catalogs.values()].flatMap(({ folders }) => [...folders.keys()].map((name) => name.toLowerCase())),
  );
}

/** Refuses what some file system does not take as a folder's name, or what would lead out of the record. */
function requireFileName(name: string): void {
  if (/^[^\s.\\/:*?"<>|\p{Cc}-][^\\/:*?"<>|\p{Cc}]{0,119}$/u.test(name) && !/[.\s]$/.test(name)) return;
  throw new IncidentError('invalidArgument', `${JSON.stringify(name.slice(0, 80))} cannot be the name of a folder.`, {
    hint: 'Use letters, digits and hyphens.',
  });
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
