import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ulid } from '../incident/ids.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseContext } from '../incident/useCase.ts';
import { handoverDocument } from '../documents/handoverDocument.ts';
import { writeDocument } from '../documents/writeDocument.ts';
import { redact } from '../safety/redact.ts';

/** What the documents of handovers are made with. */
export interface HandoverTools {
  /** IANA name of the zone whose time stands beside UTC. */
  readonly zone: () => string;
}

/** Where a handover's document is, or why there is none; the record has the handover all the same. */
export interface HandoverFile {
  readonly document?: string;
  readonly documentProblem?: string;
}

/** Where a handover stands among the incident's documents: `handovers/<id>.md`. */
export function handoverPath(handover: Ulid): string {
  return `handovers/${handover}.md`;
}

/**
 * Writes the document of a handover, as the incident stands now. Once it is there, only the line about its acceptance is
 * brought up to date: the rest is what the giver said, and perhaps wrote into it.
 */
export async function writeHandoverFile(
  handle: IncidentHandle,
  state: IncidentState,
  id: Ulid,
  context: UseContext,
  { zone }: HandoverTools,
): Promise<HandoverFile> {
  const handover = state.handovers.find((known) => known.id === id);
  if (handover === undefined) return { documentProblem: `There is no handover ${id}.` };
  try {
    const path = join(await context.documents.directoryOf(handle), handoverPath(id));
    const fresh = redact(handoverDocument(state, handover, { now: context.host.clock.now(), zone: zone() }));
    const present = await readFile(path, 'utf8').catch(() => undefined);
    return { document: await writeDocument(path, present === undefined ? fresh : withStanding(present, fresh)) };
  } catch (error) {
    context.host.log.warn(`${handoverPath(id)} was not written: ${messageOf(error)}`);
    return { documentProblem: messageOf(error) };
  }
}

function withStanding(present: string, fresh: string): string {
  const line = /^- \*\*Standing:\*\* .*$/m;
  const standing = line.exec(fresh)?.[0];
  return standing === undefined ? present : present.replace(line, () => standing);
}
