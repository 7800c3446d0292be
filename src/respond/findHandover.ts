import { IncidentError } from '../incident/incidentError.ts';
import { inUtc, refused } from '../incident/refusals.ts';
import type { Handover, IncidentState } from '../incident/state.ts';
import { personName } from '../documents/wordNames.ts';

/**
 * The handover that waits for an answer: the one of that id, else the last one offered.
 * @throws IncidentError `notFound`; `refused` when it has been answered.
 */
export function findHandover({ handovers }: IncidentState, wanted: string | undefined): Handover {
  const handover =
    wanted === undefined
      ? handovers.findLast(({ outcome }) => outcome.kind === 'offered')
      : handovers.find(({ id }) => id === wanted);
  if (handover === undefined) {
    throw new IncidentError(
      'notFound',
      wanted === undefined ? 'No handover is open.' : `There is no handover ${wanted}.`,
    );
  }
  const { outcome } = handover;
  if (outcome.kind === 'offered') return handover;
  throw refused(
    `The handover to ${personName(handover.to)} was ${outcome.kind} ${inUtc(outcome.at)}.`,
    'Hand over again.',
  );
}
