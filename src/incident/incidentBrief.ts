import type { Deadline } from './deadline.ts';
import { deadlinesOf, isPending } from './deadlinesOf.ts';
import type { IncidentId } from './ids.ts';
import type { IncidentHandle } from './incidentStore.ts';
import type { IsoTime } from './isoTime.ts';
import type { Severity } from './severity.ts';
import type { Status } from './words.ts';

/** What every change of an incident gives back. */
export interface IncidentBrief {
  readonly incident: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  /** Those still to be met, as they stand. */
  readonly deadlines: readonly Deadline[];
}

/** The incident in brief, as it stands at `now`. */
export function incidentBrief({ id, state }: Pick<IncidentHandle, 'id' | 'state'>, now: IsoTime): IncidentBrief {
  const { name, title, severity, status } = state;
  return {
    incident: id,
    name,
    title,
    severity,
    status,
    deadlines: deadlinesOf(state, now).deadlines.filter(isPending),
  };
}
