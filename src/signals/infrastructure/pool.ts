import { amountText, counted } from './amounts.ts';
import { beforeText } from './judges.ts';
import { verdictAbove } from './limits.ts';
import {
  gauge,
  growth,
  type JudgedReading,
  type MetricPart,
  optional,
  type Reading,
  type Resource,
} from './resource.ts';

/** The names under which a pool tells how it is. */
export interface PoolNames {
  readonly id: string;
  readonly name: string;
  /** The label that tells one pool from another. */
  readonly label?: string;
  readonly used: MetricPart;
  readonly size: MetricPart;
  readonly waiting?: string | readonly string[];
  /** A counter of those that waited in vain. */
  readonly timeouts?: string | readonly string[];
  /** Who waits: `request`, `requests`. */
  readonly waits?: readonly [one: string, many: string];
  readonly topic?: 'connections';
}

/** A pool of connections or threads inside a service. */
export function pool({ id, name, label, used, size, waiting, timeouts, waits, topic }: PoolNames): Resource {
  return {
    ...{ id, name, scope: 'service', by: ['job', 'instance', 'pod', ...(label === undefined ? [] : [label])] },
    ...(topic === undefined ? {} : { topic }),
    parts: {
      used,
      size,
      ...(waiting === undefined ? {} : { waiting: optional(gauge(waiting)) }),
      ...(timeouts === undefined
        ? {}
        : { timedOut: optional(growth(timeouts)), everTimedOut: optional(gauge(timeouts)) }),
    },
    why: 'Suspicious from 80 %, or when somebody waits; bad when all are in use and somebody waits, or waited in vain.',
    judge: (reading) => judgePool(reading, waits ?? ['request', 'requests']),
  };
}

/** Bad once it is exhausted: a full pool alone may be a busy moment, a full pool that keeps people waiting is not. */
function judgePool(
  { values, before, lately }: Reading,
  [one, many]: readonly [string, string],
): JudgedReading | undefined {
  const { used = 0, size = 0, waiting = 0, timedOut = 0, everTimedOut = 0 } = values;
  if (!(size > 0)) return undefined;
  const isFull = used >= size;
  const isExhausted = timedOut >= 0.5 || (isFull && (waiting > 0 || everTimedOut > 0));
  const verdict = isExhausted ? 'bad' : waiting > 0 ? 'suspicious' : verdictAbove(used / size, { suspicious: 0.8 });
  const inVain =
    timedOut >= 0.5
      ? [`${counted(timedOut, one, many)} timed out ${lately}`]
      : isFull && everTimedOut > 0
        ? [`${counted(everTimedOut, one, many)} timed out since it started`]
        : [];
  const wait = waiting > 0 ? [counted(waiting, `${one} waits`, `${many} wait`)] : [];
  const earlier = before?.['used'];
  const inUse = `${amountText(used)} of ${amountText(size)} in use${beforeText(earlier === undefined ? undefined : amountText(earlier))}`;
  return {
    verdict,
    text: [inUse, ...wait, ...inVain].join(', '),
    rank: used / size + waiting,
  };
}
