import { definedFields } from './definedFields.ts';
import type { Folding, Reducers } from './draft.ts';
import { replaceAt } from './draft.ts';
import type { AlertAction } from './state.ts';

/** Alerts that belong to the incident, and what was done about alerts where they are told. */
export const reduceAlerts: Reducers<
  'alert.attached' | 'alert.resolved' | 'alertAction.started' | 'alertAction.finished'
> = {
  'alert.attached': ({ draft, alertAt }, { id, at, by, data }) => {
    const key = keyOf(data);
    const index = alertAt.get(key);
    const attached = { ...data, event: id, at, by };
    if (index === undefined) alertAt.set(key, draft.alerts.push(attached) - 1);
    // Two windows may have attached it at once; one that had ended fires again.
    else replaceAt(draft.alerts, index, (known) => (known.resolvedAt === undefined ? known : attached));
  },

  'alert.resolved': ({ draft, alertAt }, { at, data }) => {
    replaceAt(draft.alerts, alertAt.get(keyOf(data)), (alert) => ({ resolvedAt: at, ...alert }));
  },

  'alertAction.started': (folding, { at, by, data }) => {
    if (!folding.alertActionAt.has(data.action)) add(folding, { ...data, at, by, outcome: { kind: 'unknown' } });
  },

  'alertAction.finished': (folding, { at, by, data }) => {
    const { action, kind, name, done, note } = data;
    const outcome = { kind: done ? 'done' : 'failed', at, ...definedFields({ note }) } as const;
    const index = folding.alertActionAt.get(action);
    // Its start may be in a log that is not here yet.
    if (index === undefined) add(folding, { action, kind, name, source: '', target: '', at, by, outcome });
    else replaceAt(folding.draft.alertActions, index, (started) => ({ ...started, outcome }));
  },
};

function add({ draft, alertActionAt }: Folding, action: AlertAction): void {
  alertActionAt.set(action.action, draft.alertActions.push(action) - 1);
}

function keyOf({ source, fingerprint }: { readonly source: string; readonly fingerprint: string }): string {
  return JSON.stringify([source, fingerprint]);
}
