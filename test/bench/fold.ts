import type { IncidentEvent } from '../../src/incident/events.ts';
import { foldIncident } from '../../src/incident/foldIncident.ts';
import type { Benchmark } from './benchmark.ts';
import { eventMix } from './eventMix.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';

const count = 100_000;

/** The fold of a record that no incident ever reaches, against reading the same events from JSON. */
export const fold: Benchmark = {
  name: 'fold',
  run: async ({ say }) => {
    const events = manyEvents();
    const json = events.map((event) => JSON.stringify(event));
    say(`${events.length} events of 5 writers, log after log as they are read; reference: JSON.parse of each`);
    let entries = 0;
    const { folds, parses } = await inTurns(9, {
      folds: () => timed(() => void (entries = foldIncident(events).entries.length)),
      parses: () => timed(() => void json.map((text) => JSON.parse(text) as unknown)),
    });
    if (entries !== events.length) throw new Error(`${entries} of ${events.length} events were folded`);
    const [first, firstParse] = [folds.slice(0, 1), parses.slice(0, 1)];
    return [
      figureOf({
        name: 'fold of 100,000 events',
        unit: 'ms',
        values: folds,
        references: parses,
        goal: { of: 'value', atMost: 300 },
      }),
      figureOf({ name: 'fold of 100,000 events, first', unit: 'ms', values: first, references: firstParse }),
    ];
  },
};

function manyEvents(): readonly IncidentEvent[] {
  return eventMix({ number: 1, startedAt: '2026-11-23T06:00:00.000Z', count, writers: 5, end: 'closed' }).flat();
}
