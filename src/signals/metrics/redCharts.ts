import { setImmediate } from 'node:timers/promises';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, hourMs, plusMs } from '../../incident/isoTime.ts';
import type { Chart, ChartLine, ChartUnit } from './chart.ts';
import { pointsOf } from './readRed.ts';
import type { ReadsMetrics } from './readsMetrics.ts';
import type { RequestMetrics } from './recogniseRequests.ts';
import type { Red } from './red.ts';
import { redQuantiles } from './red.ts';
import type { RequestQueries } from './requestQueries.ts';
import type { Scrape } from './scrape.ts';
import { redBetween } from './scrapedRed.ts';
import { stepSecondsFor } from './stepSeconds.ts';

/** From when to when charts of requests go. */
export interface ChartSpan {
  readonly start: IsoTime;
  readonly end: IsoTime;
  readonly stepSeconds: number;
  /** Of the rates in it, in PromQL: no moment of the span is left out. */
  readonly window: string;
}

/** From an hour before impact, and at least three hours. */
export function chartSpanOf(impactStart: IsoTime, now: IsoTime): ChartSpan {
  const [beforeImpact, hours] = [plusMs(impactStart, -hourMs), plusMs(now, -3 * hourMs)];
  const start = beforeImpact < hours ? beforeImpact : hours;
  const stepSeconds = stepSecondsFor(start, now);
  // The last point is of now.
  const steps = Math.floor((epochMsOf(now) - epochMsOf(start)) / 1000 / stepSeconds);
  return {
    start: plusMs(now, -steps * stepSeconds * 1000),
    end: now,
    stepSeconds,
    window: `${String(Math.max(300, stepSeconds))}s`,
  };
}

const parts: readonly {
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly lines: readonly ChartPart[];
}[] = [
  { id: 'rate', title: 'requests', unit: 'perSecond', lines: ['perSecond'] },
  { id: 'errors', title: 'failed requests', unit: 'ratio', lines: ['errorRatio'] },
  { id: 'latency', title: 'latency', unit: 'seconds', lines: redQuantiles },
];
type ChartPart = 'perSecond' | 'errorRatio' | (typeof redQuantiles)[number];
const lineNames: Readonly<Record<ChartPart, string>> = {
  ...{ perSecond: 'requests', errorRatio: 'failed' },
  ...{ p50: 'p50', p95: 'p95', p99: 'p99' },
};

/** Charts of rate, errors and durations as a server keeps them. Throws as `ReadsMetrics` does. */
export async function readRedCharts(
  server: ReadsMetrics,
  {
    service,
    queries,
    span,
  }: { readonly service: string; readonly queries: Partial<RequestQueries>; readonly span: ChartSpan },
  signal: AbortSignal,
): Promise<readonly Chart[]> {
  const queryOf = (part: ChartPart) =>
    part === 'perSecond' ? queries.rate : part === 'errorRatio' ? queries.errors : queries[part];
  return drawn(service, server.shown, async (part) => {
    const query = queryOf(part);
    if (query === undefined) return [];
    const points = pointsOf(await server.range(query, { ...span, signal }));
    return withGaps(points, span.stepSeconds);
  });
}

/** The same from scrapes of the service itself, the oldest first: as far as this window remembers. */
export async function scrapedRedCharts(
  service: string,
  {
    metrics,
    scrapes,
    source,
  }: { readonly metrics: RequestMetrics; readonly scrapes: readonly Scrape[]; readonly source: string },
): Promise<readonly Chart[]> {
  const reds: (readonly [at: number, red: Red])[] = [];
  for (const [index, later] of scrapes.entries()) {
    const earlier = scrapes[index - 1];
    if (earlier === undefined) continue;
    const red = redBetween(metrics, { earlier, later });
    if (red !== undefined) reds.push([epochMsOf(later.at) / 1000, red]);
    await setImmediate();
  }
  return drawn(service, source, (part) =>
    Promise.resolve(reds.flatMap(([at, red]) => (red[part] === undefined ? [] : [[at, finite(red[part])] as const]))),
  );
}

async function drawn(
  service: string,
  source: string,
  pointsOfPart: (part: ChartPart) => Promise<ChartLine['points']>,
): Promise<readonly Chart[]> {
  const charts = await Promise.all(
    parts.map(async ({ id, title, unit, lines }): Promise<Chart> => {
      const all = await Promise.all(
        lines.map(async (part) => ({ name: lineNames[part], points: await pointsOfPart(part) })),
      );
      const some = all.filter(({ points }) => points.some(([, value]) => value !== null));
      return { id: `${service}/${id}`, title: `${service} ${title}`, unit, lines: some, source };
    }),
  );
  return charts.filter(({ lines }) => lines.length > 0);
}

/** A line is broken where points are missing: nobody knows what was between them. */
function withGaps(points: readonly (readonly [at: number, value: number])[], stepSeconds: number): ChartLine['points'] {
  return points.flatMap(([at, value], index) => {
    const before = points[index - 1]?.[0];
    const gap = before !== undefined && at - before > 1.5 * stepSeconds ? [[before + stepSeconds, null] as const] : [];
    return [...gap, [at, finite(value)] as const];
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
