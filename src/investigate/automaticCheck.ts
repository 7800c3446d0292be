import type { EvidenceRef } from '../incident/evidenceRef.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Check, Verdict } from '../incident/words.ts';
import type { ChangesSight } from './window/changesSight.ts';

/** A text that is kept as evidence, under a file name for people. */
export interface EvidenceText {
  readonly name: string;
  readonly text: string;
}

/** What a check that runs by itself came to. */
export interface CheckResult {
  readonly verdict: Verdict;
  /** One or two sentences for people; what strangers wrote in it was made harmless for a line of text. */
  readonly summary: string;
  /** What it rests on. The same sight gives the same bytes: an equal result is not recorded again. */
  readonly evidence: readonly EvidenceText[];
  /** Of each thing that was seen, with its id, sorted: what a look without a word compares. */
  readonly verdicts?: readonly string[];
  /** There was nothing to look at: what a person found out by hand stands. */
  readonly sawNothing?: boolean;
}

export interface CheckContext {
  readonly state: IncidentState;
  readonly now: IsoTime;
  /** Reads what an earlier check of the incident kept; absent where there is no record to read from. */
  readonly readEvidence?: (ref: EvidenceRef) => Promise<Uint8Array>;
  /** Aborted when whoever is outside has had its time: what did not answer until then is told as not known. The repository is not outside. */
  readonly outsideEnd?: AbortSignal;
}

/**
 * A check that runs by itself, from what is different in production. All of them run at once; each ends in an event of its
 * own. An IncidentError that one throws makes its verdict *unknown*, with the reason; `cancelled` ends the investigation.
 */
export interface AutomaticCheck {
  readonly check: Check;
  run(sights: readonly ChangesSight[], context: CheckContext, signal: AbortSignal): Promise<CheckResult>;
}
