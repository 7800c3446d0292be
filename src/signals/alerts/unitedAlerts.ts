import type { Alert } from './alert.ts';

/**
 * The alerts of all sources, each once: what Alertmanager and Prometheus both tell of is Alertmanager's, which knows more of it
 * (silences). The same are those whose labels are the same but for `__…`, and for labels that none of that Prometheus's own
 * alerts has: it adds its external labels on the way.
 */
export function unitedAlerts(alerts: readonly Alert[]): readonly Alert[] {
  const managed = alerts.filter(({ kind }) => kind === 'alertmanager');
  const ownNames = namesBySource(alerts.filter(({ kind }) => kind === 'prometheus'));
  // By what each source would call them: comparing all with all takes seconds in a flood of one rule.
  const managedBySource = new Map(
    [...ownNames].map(([source, own]) => [source, new Set(managed.map((alert) => keyOf(alert, own)))] as const),
  );
  return alerts.filter(({ kind, status, source, ...alert }) => {
    if (kind !== 'prometheus' || status === 'pending') return true;
    return managedBySource.get(source)?.has(keyOf(alert, ownNames.get(source) ?? new Set())) !== true;
  });
}

/** The same for alerts of one name whose labels are the same, as far as a source has labels of these names. */
function keyOf({ name, labels }: Pick<Alert, 'name' | 'labels'>, own: ReadonlySet<string>): string {
  const told = Object.entries(labels).filter(([label]) => !label.startsWith('__') && own.has(label));
  return JSON.stringify([name, ...told.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function namesBySource(alerts: readonly Alert[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { source, labels } of alerts) {
    const names = found.get(source) ?? new Set();
    for (const name of Object.keys(labels)) names.add(name);
    found.set(source, names);
  }
  return found;
}
