import { refuseCancelled } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { EvidenceRef } from '../incident/evidenceRef.ts';
import { isIncidentError, messageOf } from '../incident/incidentError.ts';
import type { Decide, IncidentHandle } from '../incident/incidentStore.ts';
import type { Check } from '../incident/words.ts';
import { redactedLine } from '../safety/redactedLine.ts';
import type { CheckResult } from './automaticCheck.ts';
import { lastAutomatic } from './lastAutomatic.ts';
import { readSignalEvidence } from './signalEvidence.ts';

/** Waits for a check that runs and records what it came to. Throws IncidentError `cancelled`, and what nobody foresaw. */
export async function recordCheck(
  handle: IncidentHandle,
  check: Check,
  running: Promise<CheckResult>,
  { signal, onlyChanges = false }: { readonly signal: AbortSignal; readonly onlyChanges?: boolean | undefined },
): Promise<void> {
  const result = await running.catch(unknownFor);
  refuseCancelled(signal);
  if (!onlyChanges || !(await isAsBefore(handle, check, result))) {
    const evidence = await Promise.all(result.evidence.map(({ name, text }) => handle.keepEvidence(name, text)));
    await handle.record(decideAutomaticCheck(check, result, evidence));
  }
  // What it saw before must not stand there as if it were of now; the mistake is told all the same.
  await running.catch(refuseMistake);
}

/** True when nothing changed its verdict since the last time: other numbers are no news. */
async function isAsBefore(handle: IncidentHandle, check: Check, result: CheckResult): Promise<boolean> {
  const last = lastAutomatic(handle.state, check);
  if (last?.verdict !== result.verdict) return false;
  const before = await readSignalEvidence(handle, check);
  const verdicts = before?.observations.map(({ id, verdict }) => `${id} ${verdict}`).sort() ?? [];
  return verdicts.join('\n') === (result.verdicts ?? []).join('\n');
}

/** One check that fails must not take the others with it. */
function unknownFor(error: unknown): CheckResult {
  if (isIncidentError(error, 'cancelled')) throw error;
  const summary = isIncidentError(error)
    ? [error.message, error.hint].filter(Boolean).join(' ')
    : `A mistake in Mayday kept it from being looked at: ${redactedLine(messageOf(error))}`;
  return { verdict: 'unknown', summary, evidence: [] };
}

function refuseMistake(error: unknown): void {
  if (!isIncidentError(error)) throw error;
}

/** The result of a check that ran by itself; nothing where the last one saw the same and judged it the same. */
export function decideAutomaticCheck(
  check: Check,
  { verdict, summary, sawNothing = false }: Pick<CheckResult, 'verdict' | 'summary' | 'sawNothing'>,
  evidence: readonly EvidenceRef[],
): Decide {
  return (state) => {
    if (sawNothing && state.checks[check]?.manual === true) return [];
    const last = lastAutomatic(state, check);
    const [before, now] = [last?.evidence ?? [], evidence].map((refs) => refs.map(({ sha256 }) => sha256).join());
    // With evidence its content tells: the summary says how long ago things were, which is another sentence every minute.
    const isSame = last?.verdict === verdict && before === now && (now !== '' || last.summary === summary);
    if (isSame) return [];
    const source = definedFields({ evidence: evidence.length === 0 ? undefined : evidence });
    return [{ type: 'check.completed', data: { check, verdict, summary, manual: false, ...source } }];
  };
}
