import type { IncidentId } from './ids.ts';
import { toIncidentId } from './ids.ts';
import { IncidentError } from './incidentError.ts';
import type { IncidentHandle, IncidentStore, IncidentSummary } from './incidentStore.ts';

/** Where incidents are looked for. */
export interface IncidentLookup {
  readonly store: IncidentStore;
  /** The incident that the window has in focus; not offered to scripted calls. */
  readonly focus?: () => IncidentId | undefined;
}

/**
 * Opens the incident that is meant: by ULID or name, whether it has ended or not; without either the one in focus, else
 * the only open one.
 * @throws IncidentError `notFound`; `ambiguous`, naming those that could be meant.
 */
export async function openIncident(lookup: IncidentLookup, wanted?: string): Promise<IncidentHandle> {
  return lookup.store.open(wanted === undefined ? openOne(lookup) : named(lookup.store, wanted));
}

function named(store: IncidentStore, wanted: string): IncidentId {
  const known = store.list();
  const id = toIncidentId(wanted.toUpperCase());
  if (known.some((summary) => summary.id === id) && id !== undefined) return id;
  const [first, ...others] = known.filter(({ name }) => name === wanted.toLowerCase());
  if (first !== undefined && others.length === 0) return first.id;
  if (first !== undefined) throw ambiguous(`Several incidents are named ${wanted}`, [first, ...others]);
  if (id !== undefined) return id;
  throw new IncidentError('notFound', `There is no incident ${wanted}.`, {
    hint: 'Name it by its id or by its name, as the Incidents view shows it.',
  });
}

function openOne({ store, focus }: IncidentLookup): IncidentId {
  const open = store.list().filter((summary) => summary.open);
  const focused = focus?.();
  if (focused !== undefined && open.some(({ id }) => id === focused)) return focused;
  const [first, ...others] = open;
  if (first === undefined) {
    throw new IncidentError('notFound', 'No incident is open.', {
      hint: 'Declare an incident, or name one that has ended.',
    });
  }
  if (others.length > 0) throw ambiguous('Several incidents are open', open);
  return first.id;
}

function ambiguous(what: string, incidents: readonly IncidentSummary[]): IncidentError {
  const names = incidents.map(({ name, id }) => `${name} (${id})`).join(', ');
  return new IncidentError('ambiguous', `${what}: ${names}.`, { hint: 'Say which one with “incident”.' });
}
