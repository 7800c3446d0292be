import { definedFields } from '../incident/definedFields.ts';
import type { NewEvent } from '../incident/events.ts';
import type { Ulid } from '../incident/ids.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { Policy } from '../incident/policy.ts';
import { inUtc, refused, refuseClosed, refuseFuture } from '../incident/refusals.ts';
import type { IncidentState, Mitigation } from '../incident/state.ts';
import type { MitigationOutcome } from '../incident/words.ts';
import { mitigationOutcomeNames } from '../documents/wordNames.ts';
import type { RunMitigationArgs } from './runMitigation.ts';

/** A mitigation begun, ended, or both: a start that nobody gave a time for is not recorded. `id` is its ULID. */
export function decideRunMitigation(wish: RunMitigationArgs, id: Ulid): Decide {
  return (state, { now }) => {
    const { startedAt, finishedAt, outcome } = wish;
    refuseFuture('The start of a mitigation', startedAt, now);
    refuseFuture('The end of a mitigation', finishedAt, now);
    const begun = wish.running === undefined ? undefined : findRunning(state, wish.running);
    if (outcome === 'running') {
      if (begun !== undefined)
        throw new IncidentError('invalidArgument', 'Say with “outcome” how the mitigation ended.');
      return [started(wish, id, state)];
    }
    // Without a time that a person gave, two clocks disagree, or one was set back: no reason to refuse what happened.
    if (startedAt !== undefined || finishedAt !== undefined) {
      refuseEndBeforeStart(startedAt ?? begun?.startedAt, finishedAt ?? now);
    }
    const start = begun === undefined && startedAt !== undefined ? [started(wish, id, state)] : [];
    return [...start, ...statusOf(state, outcome, start.length > 0), finished({ ...wish, outcome }, id, state, begun)];
  };
}

function started(wish: RunMitigationArgs, mitigation: Ulid, state: IncidentState): NewEvent {
  refuseClosed(state);
  if (wish.outcome === 'running' && wish.finishedAt !== undefined) {
    throw new IncidentError('invalidArgument', 'A mitigation that ended needs an “outcome”.');
  }
  return {
    type: 'mitigation.started',
    data: { mitigation, ...wordsOf(wish, state.policy) },
    ...definedFields({ at: wish.startedAt, by: wish.by }),
  };
}

function finished(
  wish: RunMitigationArgs & { readonly outcome: MitigationOutcome },
  mitigation: Ulid,
  state: IncidentState,
  begun: Mitigation | undefined,
): NewEvent {
  const words =
    begun === undefined
      ? wordsOf(wish, state.policy)
      : { what: wish.what ?? begun.what, ...definedFields({ cause: wish.cause ?? begun.cause }) };
  return {
    type: 'mitigation.finished',
    data: { mitigation, ...words, outcome: wish.outcome, ...definedFields({ note: wish.note }) },
    ...definedFields({ at: wish.finishedAt, by: wish.by }),
  };
}

/** An attempt that did not help is still an attempt: people are mitigating. One that worked sets its status itself. */
function statusOf(state: IncidentState, outcome: MitigationOutcome, started: boolean): readonly NewEvent[] {
  const before = state.status === 'investigating' || state.status === 'identified';
  return before && outcome !== 'worked' && !started ? [{ type: 'status.changed', data: { to: 'mitigating' } }] : [];
}

function wordsOf(
  { mitigation, what, cause }: Pick<RunMitigationArgs, 'mitigation' | 'what' | 'cause'>,
  policy: Policy,
): { readonly what: string; readonly cause?: string } {
  const known = policy.mitigations.find(({ id }) => id === mitigation);
  if (mitigation !== undefined && known === undefined) {
    throw new IncidentError('invalidArgument', `The policy has no mitigation ${mitigation}.`, {
      hint: `It has ${policy.mitigations.map(({ id }) => id).join(', ')}; anything else goes into “what”.`,
    });
  }
  const words = what ?? known?.action;
  if (words === undefined) {
    throw new IncidentError('invalidArgument', 'Say what was done: “what”, or “mitigation” for one of the policy.');
  }
  return { what: words, ...definedFields({ cause: cause ?? known?.cause }) };
}

function findRunning({ mitigations }: IncidentState, wanted: Ulid): Mitigation {
  const found = mitigations.find(({ id }) => id === wanted);
  if (found === undefined) throw new IncidentError('notFound', `There is no mitigation ${wanted}.`);
  if (found.outcome === 'running') return found;
  throw refused(
    `“${found.what}” has ended already: ${mitigationOutcomeNames[found.outcome]}.`,
    'Correct its entry in the timeline, or record another mitigation.',
  );
}

function refuseEndBeforeStart(startedAt: IsoTime | undefined, finishedAt: IsoTime): void {
  if (startedAt === undefined || finishedAt >= startedAt) return;
  throw refused(`A mitigation cannot end (${inUtc(finishedAt)}) before it begins (${inUtc(startedAt)}).`);
}
