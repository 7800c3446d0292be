import type { IncidentId } from '../incident/ids.ts';
import { ulidTimeMs } from '../incident/ids.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import { isoTimeOf } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';

/** What a list shows of an incident. One whose declaration cannot be read is listed too, under `name`. */
export function summaryOf(
  state: IncidentState,
  where: { readonly id: IncidentId; readonly name: string; readonly directory: string; readonly elsewhere?: string },
): IncidentSummary {
  const { id, directory, elsewhere } = where;
  const name = state.name === '' ? where.name : state.name;
  return {
    id,
    name,
    title: state.title === '' ? name : state.title,
    severity: state.severity,
    status: state.status,
    declaredAt: state.declared?.at ?? state.entries[0]?.event.at ?? isoTimeOf(ulidTimeMs(id)),
    open: state.closed === undefined,
    confidential: state.confidential,
    drill: state.drill,
    openActions: state.actions.filter(({ outcome }) => outcome.kind === 'open').length,
    people: [...new Set(state.roleTerms.map(({ person }) => person))],
    directory,
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}
