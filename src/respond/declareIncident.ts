import { resolve } from 'node:path';
import { ulid } from 'ulid';
import * as z from 'zod';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { lineOrNothing, time, title } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { defineUseCase } from '../incident/defineUseCase.ts';
import { initialDueTimes } from '../incident/dueTimes.ts';
import type { NewEvent } from '../incident/events.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { channelName, confidentialName, incidentName } from '../incident/incidentName.ts';
import type { Decide, IncidentStore, RecordPlace } from '../incident/incidentStore.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { Policy } from '../incident/policy.ts';
import { refuseFuture } from '../incident/refusals.ts';
import { severities } from '../incident/severity.ts';
import type { UseCase, UseContext } from '../incident/useCase.ts';
import { symptoms } from '../incident/words.ts';

const args = z.strictObject({
  title,
  severity: z.enum(severities),
  impact: lineOrNothing().optional(),
  symptom: z.enum(symptoms).optional(),
  service: lineOrNothing(200).optional(),
  confidential: z.boolean().default(false),
  acknowledge: z.boolean().default(true),
  impactStart: time.optional(),
  detected: time.optional(),
  /** A workspace folder: which record and which policy; needed where there are several. */
  folder: z.string().min(1).optional(),
  /** In the extension's storage: where the folder's own place cannot be written. */
  place: z.literal('storage').optional(),
  ticket: lineOrNothing(2000).optional(),
  drill: z.boolean().default(false),
});

export type DeclareIncidentArgs = z.output<typeof args>;

export interface DeclaredIncident extends IncidentBrief {
  /** With its `#`. */
  readonly channel: string;
  /** The incident's folder in the record. */
  readonly directory: string;
}

/** Begins an incident: in the record of the folder that is open, else in the extension's storage. */
export const declareIncident: UseCase<DeclareIncidentArgs, DeclaredIncident> = defineUseCase(
  args,
  async (wish, context) => {
    const place = await placeFor(wish, context);
    const policy = await context.policy(place.folder);
    const handle = await context.store.create(place, nameFor(wish, context.host.clock.now()), (name) =>
      decideDeclareIncident(wish, { name, policy }),
    );
    const brief = incidentBrief(handle, context.host.clock.now());
    return { ...brief, channel: handle.state.channel, directory: handle.directory };
  },
);

/** The declaration with the policy and the due times in force, its declarer as Incident Commander, acknowledged. */
export function decideDeclareIncident(
  wish: DeclareIncidentArgs,
  { name, policy }: { readonly name: string; readonly policy: Policy },
): Decide {
  return (_state, { now, by }) => {
    refuseFuture('The impact start', wish.impactStart, now);
    refuseFuture('Detection', wish.detected, now);
    const { title, severity, confidential, impactStart, detected = now } = wish;
    const optional = definedFields({
      symptom: wish.symptom,
      service: given(wish.service),
      ticket: given(wish.ticket),
      impactStart,
      drill: wish.drill ? true : undefined,
    });
    const declaration = {
      name,
      title,
      severity,
      impact: wish.impact ?? '',
      confidential,
      channel: channelName(policy.channelPrefix, name),
      detected,
      policy,
      due: initialDueTimes(policy, severity, detected),
      ...optional,
    };
    return [
      { type: 'incident.declared', data: declaration },
      // The first message names a commander, so whoever declares is it until somebody else takes over.
      { type: 'role.assigned', data: { role: 'incidentCommander', person: by } },
      ...(wish.acknowledge ? [acknowledgement] : []),
    ];
  };
}

const acknowledgement: NewEvent = { type: 'incident.acknowledged', data: {} };

function nameFor({ title, confidential }: DeclareIncidentArgs, now: IsoTime): string {
  return confidential ? confidentialName(ulid(epochMsOf(now)), now) : incidentName(title, now);
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

async function placeFor({ folder, place }: DeclareIncidentArgs, { store }: UseContext): Promise<RecordPlace> {
  const own = await ownPlace(folder, store);
  if (place === undefined) return own;
  return store.storagePlace(own);
}

async function ownPlace(folder: string | undefined, store: IncidentStore): Promise<RecordPlace> {
  const places = await store.places();
  const fitting = folder === undefined ? places : places.filter((place) => isFolder(place, folder));
  const [place, ...others] = fitting;
  if (place === undefined) {
    throw folder === undefined
      ? new IncidentError('storage', 'There is no place to record an incident.')
      : new IncidentError('notFound', `The folder ${folder} is not open here.`, {
          hint: places.length === 0 ? 'Leave “folder” out.' : `Open here: ${foldersOf(places)}.`,
        });
  }
  if (others.length > 0) {
    throw new IncidentError('ambiguous', `Several folders are open: ${foldersOf(places)}.`, {
      hint: 'Say with “folder” which one the incident belongs to.',
    });
  }
  return place;
}

function isFolder(place: RecordPlace, folder: string): boolean {
  return place.folder !== undefined && resolve(place.folder) === resolve(folder);
}

function foldersOf(places: readonly RecordPlace[]): string {
  return places.flatMap((place) => place.folder ?? []).join(', ');
}
