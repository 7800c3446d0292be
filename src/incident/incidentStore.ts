import type { EvidenceRef } from './evidenceRef.ts';
import type { Moment, NewEvent } from './events.ts';
import type { IncidentId } from './ids.ts';
import type { IsoTime } from './isoTime.ts';
import type { Severity } from './severity.ts';
import type { IncidentState } from './state.ts';
import type { Status } from './words.ts';

/** Tells listeners of something; calling the result ends it. */
export type Event<T> = (listener: (value: T) => void) => { dispose(): void };

/** Decides, from the state and a wish, what is to be recorded. Pure; throws IncidentError when the wish is refused. */
export type Decide = (state: IncidentState, moment: Moment) => readonly NewEvent[];

/** What is wrong with the bytes of a record. Nothing of it is deleted. */
export type LogProblem =
  | { readonly kind: 'torn'; readonly file: string; readonly line: number }
  | { readonly kind: 'damaged'; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly kind: 'altered'; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly kind: 'future'; readonly file: string; readonly line: number; readonly at: IsoTime };

/** One incident of the record, open for reading and writing. */
export interface IncidentHandle {
  readonly id: IncidentId;
  /** The incident's folder in the record. */
  readonly directory: string;
  readonly state: IncidentState;
  readonly problems: readonly LogProblem[];
  /** Runs decisions one at a time; redacts; resolves with the new state when the events are on disk. */
  record(decide: Decide): Promise<IncidentState>;
  /** Stores bytes under their SHA-256 (redacted when text); on disk when it resolves. */
  keepEvidence(name: string, content: string | Uint8Array): Promise<EvidenceRef>;
  readEvidence(ref: EvidenceRef): Promise<Uint8Array>;
}

/** What a list needs to know of an incident without folding its events. */
export interface IncidentSummary {
  readonly id: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly declaredAt: IsoTime;
  /** False once it is closed, whatever the outcome. */
  readonly open: boolean;
  readonly confidential: boolean;
  readonly drill: boolean;
  /** Action items not yet done: followed beyond the end of the incident. */
  readonly openActions: number;
  /** Who has held a role in it. */
  readonly people: readonly string[];
  readonly directory: string;
  /** Where the incident's repository is, when it is not of this window. */
  readonly elsewhere?: string;
}

/** Where a new incident is written: a record root of this window. */
export interface RecordPlace {
  /** `<git common dir>/mayday`, or the extension's storage. */
  readonly root: string;
  /** The workspace folder it belongs to; undefined with no folder open. */
  readonly folder: string | undefined;
  /** Why it is not in the git directory, when that was expected. */
  readonly fallbackReason?: string;
}

export interface IncidentStore {
  /** Every incident of this window's records, and active ones of other repositories of the machine. */
  list(): readonly IncidentSummary[];
  open(id: IncidentId): Promise<IncidentHandle>;
  /** Begins a record: the first decision must declare. `name` is taken as asked or with a suffix that makes it unique. */
  create(place: RecordPlace, name: string, decide: (name: string) => Decide): Promise<IncidentHandle>;
  places(): Promise<readonly RecordPlace[]>;
  /** The place in the extension's storage for what cannot be written to `place`. */
  storagePlace(place: RecordPlace): RecordPlace;
  readonly onDidChange: Event<IncidentId>;
}
