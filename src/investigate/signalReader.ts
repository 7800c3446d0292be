import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { Check } from '../incident/words.ts';
import { lastAutomatic } from './lastAutomatic.ts';
import type { SignalEvidence } from './signalEvidence.ts';
import { readSignalEvidence, signalEvidenceName } from './signalEvidence.ts';

/** What the checks of signals saw last, by check; without those that did not run. */
export type SignalEvidences = Readonly<Partial<Record<Check, SignalEvidence>>>;

/** The checks that ask servers, in the protocol's order. */
export const signalChecks = [
  'dependencies',
  'infrastructure',
  'traffic',
  'metrics',
] as const satisfies readonly Check[];

/** Reads what the checks of signals kept. What is addressed by its content is read once: every event draws the rows again. */
export function createSignalReader(): (
  handle: Pick<IncidentHandle, 'id' | 'state' | 'readEvidence'>,
) => Promise<SignalEvidences> {
  const known = new Map<string, { readonly sha256: string; readonly read: Promise<SignalEvidence | undefined> }>();
  return async (handle) => {
    const found = await Promise.all(
      signalChecks.map(async (check) => {
        const { evidence = [] } = lastAutomatic(handle.state, check) ?? {};
        const ref = evidence.find(({ name }) => name === signalEvidenceName(check));
        if (ref === undefined) return undefined;
        const key = `${handle.id}/${check}`;
        const before = known.get(key);
        const read = before?.sha256 === ref.sha256 ? before.read : readSignalEvidence(handle, check);
        known.set(key, { sha256: ref.sha256, read });
        try {
          return [check, await read] as const;
        } catch (error) {
          known.delete(key);
          throw error;
        }
      }),
    );
    return Object.fromEntries(found.flatMap((one) => (one?.[1] === undefined ? [] : [[one[0], one[1]]])));
  };
}
