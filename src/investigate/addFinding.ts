import * as z from 'zod';
import { incident, line, link, prose } from '../incident/argShapes.ts';
import { defineUseCase, refuseCancelled } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { EvidenceRef } from '../incident/evidenceRef.ts';
import type { Ulid } from '../incident/ids.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { openIncident } from '../incident/openIncident.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import { checks } from '../incident/words.ts';

const excerptLimit = 1024 * 1024;

const args = z.strictObject({
  incident,
  check: z.enum(checks),
  text: prose(4000),
  link: link.optional(),
  /** `src/db.js:14-18` of the revision looked at. */
  place: line(500).optional(),
  revision: line(200).optional(),
  /** What was seen there, as it was: kept as evidence. */
  excerpt: z.string().min(1).max(excerptLimit).optional(),
});

export type AddFindingArgs = z.output<typeof args>;

export interface AddedFinding extends IncidentBrief {
  /** The event's id. */
  readonly finding: Ulid;
}

/** Something that a check saw, in a person's words, with what it rests on. */
export const addFinding: UseCase<AddFindingArgs, AddedFinding> = defineUseCase(args, async (wish, context, signal) => {
  const handle = await openIncident(context, wish.incident);
  const evidence = wish.excerpt === undefined ? [] : [await handle.keepEvidence(excerptName(wish.place), wish.excerpt)];
  refuseCancelled(signal);
  let known: ReadonlySet<Ulid> = new Set();
  const state = await handle.record((before, moment) => {
    known = new Set(before.findings.map(({ id }) => id));
    return decideAddFinding(wish, evidence)(before, moment);
  });
  return { ...incidentBrief({ id: handle.id, state }, context.host.clock.now()), finding: addedTo(state, known, wish) };
});

/** The finding; what it rests on is on disk before it. */
export function decideAddFinding(
  { check, text, link, place, revision }: AddFindingArgs,
  evidence: readonly EvidenceRef[],
): Decide {
  const source = definedFields({ link, place, revision, evidence: evidence.length === 0 ? undefined : evidence });
  return () => [{ type: 'finding.added', data: { check, text, ...source } }];
}

/** A file name for people: `db.js-14-18.txt`. */
function excerptName(place: string | undefined): string {
  const last = place?.split(/[/\\]/).at(-1) ?? '';
  return last === '' ? 'excerpt.txt' : `${last.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.txt`;
}

function addedTo({ findings }: IncidentState, known: ReadonlySet<Ulid>, { check }: AddFindingArgs): Ulid {
  const added = findings.findLast((finding) => finding.check === check && !known.has(finding.id));
  if (added === undefined)
    throw new IncidentError('storage', 'The finding is not in the record after it was recorded.');
  return added.id;
}
