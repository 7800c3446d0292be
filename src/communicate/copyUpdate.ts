import { createHash } from 'node:crypto';
import * as z from 'zod';
import { incident, prose, ulid } from '../incident/argShapes.ts';
import { changeIncident, defineUseCase } from '../incident/defineUseCase.ts';
import type { Ulid } from '../incident/ids.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { UpdateKind } from '../incident/words.ts';
import { updateKinds } from '../incident/words.ts';
import { chatText } from '../documents/messageText.ts';
import { redact } from '../safety/redact.ts';
import { messageLimit } from './postUpdate.ts';

const args = z.strictObject({ incident, update: ulid, kind: z.enum(updateKinds), text: prose(messageLimit) });

export type CopyUpdateArgs = z.output<typeof args>;

export interface CopiedUpdate extends IncidentBrief {
  /** What belongs on the clipboard: without Markdown's backslashes, and without credentials. */
  readonly copied: string;
}

/** Records that a message was copied; copied is not sent, no clock moves. */
export const copyUpdate: UseCase<CopyUpdateArgs, CopiedUpdate> = defineUseCase(args, async (wish, context) => {
  const copied = chatText(redact(wish.text));
  return { ...(await changeIncident(context, wish.incident, decideCopyUpdate(wish, copied))).brief, copied };
});

/** The copy, by the hash of what was copied. */
export function decideCopyUpdate(
  { update, kind }: { readonly update: Ulid; readonly kind: UpdateKind },
  copied: string,
): Decide {
  const sha256 = createHash('sha256').update(copied).digest('hex');
  return () => [{ type: 'update.copied', data: { update, kind, sha256 } }];
}
