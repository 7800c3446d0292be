import type { Deadline } from '../../incident/deadline.ts';
import type { LogProblem } from '../../incident/incidentStore.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { CommitSummary } from './commitSummary.ts';

/** Everything that the rows of one incident are made from. */
export interface RowContext {
  /** The incident's id, also the prefix of its rows' ids. */
  readonly id: IncidentId;
  readonly state: IncidentState;
  readonly problems: readonly LogProblem[];
  readonly deadlines: readonly Deadline[];
  readonly now: IsoTime;
  /** IANA name of the zone shown beside UTC. */
  readonly zone: string;
  /** The repository it belongs to, when it is not this window's. */
  readonly elsewhere?: string;
  /** What check 1 saw last; undefined until it ran. */
  readonly commits: readonly CommitSummary[] | undefined;
  readonly drafts: readonly { readonly update: string; readonly kind: string; readonly path: string }[];
}

/** The id of a row of the incident. */
export function rowId({ id }: RowContext, ...parts: readonly string[]): string {
  return [id, ...parts].join('/');
}
