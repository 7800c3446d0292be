import type { OutsideAddress } from '../config/outsideAddresses.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { Check } from '../incident/words.ts';
import { judgeObservations, worstFirst } from '../signals/judgeObservations.ts';
import { defaultLimitMs } from '../signals/observeAll.ts';
import { addressesAsked } from './addressesAsked.ts';
import { allEnded } from './allEnded.ts';
import type { CheckResult } from './automaticCheck.ts';
import type { SignalCheck, SignalContext, SignalResult, SignalTargets } from './signalCheck.ts';
import { recordCheck } from './recordCheck.ts';
import { signalEvidenceName, signalEvidenceText } from './signalEvidence.ts';

/** What looking at signals needs. */
export interface SignalTools {
  /** Checks that ask servers; they do not wait for the repository. Loaded when they are wanted. */
  signals(): Promise<readonly SignalCheck[]>;
  targetsOf(handle: IncidentHandle): Promise<SignalTargets>;
  /** Throws IncidentError `needsConfirmation` naming the addresses that no person decided about. */
  requireDecided(addresses: readonly OutsideAddress[]): void;
}

/** One investigation under way. */
export interface Look {
  readonly handle: IncidentHandle;
  readonly wish: { readonly checks?: readonly Check[] | undefined; readonly onlyChanges?: boolean | undefined };
  readonly now: () => IsoTime;
  readonly signal: AbortSignal;
}

/** True for a check that this investigation is to run. */
export function isWanted(check: Check, { checks }: Look['wish']): boolean {
  return checks === undefined || checks.includes(check);
}

/**
 * The look at signals, ready to begin. Throws IncidentError `needsConfirmation` before anything is asked when an address is
 * new and no person decided about it.
 */
export async function prepareSignals(tools: SignalTools, look: Look): Promise<() => Promise<void>> {
  const { handle, wish, now, signal } = look;
  const wanted = (await tools.signals()).filter((one) => isWanted(one.check, wish));
  if (wanted.length === 0) return () => Promise.resolve();
  const targets = await tools.targetsOf(handle);
  // A look again must not end because of one address that is new: what is not asked there is *unknown* and says so.
  if (wish.onlyChanges !== true) tools.requireDecided(addressesAsked(targets, (check) => isWanted(check, wish)));
  const { state } = handle;
  const { impactStart, detected } = state.moments;
  const since = impactStart ?? detected ?? now();
  const context: SignalContext = {
    state,
    now: now(),
    clock: now,
    targets,
    impactStart: since,
    limitMs: defaultLimitMs,
  };
  return async () => {
    await allEnded(
      wanted.map((one) => {
        const running = one.observe(context, signal).then((result) => signalResult(one.check, result));
        return recordCheck(handle, one.check, running, { signal, ...wish });
      }),
    );
  };
}

/** What a check of signals came to; what it saw is kept for those who look later. */
function signalResult(check: Check, { observations, nothing, charts = [] }: SignalResult): CheckResult {
  const worst = worstFirst(observations);
  const evidence = { name: signalEvidenceName(check), text: signalEvidenceText({ observations: worst, charts }) };
  return {
    ...judgeObservations(observations, nothing),
    evidence: observations.length === 0 ? [] : [evidence],
    verdicts: worst.map(({ id, verdict }) => `${id} ${verdict}`).sort(),
    sawNothing: observations.length === 0,
  };
}
