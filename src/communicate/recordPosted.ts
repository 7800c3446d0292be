import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState, SentUpdate } from '../incident/state.ts';
import type { UseContext } from '../incident/useCase.ts';
import { sentMessagePath, writeSentMessage } from '../documents/sentMessage.ts';
import type { PostedUpdate } from './decideSendUpdate.ts';
import { decideSendUpdate } from './decideSendUpdate.ts';
import type { DraftFacts } from './messageDraft.ts';
import { removeDraft } from './messageDraft.ts';
import { statedByPerson } from './statedInText.ts';

/** What became of a message that was posted. */
export interface SentMessage extends IncidentBrief {
  /** The file with the message as it was sent; absent when it could not be written. */
  readonly document?: string;
  /** Why it could not: the record has the message all the same. */
  readonly documentProblem?: string;
  /** When people were promised to hear again. */
  readonly nextUpdateAt?: IsoTime;
}

/**
 * Records a message as sent, and only then writes its document and takes the draft away. What the arguments say wins over
 * what a person wrote into the text, and that over what was meant when it was drafted.
 */
export async function recordPosted(
  handle: IncidentHandle,
  posted: PostedUpdate,
  drafted: DraftFacts | undefined,
  context: UseContext,
): Promise<SentMessage> {
  const meant = {
    ...posted,
    text: posted.text.trimEnd(),
    ...promises(posted, drafted, posted.at ?? context.host.clock.now()),
  };
  const state = await handle.record(decideSendUpdate(meant));
  const sent = sentOf(state, posted);
  const written = await writeCopy(handle, sent, context);
  await removeDraft(handle.directory, posted.update, drafted?.kind ?? posted.kind).catch((error: unknown) => {
    context.host.log.warn(`The draft of ${posted.update} stays: ${messageOf(error)}`);
  });
  const due = state.ledger.find(({ kind, outcome }) => kind === 'communicate' && outcome.kind === 'pending');
  return {
    ...incidentBrief({ id: handle.id, state }, context.host.clock.now()),
    ...written,
    ...(due === undefined ? {} : { nextUpdateAt: due.dueAt }),
  };
}

function promises(
  posted: PostedUpdate,
  drafted: DraftFacts | undefined,
  at: IsoTime,
): Pick<PostedUpdate, 'status' | 'nextUpdateAt'> {
  const stated = statedByPerson(posted.text, drafted?.stated);
  // A message posted so late that its promise has passed says nothing about the next one.
  const promised = [stated.nextUpdateAt, drafted?.nextUpdateAt].find((time) => time !== undefined && time > at);
  return {
    status: posted.status ?? stated.status ?? drafted?.status,
    nextUpdateAt: posted.nextUpdateAt ?? promised,
  };
}

async function writeCopy(
  handle: IncidentHandle,
  sent: SentUpdate,
  context: UseContext,
): Promise<Pick<SentMessage, 'document' | 'documentProblem'>> {
  try {
    return { document: await writeSentMessage(await context.documents.directoryOf(handle), sent) };
  } catch (error) {
    context.host.log.warn(`${sentMessagePath(sent)} was not written: ${messageOf(error)}`);
    return { documentProblem: messageOf(error) };
  }
}

function sentOf({ updates }: IncidentState, { update }: PostedUpdate): SentUpdate {
  const sent = updates.find(({ id }) => id === update);
  if (sent === undefined) throw new IncidentError('storage', 'The message is not in the record after it was recorded.');
  return sent;
}
