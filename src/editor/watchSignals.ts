import type { IncidentState } from '../incident/state.ts';
import type { ContinuousChecks } from '../investigate/continuousChecks.ts';
import { createContinuousChecks, watchedChecks } from '../investigate/continuousChecks.ts';
import type { EditorServices } from './editorServices.ts';

/** True while somebody works on it. */
export function isWatchable({ status }: Pick<IncidentState, 'status'>): boolean {
  return status !== 'resolved' && status !== 'closed';
}

/** Looks at signals again without a word; what is recorded is shown like any other change of the record. */
export function createWatching(
  { store, context, useCases, claim }: Pick<EditorServices, 'store' | 'context' | 'useCases' | 'claim'>,
  onChange: () => void,
): ContinuousChecks {
  return createContinuousChecks({
    now: () => context.host.clock.now(),
    isOpen: async (id) => isWatchable((await store.open(id)).state),
    claim: (key) => claim(key),
    run: (incident, signal) =>
      useCases.investigate.run({ incident, checks: [...watchedChecks], onlyChanges: true }, context, signal),
    onChange,
    log: context.host.log,
  });
}
