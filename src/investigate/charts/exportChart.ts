import { join } from 'node:path';
import * as z from 'zod';
import { chartMarks } from '../../documents/chartMarks.ts';
import { chartSvg } from '../../documents/chartSvg.ts';
import { evidencePath } from '../../documents/evidencePath.ts';
import { writeDocument } from '../../documents/writeDocument.ts';
import { incident, line } from '../../incident/argShapes.ts';
import { cleanLine } from '../../incident/cleanText.ts';
import { defineUseCase, refuseCancelled } from '../../incident/defineUseCase.ts';
import type { EvidenceRef } from '../../incident/evidenceRef.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import { incidentBrief } from '../../incident/incidentBrief.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { Decide, IncidentHandle } from '../../incident/incidentStore.ts';
import { openIncident } from '../../incident/openIncident.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { checks } from '../../incident/words.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import { configurationMoments } from './configurationMoments.ts';
import { readCheckCharts } from './incidentCharts.ts';

const args = z.strictObject({
  incident,
  check: z.enum(checks),
  /** Its id within the check, `checkout/errors`. */
  chart: line(400),
});

export type ExportChartArgs = z.output<typeof args>;

export interface ExportedChartFile extends IncidentBrief {
  readonly title: string;
  readonly evidence: EvidenceRef;
  /** The picture beside the incident's documents; absolute. */
  readonly file: string;
}

/**
 * Draws a chart that a check kept, with the marks of the incident, as an SVG: kept as evidence, and beside the documents, where
 * the post-mortem shows it when it is written next. The same picture again is not recorded again.
 */
export const exportChart: UseCase<ExportChartArgs, ExportedChartFile> = defineUseCase(
  args,
  async (wish, context, signal) => {
    const handle = await openIncident(context, wish.incident);
    const chart = await findChart(handle, wish);
    const svg = chartSvg(chart, chartMarks(handle.state, await configurationMoments(handle)));
    refuseCancelled(signal);
    const evidence = await handle.keepEvidence(pictureName(wish), svg);
    const file = join(await context.documents.directoryOf(handle), evidencePath(evidence));
    // As it was kept: with credentials taken out.
    await writeDocument(file, await handle.readEvidence(evidence));
    const title = redactedLine(chart.title);
    const state = await handle.record(
      decideExportChart(wish, { title, source: redactedLine(chart.source, 800) }, evidence),
    );
    return { ...incidentBrief({ id: handle.id, state }, context.host.clock.now()), title, evidence, file };
  },
);

/** The export; the picture is on disk before it. */
export function decideExportChart(
  { check, chart }: ExportChartArgs,
  { title, source }: Pick<Chart, 'title' | 'source'>,
  evidence: EvidenceRef,
): Decide {
  return ({ charts }) => {
    const last = charts.find((exported) => exported.check === check && exported.chart === chart);
    if (last?.evidence.some(({ sha256 }) => sha256 === evidence.sha256) === true) return [];
    return [{ type: 'chart.exported', data: { check, chart, title, source, evidence: [evidence] } }];
  };
}

async function findChart(handle: IncidentHandle, { check, chart }: ExportChartArgs): Promise<Chart> {
  const { charts, reason, name } = await readCheckCharts(handle, check);
  const found = charts.find(({ id }) => id === chart || cleanLine(id) === chart);
  if (found !== undefined) return found;
  const ids = charts.map(({ id }) => redactedLine(id, 80));
  throw new IncidentError('notFound', `The check “${name}” has no chart “${redactedLine(chart, 80)}”.`, {
    hint: ids.length === 0 ? (reason ?? 'It kept none.') : `It has ${ids.slice(0, 10).join(', ')}.`,
  });
}

/** `metrics-checkout-errors.svg`; of characters that stand in any address. */
function pictureName({ check, chart }: ExportChartArgs): string {
  const words = chart.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return `${check}-${words === '' ? 'chart' : words.slice(0, 50)}.svg`;
}
