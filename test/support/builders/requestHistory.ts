/** A job of a history: ten requests a second, and so many of them bad at so many minutes before now. */
export interface RequestedJob {
  readonly job: string;
  /** Data begins so many minutes before now. */
  readonly sinceMinutes: number;
  /** It ends so many minutes before now; with now when absent. */
  readonly untilMinutes?: number;
  readonly perSecond?: number;
  /** From 0 to 1; without it there is no series of bad ones at all. */
  badAt?(minutesAgo: number): number;
  /** From 0 to 1: the share that takes between 250 ms and 1 s; the others take less than 100 ms. Without it there are no durations. */
  readonly slow?: number;
}

/**
 * Counters `http_requests_total{job, code}` and histograms `http_request_duration_seconds{job}` of jobs in the text format of OpenMetrics, a sample a minute for the last seven hours and
 * one in ten minutes before: for `startPrometheus({history})`.
 */
export function requestHistory(jobs: readonly RequestedJob[], nowSeconds = Math.floor(Date.now() / 1000)): string {
  const counted = jobs.map((job) => ({ ...job, counts: countsOf(job, nowSeconds) }));
  const counters = counted.flatMap(({ job, badAt, counts }) => {
    const line = (code: string, value: number, at: number) =>
      `http_requests_total{job="${job}",code="${code}"} ${String(value)} ${String(at)}`;
    const good = counts.map((one) => line('200', one.good, one.at));
    return badAt === undefined ? good : [...good, ...counts.map((one) => line('503', one.bad, one.at))];
  });
  const durations = counted.flatMap(({ job, slow, counts }) => {
    if (slow === undefined) return [];
    const series = (name: string, labels: string, share: number) =>
      counts.map(
        ({ good, bad, at }) =>
          `http_request_duration_seconds_${name}{job="${job}"${labels}} ${String((good + bad) * share)} ${String(at)}`,
      );
    const buckets = [
      ['0.1', 1 - slow],
      ['0.25', 1 - slow],
      ['1.0', 1],
      ['+Inf', 1],
    ] as const;
    return [...buckets.flatMap(([le, share]) => series('bucket', `,le="${le}"`, share)), ...series('count', '', 1)];
  });
  const types = [
    '# TYPE http_requests counter',
    ...counters,
    '# TYPE http_request_duration_seconds histogram',
    ...durations,
  ];
  return [...types, '# EOF', ''].join('\n');
}

function countsOf(
  { sinceMinutes, untilMinutes = 0, perSecond = 10, badAt }: RequestedJob,
  nowSeconds: number,
): readonly { readonly at: number; readonly good: number; readonly bad: number }[] {
  let [good, bad, last] = [0, 0, sinceMinutes];
  return minutesBefore(sinceMinutes)
    .filter((minutes) => minutes >= untilMinutes)
    .map((minutes) => {
      const requests = (last - minutes) * 60 * perSecond;
      const share = badAt?.(minutes) ?? 0;
      last = minutes;
      bad += requests * share;
      good += requests * (1 - share);
      return { at: nowSeconds - minutes * 60, good, bad };
    });
}

function minutesBefore(since: number): readonly number[] {
  const dense = Math.min(since, 7 * 60);
  const old = Array.from({ length: Math.max(0, Math.ceil((since - dense) / 10)) }, (_, index) => since - index * 10);
  return [
    ...old.filter((minutes) => minutes > dense),
    ...Array.from({ length: dense + 1 }, (_, index) => dense - index),
  ];
}
