import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Ulid } from '../incident/ids.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { isIsoTime } from '../incident/isoTime.ts';
import { updateKinds, workingStatuses } from '../incident/words.ts';
import { writeDocument } from '../documents/writeDocument.ts';

const isoTime = z.string().refine(isIsoTime);
const stated = z.object({ status: z.enum(workingStatuses).optional(), nextUpdateAt: isoTime.optional() });

const facts = z.object({
  kind: z.enum(updateKinds),
  status: z.enum(workingStatuses).optional(),
  /** The writer's own time for the next update; absent: one cadence after it was posted. */
  nextUpdateAt: isoTime.optional(),
  /** The path of the template it was made by. */
  template: z.string().optional(),
  /** What its text stated as it was drafted. */
  stated,
});

/** What is known of a draft beside its text. */
export type DraftFacts = z.output<typeof facts>;

/** A message that was written and not sent. */
export interface MessageDraft extends DraftFacts {
  readonly text: string;
}

/** The file of a draft's text, `<directory>/drafts/<kind>-<end of the id>.md`; `directory` is the incident's in the record. */
export function draftPath(directory: string, update: Ulid, kind: DraftFacts['kind']): string {
  // The kind first: it is what a person reads of the name in a tab.
  return join(directory, 'drafts', `${kind}-${update.slice(-6).toLowerCase()}.md`);
}

/** Writes a draft where git never cleans, and gives the path of its text. Throws IncidentError `storage`. */
export async function writeDraft(directory: string, update: Ulid, { text, ...facts }: MessageDraft): Promise<string> {
  await writeDocument(factsPath(directory, update), `${JSON.stringify(facts, null, 2)}\n`);
  return writeDocument(draftPath(directory, update, facts.kind), text);
}

/** What is known of a draft; undefined when there is none that can be read. */
export async function readDraftFacts(directory: string, update: Ulid): Promise<DraftFacts | undefined> {
  const json = await readText(factsPath(directory, update));
  if (json === undefined) return undefined;
  const read = facts.safeParse(parsed(json));
  return read.success ? read.data : undefined;
}

/** The text of a draft as it is on disk now; undefined when there is none. */
export async function readDraftText(
  directory: string,
  update: Ulid,
  kind: DraftFacts['kind'],
): Promise<string | undefined> {
  return readText(draftPath(directory, update, kind));
}

/** Puts a draft away that nobody will send: it is not listed any more, its text stays under `drafts/discarded/`. */
export async function discardDraft(directory: string, update: Ulid): Promise<void> {
  const facts = await readDraftFacts(directory, update);
  if (facts === undefined) return;
  const path = draftPath(directory, update, facts.kind);
  const text = await readText(path);
  if (text !== undefined) await writeDocument(join(directory, 'drafts', 'discarded', basename(path)), text);
  await removeDraft(directory, update, facts.kind);
}

/** Takes away a draft that was sent. */
export async function removeDraft(directory: string, update: Ulid, kind: DraftFacts['kind']): Promise<void> {
  await rm(factsPath(directory, update), { force: true });
  await rm(draftPath(directory, update, kind), { force: true });
}

function factsPath(directory: string, update: Ulid): string {
  return join(directory, 'drafts', `${update}.json`);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new IncidentError('storage', `Could not read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A draft whose facts are damaged is still a text that can be sent.
    return undefined;
  }
}
