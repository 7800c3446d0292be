// node recordingProcess.ts FOLDER STORAGE INCIDENT NAME [COUNT]
// Another window, as a process of its own: records notes `NAME-0`, `NAME-1`, … and prints each when it is on disk. With a
// COUNT it ends by waiting for a line on its standard input and printing the notes it sees then.
import { writeSync } from 'node:fs';
import { toIncidentId } from '../../src/incident/ids.ts';
import { createIncidentStore } from '../../src/journal/createIncidentStore.ts';
import { journalOptions, notes, noteTexts } from '../support/builders/journal.ts';

const [folder, globalStorage = '', incident, name = '', count = 'Infinity'] = process.argv.slice(2);
const store = createIncidentStore(journalOptions({ folder, globalStorage }));
await store.load();
const id = toIncidentId(incident);
if (id === undefined) throw new Error('no incident was named');
const handle = await store.open(id);
for (let number = 0; number < Number(count); number++) {
  await handle.record(notes(`${name}-${number}`));
  // A pipe that is written to synchronously has what was printed when the process is killed the next moment.
  writeSync(1, `${name}-${number}\n`);
}
process.stdin.once('data', () => {
  writeSync(1, `sees ${noteTexts(handle.state).join(' ')}\n`);
  process.exit();
});
