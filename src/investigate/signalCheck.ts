import type { ServiceConfiguration } from '../config/serviceConfiguration.ts';
import type { DataSources, StatusPage } from '../config/signalConfiguration.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Check } from '../incident/words.ts';
import type { Chart } from '../signals/metrics/chart.ts';
import type { Observation } from '../signals/observation.ts';

/** A service to look at. No two of an incident have one `name`. */
export type TargetService = ServiceConfiguration & {
  /** The workspace folder whose mayday.yaml names it. */
  readonly folder: string;
  /** The name that mayday.yaml gives it, the same as `name` when absent: two folders may use one. See `asConfigured`. */
  readonly configuredName?: string;
};

/** What an incident's signals are looked for at. */
export interface SignalTargets {
  /** The incident's service where it names one that is configured, else all. */
  readonly services: readonly TargetService[];
  readonly statusPages: readonly StatusPage[];
  readonly dataSources: DataSources;
}

export interface SignalContext {
  readonly state: IncidentState;
  readonly now: IsoTime;
  /** The clock: a look takes time. */
  readonly clock: () => IsoTime;
  readonly targets: SignalTargets;
  /** When it began to hurt, or when it was detected as long as that is not known. */
  readonly impactStart: IsoTime;
  /** For the whole check, in milliseconds. */
  readonly limitMs: number;
}

/** What a check of signals saw. */
export interface SignalResult {
  readonly observations: readonly Observation[];
  /** Why there was nothing to look at, a sentence: told when there are no observations. */
  readonly nothing: string;
  readonly charts?: readonly Chart[];
}

/**
 * A check that runs by itself from what servers tell. It begins at once and does not wait for the repository; what fails is
 * an observation of its own (see `observeAll`), so it throws IncidentError `cancelled` only.
 */
export interface SignalCheck {
  readonly check: Check;
  observe(context: SignalContext, signal: AbortSignal): Promise<SignalResult>;
}
