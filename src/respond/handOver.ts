import * as z from 'zod';
import { incident, person, prose } from '../incident/argShapes.ts';
import { defineUseCase } from '../incident/defineUseCase.ts';
import type { Ulid } from '../incident/ids.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { openIncident } from '../incident/openIncident.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import { roles } from '../incident/words.ts';
import { decideAcceptHandover } from './acceptHandover.ts';
import { decideHandOver } from './decideHandOver.ts';
import type { HandoverFile, HandoverTools } from './handoverFile.ts';
import { writeHandoverFile } from './handoverFile.ts';

const args = z.strictObject({
  incident,
  to: person,
  /** Who gives; this person when absent, or whoever holds the named roles. */
  from: person.optional(),
  /** All that `from` holds when absent. */
  roles: z.array(z.enum(roles)).min(1).optional(),
  /** What is going on. */
  situation: prose(),
  /** What was tried and ruled out. */
  tried: prose().optional(),
  next: prose().optional(),
  /** The taker has said yes already. */
  accepted: z.boolean().default(false),
});

export type HandOverArgs = z.output<typeof args>;

export interface HandoverResult extends IncidentBrief, HandoverFile {
  readonly handover: Ulid;
}

/** Offers roles to another person, with what they need to know; the roles change hands when it is accepted. */
export function createHandOver(tools: HandoverTools): UseCase<HandOverArgs, HandoverResult> {
  return defineUseCase(args, async (wish, context) => {
    const handle = await openIncident(context, wish.incident);
    let known: ReadonlySet<Ulid> = new Set();
    let state = await handle.record((before, moment) => {
      known = new Set(before.handovers.map(({ id }) => id));
      return decideHandOver(wish)(before, moment);
    });
    const handover = offeredBy(wish, state, known);
    if (wish.accepted) state = await handle.record(decideAcceptHandover({ incident: undefined, handover }));
    const file = await writeHandoverFile(handle, state, handover, context, tools);
    return { ...incidentBrief({ id: handle.id, state }, context.host.clock.now()), handover, ...file };
  });
}

/** The handover that was not there before: another window may have offered one in the same moment, to somebody else. */
function offeredBy({ to }: HandOverArgs, { handovers }: IncidentState, known: ReadonlySet<Ulid>): Ulid {
  const fresh = handovers.filter(({ id }) => !known.has(id));
  const offered = fresh.findLast((handover) => handover.to === to) ?? fresh.at(-1);
  if (offered === undefined) {
    throw new IncidentError('storage', 'The handover is not in the record after it was recorded.');
  }
  return offered.id;
}
