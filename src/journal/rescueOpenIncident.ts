import { IncidentError } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { JournalStore } from './journalStore.ts';

/** Writes what is pending or lost of an incident's record: again, back, or in the extension's storage. */
export async function rescueOpenIncident(
  store: JournalStore,
  handle: IncidentHandle,
  how: 'retry' | 'restore' | 'relocate',
): Promise<void> {
  const journal = await store.open(handle.id);
  if (how === 'retry') await journal.retry();
  if (how === 'restore') await journal.restore();
  if (how === 'relocate') {
    const [place] = await store.places();
    if (place === undefined) throw new IncidentError('storage', 'There is no other place on this machine.');
    await journal.relocate(store.storagePlace(place).root);
  }
}
