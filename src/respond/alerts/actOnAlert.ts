import { definedFields } from '../../incident/definedFields.ts';
import type { EventData } from '../../incident/events.ts';
import { IncidentError, isIncidentError, messageOf } from '../../incident/incidentError.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import { incidentBrief } from '../../incident/incidentBrief.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { Ulid } from '../../incident/ids.ts';
import { openIncident } from '../../incident/openIncident.ts';
import type { OutsideEffect, UseContext } from '../../incident/useCase.ts';

/** What is done at a source of alerts. */
export interface AlertAct {
  readonly intent: Omit<EventData['alertAction.started'], 'action'>;
  /** What a person is shown first, in full. */
  readonly effect: OutsideEffect;
  /** Does it; resolves with the id that the source gave it, if any. */
  run(): Promise<string | undefined>;
}

/** Failures after which nobody can know whether the source did it all the same. */
const uncertain: readonly unknown[] = ['timeout', 'connectionLost', 'tooLarge', 'malformed', 'unexpected'];

/**
 * Shows what is to be done, and on a yes records the intent, does it, and records the outcome. It is recorded in `incident`, else
 * in the only open one; with none open nothing is. Where an answer did not come the outcome stays unknown, in the record too.
 * Throws IncidentError: `cancelled` for a no, `ambiguous` when several incidents are open, what `run` throws.
 */
export async function actOnAlert(
  context: UseContext,
  incident: string | undefined,
  { intent, effect, run }: AlertAct,
): Promise<{ readonly note: string | undefined; readonly brief: Partial<IncidentBrief> }> {
  const handle = await incidentFor(context, incident);
  if (!(await context.host.confirm(effect))) throw new IncidentError('cancelled', 'Nothing was done.');
  const action = await recordIntent(handle, intent);
  const finish = async (done: boolean, note: string | undefined): Promise<void> => {
    const data = { action, kind: intent.kind, name: intent.name, done, ...definedFields({ note }) };
    await handle?.record(() => [{ type: 'alertAction.finished', data }]);
  };
  try {
    const note = await run();
    await finish(true, note);
    return { note, brief: handle === undefined ? {} : incidentBrief(handle, context.host.clock.now()) };
  } catch (error) {
    if (isUncertain(error)) throw outcomeUnknown(error, effect);
    if (!isIncidentError(error, 'storage')) await finish(false, messageOf(error));
    throw error;
  }
}

async function recordIntent(handle: IncidentHandle | undefined, intent: AlertAct['intent']): Promise<Ulid> {
  let action: Ulid = '';
  await handle?.record((_state, moment) => {
    action = moment.newId();
    return [{ type: 'alertAction.started', data: { action, ...intent } }];
  });
  return action;
}

async function incidentFor(context: UseContext, wanted: string | undefined): Promise<IncidentHandle | undefined> {
  const isOpen = context.store.list().some(({ open }) => open);
  return wanted === undefined && !isOpen ? undefined : openIncident(context, wanted);
}

function isUncertain(error: unknown): boolean {
  return (
    isIncidentError(error, 'cancelled') ||
    (isIncidentError(error, 'outside') && uncertain.includes((error as { readonly failure?: unknown }).failure))
  );
}

function outcomeUnknown(error: unknown, { target }: OutsideEffect): IncidentError {
  return new IncidentError('outside', `Whether it was done is unknown: ${messageOf(error)}`, {
    hint: `Look there before you do it again: ${target}`,
    cause: error,
  });
}
