import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyJsonOf, chain } from '../../src/journal/eventLine.ts';
import { incidentDirectory } from '../../src/journal/incidentDirectory.ts';
import { plusMs } from '../../src/incident/isoTime.ts';
import { ulidOf } from '../support/builders/events.ts';
import type { EventMix } from './eventMix.ts';
import { eventMix, incidentNameOf } from './eventMix.ts';

export const incidentCount = 1_000;
export const eventsPerIncident = 200;
/** Incidents that have not ended, and ended ones whose action items are not all done: what a team has on its hands. */
const openCount = 3;
const withActionsCount = 10;

/** Writes a record root as years of incidents leave it, each with the logs of three writers. */
export async function writeIncidents(root: string): Promise<void> {
  for (let number = 0; number < incidentCount; number++) await writeIncident(root, mixOf(number));
}

function mixOf(number: number): EventMix {
  const fromEnd = incidentCount - 1 - number;
  return {
    number,
    startedAt: plusMs('2024-01-01T08:00:00.000Z', number * 24 * 3_600_000),
    count: eventsPerIncident,
    writers: 3,
    end: fromEnd < openCount ? 'open' : 'closed',
    openAction: fromEnd < openCount + withActionsCount,
  };
}

async function writeIncident(root: string, mix: EventMix): Promise<void> {
  const folder = join(incidentDirectory(root, incidentNameOf(mix)), 'log');
  await mkdir(folder, { recursive: true });
  for (const [writer, events] of eventMix(mix).entries()) {
    const id = ulidOf(mix.startedAt, mix.number * 1_000_000 + 900_000 + writer);
    await writeFile(join(folder, `${id}.jsonl`), chain(events.map(bodyJsonOf), null).bytes);
  }
}
