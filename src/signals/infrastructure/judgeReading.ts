import { definedFields } from '../../incident/definedFields.ts';
import type { JudgedReading, Reading, Resource } from './resource.ts';

/**
 * Judges a reading by its resource; *unknown* where a number that is needed is none. Undefined where there is nothing to
 * judge: a part that is needed is missing, or there is no limit.
 */
export function judgeReading(resource: Resource, reading: Reading): JudgedReading | undefined {
  const needed = Object.entries(resource.parts).filter(([, part]) => part.optional !== true);
  if (needed.some(([name]) => reading.values[name] === undefined)) return undefined;
  const none = needed.map(([name]) => reading.values[name] ?? 0).find((value) => !Number.isFinite(value));
  if (none !== undefined) return { verdict: 'unknown', text: `is unknown: its value is ${String(none)}`, rank: 0 };
  const { before, ...now } = reading;
  const values = finite(now.values);
  // Half of what was before compares with nothing.
  const isWhole = before !== undefined && needed.every(([name]) => Number.isFinite(before[name]));
  return resource.judge({ ...now, values, ...definedFields({ before: isWhole ? finite(before) : undefined }) });
}

function finite(values: Reading['values']): Reading['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}
