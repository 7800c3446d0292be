/** A gauge before and after impact, or a counter by how much it grows in a second. */
export interface HistorySeries {
  /** `node_load5{instance="a:9100"}` */
  readonly series: string;
  readonly kind: 'gauge' | 'counter';
  readonly before: number;
  readonly after: number;
}

export function gaugeOf(series: string, before: number, after = before): HistorySeries {
  return { series, kind: 'gauge', before, after };
}

export function counterOf(series: string, before: number, after = before): HistorySeries {
  return { series, kind: 'counter', before, after };
}

const stepSeconds = 60;

/** Two hours of the series until now in the text format of OpenMetrics, a sample a minute. */
export function exporterHistory(all: readonly HistorySeries[], impactSeconds: number, nowSeconds: number): string {
  const nameOf = ({ series }: HistorySeries) => series.split('{', 1)[0] ?? '';
  const texts = [...new Set(all.map(nameOf))].flatMap((name) => [
    // OpenMetrics wants `_total` behind the names of counters, which few exporters have; the type is nobody's affair here.
    `# TYPE ${name} unknown`,
    ...all.filter((one) => nameOf(one) === name).flatMap((one) => linesOf(one, impactSeconds, nowSeconds)),
  ]);
  return `${texts.join('\n')}\n# EOF\n`;
}

function linesOf({ series, kind, before, after }: HistorySeries, impactSeconds: number, nowSeconds: number): string[] {
  const lines: string[] = [];
  let counter = 1000;
  for (let at = nowSeconds - 7200; at <= nowSeconds; at += stepSeconds) {
    const value = at < impactSeconds ? before : after;
    counter += value * stepSeconds;
    lines.push(`${series} ${String(kind === 'gauge' ? value : counter)} ${String(at)}`);
  }
  return lines;
}
