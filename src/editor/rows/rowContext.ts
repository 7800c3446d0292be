import type { Deadline } from '../../incident/deadline.ts';
import type { LogProblem } from '../../incident/incidentStore.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { ConfigurationSummary } from './configurationSummary.ts';
import type { SignalEvidences } from '../../investigate/signalReader.ts';
import type { PlacedChanges } from '../../investigate/window/placeRepositories.ts';
import type { PlacedDeployed } from './runningRows.ts';

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
  readonly changes: PlacedChanges | undefined;
  /** What check 2 saw last; undefined until it ran. */
  readonly configuration?: ConfigurationSummary | undefined;
  /** What the checks of signals saw last. */
  readonly signals?: SignalEvidences;
  /** What was told of what runs since this window was opened. */
  readonly deployed?: readonly PlacedDeployed[];
  /** This window looks at its signals again and again. */
  readonly watching?: boolean;
  readonly drafts: readonly { readonly update: string; readonly kind: string; readonly path: string }[];
}

/** The id of a row of the incident. */
export function rowId({ id }: RowContext, ...parts: readonly string[]): string {
  return [id, ...parts].join('/');
}
