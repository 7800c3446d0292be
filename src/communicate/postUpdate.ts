import { ulid } from 'ulid';
import * as z from 'zod';
import { incident, line, lineOrNothing, prose, time } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { defineUseCase } from '../incident/defineUseCase.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Ulid } from '../incident/ids.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { openIncident } from '../incident/openIncident.ts';
import { nextUpdateKind } from '../incident/nextUpdateKind.ts';
import { refuseFuture } from '../incident/refusals.ts';
import type { UseCase, UseContext } from '../incident/useCase.ts';
import type { UpdateKind } from '../incident/words.ts';
import { updateKinds, workingStatuses } from '../incident/words.ts';
import { renderMessage } from '../documents/renderMessage.ts';
import { describeProblem } from '../documents/templateProblem.ts';
import { redact } from '../safety/redact.ts';
import { refuseResolvedTooEarly, workingStatus } from './decideSendUpdate.ts';
import { writeDraft } from './messageDraft.ts';
import { recordPosted } from './recordPosted.ts';
import type { StatedInText } from './statedInText.ts';
import { statedInText } from './statedInText.ts';

/** One text, its lines being entries, or a list. */
const entries = z.union([
  z.array(line()).max(50),
  prose().transform((text) => text.split('\n').filter((entry) => entry.trim() !== '')),
]);

/** The longest message, in characters. */
export const messageLimit = 40_000;

const args = z.strictObject({
  incident,
  /** When absent: the initial one if none was sent, the resolution once it is resolved, else an update. */
  kind: z.enum(updateKinds).optional(),
  status: z.enum(workingStatuses).optional(),
  impact: lineOrNothing().optional(),
  findings: entries.optional(),
  actions: entries.optional(),
  nextSteps: entries.optional(),
  nextUpdateAt: time.optional(),
  /** The whole message, in place of the template's. */
  text: prose(messageLimit).optional(),
  /** It was posted: record it at once. */
  sent: z.boolean().default(false),
  /** When it was posted, if not now. */
  at: time.optional(),
});

export type PostUpdateArgs = z.output<typeof args>;

export interface UpdateResult extends IncidentBrief {
  readonly update: Ulid;
  readonly kind: UpdateKind;
  readonly text: string;
  /** The file of the draft; absent once it was sent. */
  readonly draft?: string;
  /** The path of the template; absent when the text was given. */
  readonly template?: string;
  /** What is wrong with the team's template, so that the bundled one served. */
  readonly problem?: string;
  /** The message as it was sent. */
  readonly document?: string;
  readonly documentProblem?: string;
  readonly nextUpdateAt?: IsoTime;
}

/** What messages are made with. */
export interface MessageTools {
  /** The templates that come with Mayday; absolute. */
  readonly templatesDirectory: string;
  /** IANA name of the zone whose time stands beside UTC. */
  readonly zone: () => string;
}

/** Writes a message to people as a draft; with `sent`, records it as posted at once. */
export function createPostUpdate(tools: MessageTools): UseCase<PostUpdateArgs, UpdateResult> {
  return defineUseCase(args, async (wish, context) => {
    const handle = await openIncident(context, wish.incident);
    const { at, status, nextUpdateAt } = wish;
    const now = context.host.clock.now();
    const kind = wish.kind ?? nextUpdateKind(handle.state);
    refuseResolvedTooEarly(handle.state, kind);
    refuseFuture('The time of posting', at, now);
    const update = ulid(epochMsOf(now));
    const { text, ...source } =
      wish.text === undefined
        ? await render(kind, { ...wish, at: at ?? now }, handle, context, tools)
        : { text: redact(wish.text), stated: {} };
    const shown = { update, kind, text, ...definedFields({ template: source.template, problem: source.problem }) };
    const facts = { kind, status: status ?? workingStatus(handle.state), nextUpdateAt, ...source };
    if (wish.sent) {
      const posted = { update, kind, text, at, status, nextUpdateAt };
      return { ...shown, ...(await recordPosted(handle, posted, facts, context)) };
    }
    const draft = await writeDraft(handle.directory, update, { ...facts, text });
    return { ...incidentBrief(handle, now), ...shown, draft };
  });
}

interface WrittenText {
  readonly text: string;
  /** What the text says of itself that no person wrote. */
  readonly stated: StatedInText;
  readonly template?: string;
  readonly problem?: string;
}

async function render(
  kind: UpdateKind,
  { at, ...wish }: PostUpdateArgs & { readonly at: IsoTime },
  handle: IncidentHandle,
  { documents, host }: UseContext,
  { templatesDirectory, zone }: MessageTools,
): Promise<WrittenText> {
  const { text, template, problem } = await renderMessage(handle.state, kind, wish, {
    now: at,
    zone: zone(),
    templatesDirectory,
    teamDirectory: await documents.teamDirectoryOf(handle),
    trusted: host.isTrusted(),
  });
  const written = redact(text);
  const told = problem === undefined ? {} : { problem: describeProblem(problem) };
  return { text: written, stated: statedInText(written), template, ...told };
}
