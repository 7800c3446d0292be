import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ulid } from '../incident/ids.ts';
import { isUlid } from '../incident/ids.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import type { UpdateKind } from '../incident/words.ts';
import { draftPath, readDraftFacts } from './messageDraft.ts';

/** A message that was written and not sent. */
export interface ListedDraft {
  readonly update: Ulid;
  readonly kind: UpdateKind;
  /** Of its text; absolute. */
  readonly path: string;
}

/** The drafts of an incident, the oldest first; `directory` is the incident's in the record. Throws IncidentError `storage`. */
export async function listDrafts(directory: string): Promise<readonly ListedDraft[]> {
  const names = await namesIn(join(directory, 'drafts'));
  const updates = names.map((name) => name.replace(/\.json$/, '')).filter(isUlid);
  const drafts = await Promise.all(
    updates.sort().map(async (update) => {
      const facts = await readDraftFacts(directory, update);
      return facts === undefined ? [] : [{ update, kind: facts.kind, path: draftPath(directory, update, facts.kind) }];
    }),
  );
  return drafts.flat();
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new IncidentError('storage', `The drafts in ${directory} cannot be listed (${messageOf(error)}).`, {
      cause: error,
    });
  }
}
