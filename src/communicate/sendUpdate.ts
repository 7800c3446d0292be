import * as z from 'zod';
import { incident, prose, time, ulid } from '../incident/argShapes.ts';
import { defineUseCase } from '../incident/defineUseCase.ts';
import type { Ulid } from '../incident/ids.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { openIncident } from '../incident/openIncident.ts';
import { parseArgs } from '../incident/parseArgs.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { UpdateKind } from '../incident/words.ts';
import { updateKinds, workingStatuses } from '../incident/words.ts';
import type { DraftFacts } from './messageDraft.ts';
import { readDraftFacts, readDraftText } from './messageDraft.ts';
import { messageLimit } from './postUpdate.ts';
import type { SentMessage } from './recordPosted.ts';
import { recordPosted } from './recordPosted.ts';

const messageText = prose(messageLimit);

const args = z.strictObject({
  incident,
  /** The draft that was posted. */
  update: ulid,
  /** When absent: the draft's. */
  kind: z.enum(updateKinds).optional(),
  /** As it was posted; the draft's when absent. */
  text: messageText.optional(),
  status: z.enum(workingStatuses).optional(),
  at: time.optional(),
  nextUpdateAt: time.optional(),
});

export type SendUpdateArgs = z.output<typeof args>;

/** "I posted it": the message is in the record as sent, among the documents, and the next clock runs. */
export const sendUpdate: UseCase<SendUpdateArgs, SentMessage> = defineUseCase(args, async (wish, context) => {
  const handle = await openIncident(context, wish.incident);
  const drafted = await readDraftFacts(handle.directory, wish.update);
  const kind = wish.kind ?? drafted?.kind;
  if (kind === undefined) throw noDraft(wish.update);
  const text = wish.text ?? (await draftText(wish.update, kind, drafted, handle));
  const { update, status, at, nextUpdateAt } = wish;
  return recordPosted(handle, { update, kind, text, status, at, nextUpdateAt }, drafted, context);
});

/** The kind may have been changed after drafting: the file is named after the first one. */
async function draftText(
  update: Ulid,
  kind: UpdateKind,
  drafted: DraftFacts | undefined,
  { directory }: IncidentHandle,
): Promise<string> {
  const text = await readDraftText(directory, update, drafted?.kind ?? kind);
  if (text === undefined) throw noDraft(update);
  return parseArgs(z.strictObject({ text: messageText }), { text }).text;
}

function noDraft(update: Ulid): IncidentError {
  return new IncidentError('notFound', `There is no draft ${update}.`, {
    hint: 'Give the message as it was posted with “text”, and its “kind”.',
  });
}
