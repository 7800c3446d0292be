import { formatDuration } from '../../documents/timeText.ts';

/** HTTP tells the time in whole seconds: what is less is no difference. */
const leastMs = 2_000;

/** When an answer was asked for and when it came, in milliseconds since 1970. */
export interface AnswerTimes {
  readonly askedMs: number;
  readonly answeredMs: number;
}

/**
 * How far a server's clock is ahead of ours by the `Date` of its answer, in milliseconds; negative where it is behind. Undefined
 * where it tells no time, or the same as ours as far as can be told.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-date
 */
export function clockAheadMs(date: string | undefined, { askedMs, answeredMs }: AnswerTimes): number | undefined {
  // The middle of the second that it names, against the middle of the time that the answer took.
  const aheadMs = Date.parse(date ?? '') + 500 - (askedMs + answeredMs) / 2;
  const isTold = Math.abs(aheadMs) > leastMs + (answeredMs - askedMs) / 2;
  return isTold ? Math.round(aheadMs / 1000) * 1000 : undefined;
}

/** `The clock of Prometheus (http://127.0.0.1:9090) is 2 h behind this machine's` */
export function clockSkewText(shown: string, aheadMs: number): string {
  return `The clock of ${shown} is ${formatDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
}
