const minuteSeconds = 60;
const hourSeconds = 3600;
const daySeconds = 86_400;

const steps = [
  ...[1, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteSeconds),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourSeconds),
  ...[1, 2, 7, 30, 365].map((days) => days * daySeconds),
];

/** The seconds from 1970 that JavaScript's dates reach. */
const lastSeconds = 8.64e12;

/** A tick of an axis of time. */
export interface TimeTick {
  readonly atSeconds: number;
  /** In UTC: `06:45`, with seconds where ticks are closer than a minute; the date alone where they are a day or more apart. */
  readonly time: string;
  /** `2026-11-23` at the first tick and where a new day begins. */
  readonly date?: string;
}

/** Round moments between two, at most `most` of them, both in seconds since 1970. */
export function timeTicks(fromSeconds: number, toSeconds: number, most = 8): readonly TimeTick[] {
  if (!(toSeconds >= fromSeconds) || Math.abs(fromSeconds) > lastSeconds || Math.abs(toSeconds) > lastSeconds)
    return [];
  const fitting = steps.find((one) => (toSeconds - fromSeconds) / one <= most - 1);
  const step = fitting ?? daySeconds * Math.ceil((toSeconds - fromSeconds) / daySeconds / (most - 1));
  const ticks: TimeTick[] = [];
  let day = '';
  for (let at = Math.ceil(fromSeconds / step) * step; at <= toSeconds; at += step) {
    const text = new Date(at * 1000).toISOString();
    const date = text.slice(0, -14);
    const time = step >= daySeconds ? '' : text.slice(-13, step < minuteSeconds ? -5 : -8);
    ticks.push({ atSeconds: at, time, ...(date === day ? {} : { date }) });
    day = date;
  }
  return ticks;
}

/** A moment of a chart for people: `2026-11-23 06:45:30 UTC`. */
export function chartTimeText(atSeconds: number): string {
  if (!(Math.abs(atSeconds) <= lastSeconds)) return 'an unknown time';
  const text = new Date(atSeconds * 1000).toISOString();
  return `${text.slice(0, -14)} ${text.slice(-13, -5)} UTC`;
}
