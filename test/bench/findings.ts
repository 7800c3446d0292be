import { incidentRow } from '../../src/editor/rows/incidentRow.ts';
import type { Row } from '../../src/editor/rows/row.ts';
import { rowsById, sameRow } from '../../src/editor/rows/row.ts';
import type { RowContext } from '../../src/editor/rows/rowContext.ts';
import { deadlinesOf } from '../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../src/incident/ids.ts';
import type { Observation } from '../../src/signals/observation.ts';
import { parseSignalEvidence, signalEvidenceText } from '../../src/investigate/signalEvidence.ts';
import { after, monday, ulidOf } from '../support/builders/events.ts';
import { sampleObservation } from '../support/builders/sampleSignals.ts';
import { justDeclared } from '../support/builders/state.ts';
import type { Benchmark } from './benchmark.ts';
import { figureOf } from './figure.ts';
import { inTurns } from './inTurns.ts';

const count = 5_000;
const rounds = 25;

/** The rows of an incident whose checks saw 5,000 things: read from the evidence once, then made and compared with those before at each event. */
export const findings: Benchmark = {
  name: 'findings',
  run: async ({ say }) => {
    const state = justDeclared();
    const now = after(45);
    const text = signalEvidenceText({ observations: manyObservations(), charts: [] });
    const bare = text.length;
    const dependencies = parseSignalEvidence(text);
    const rows = (minute: number): readonly Row[] => {
      const context: RowContext = {
        ...{ id: toIncidentId(ulidOf(monday, 1))!, state, problems: [], drafts: [], zone: 'UTC' },
        ...{ deadlines: deadlinesOf(state, now).deadlines, now: after(45 + minute), changes: undefined },
        ...(dependencies === undefined ? {} : { signals: { dependencies } }),
      };
      return [incidentRow(context)];
    };
    const draw = (round: number): number => {
      const start = performance.now();
      const [before, next] = [rowsById(rows(round)), rowsById(rows(round + 1))];
      for (const [id, row] of next) {
        const old = before.get(id);
        if (old !== undefined) sameRow(old, row);
      }
      return (performance.now() - start) / 2;
    };
    for (let warm = 0; warm < 5; warm++) draw(warm);
    const measured = await inTurns(rounds, {
      draw,
      read: () => {
        const start = performance.now();
        parseSignalEvidence(text);
        return performance.now() - start;
      },
      raw: () => {
        const start = performance.now();
        JSON.parse(text);
        return performance.now() - start;
      },
    });
    say(`evidence of ${(bare / 1024 / 1024).toFixed(1)} MB; reference: JSON.parse of it`);
    return [
      figureOf({
        name: `drawing ${count.toLocaleString('en')} findings again`,
        unit: 'ms',
        values: measured.draw,
        goal: { of: 'value', atMost: 50 },
      }),
      figureOf({
        name: `reading ${count.toLocaleString('en')} findings, once`,
        unit: 'ms',
        values: measured.read,
        references: measured.raw,
      }),
    ];
  },
};

function manyObservations(): readonly Observation[] {
  const verdicts = ['bad', 'suspicious', 'unknown', 'ok'] as const;
  return Array.from({ length: count }, (_, index) =>
    sampleObservation({
      id: `service-${String(index)}/health`,
      subject: `service-${String(index)}`,
      name: '/health/ready',
      verdict: verdicts[index % verdicts.length] ?? 'ok',
      text: `answers ${String(200 + index)} in ${String(index)} ms`,
    }),
  );
}
