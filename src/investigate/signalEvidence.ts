import * as z from 'zod';
import { isIncidentError } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { isIsoTime } from '../incident/isoTime.ts';
import type { Check } from '../incident/words.ts';
import { verdicts } from '../incident/words.ts';
import type { Chart } from '../signals/metrics/chart.ts';
import type { Observation } from '../signals/observation.ts';
import { observation, observationTopics } from '../signals/observation.ts';
import { lastAutomatic } from './lastAutomatic.ts';

/** What a check of signals kept of what it saw. */
export interface SignalEvidence {
  readonly observations: readonly Observation[];
  readonly charts: readonly Chart[];
}

/** The name of the evidence of a check, for people. */
export function signalEvidenceName(check: Check): string {
  return `${check}-signals.json`;
}

/** Larger evidence is no work of ours, and reading it would hold the editor up. In UTF-16 units. */
const longestText = 8 * 1024 * 1024;
const mostObservations = 5000;
const mostCharts = 200;
/** Of a chart; of more nobody sees which is which. */
const mostKeptLines = 24;
/** Of a line: the newest, more than any look asks for… */
const mostKeptPoints = 2000;
/** …and of all lines together. */
const mostPoints = 100_000;

/** As it is kept: bounded, whatever a server told. */
export function signalEvidenceText({ observations, charts }: SignalEvidence): string {
  return `${JSON.stringify({ v: 1, observations, charts: boundedCharts(charts) }, null, 1)}\n`;
}

function boundedCharts(charts: readonly Chart[]): readonly Chart[] {
  const kept = charts.slice(0, mostCharts).map((chart) => ({ ...chart, lines: chart.lines.slice(0, mostKeptLines) }));
  const lineCount = kept.reduce((sum, { lines }) => sum + lines.length, 0);
  const each = Math.min(mostKeptPoints, Math.floor(mostPoints / Math.max(1, lineCount)));
  return kept.map((chart) => ({
    ...chart,
    lines: chart.lines.map(({ name, points }) => ({ name: name.slice(0, 1000), points: points.slice(-each) })),
  }));
}

const time = z.string().refine(isIsoTime);
const observationShape = z.object({
  id: z.string(),
  subject: z.string(),
  name: z.string(),
  verdict: z.enum(verdicts),
  text: z.string(),
  source: z.string(),
  at: time,
  since: time.exactOptional(),
  details: z.array(z.string()).exactOptional(),
  link: z.string().exactOptional(),
  topic: z.enum(observationTopics).exactOptional(),
});
const chartShape = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.enum(['perSecond', 'ratio', 'seconds', 'bytes', 'count']),
  lines: z.array(
    z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.union([z.number(), z.null()])])) }),
  ),
  source: z.string(),
});
const shape = z.object({ v: z.literal(1), observations: z.array(observationShape), charts: z.array(chartShape) });

/**
 * What a text of evidence holds, made harmless again: another may have written the record. Undefined for what is none: of a
 * later version, damaged, or larger than 8 MB.
 */
export function parseSignalEvidence(text: string): SignalEvidence | undefined {
  if (text.length > longestText) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) return undefined;
  const { observations, charts } = parsed.data;
  return { observations: observations.slice(0, mostObservations).map(observation), charts: boundedCharts(charts) };
}

/** What a check of signals saw last; undefined until it ran, or when its evidence is gone. */
export async function readSignalEvidence(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
  check: Check,
): Promise<SignalEvidence | undefined> {
  const { evidence = [] } = lastAutomatic(handle.state, check) ?? {};
  const ref = evidence.find(({ name }) => name === signalEvidenceName(check));
  if (ref === undefined) return undefined;
  try {
    return parseSignalEvidence(Buffer.from(await handle.readEvidence(ref)).toString('utf8'));
  } catch (error) {
    if (isIncidentError(error, 'notFound')) return undefined;
    throw error;
  }
}
