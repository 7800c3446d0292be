import { judgeReading } from '../../../../src/signals/infrastructure/judgeReading.ts';
import { recognisedResources } from '../../../../src/signals/infrastructure/recognisedResources.ts';
import type { Reading, Resource } from '../../../../src/signals/infrastructure/resource.ts';

export const nowSeconds = Date.parse('2026-03-04T14:07:00.000Z') / 1000;
export const impactSeconds = nowSeconds - 20 * 60;

export function resourceOf(id: string): Resource {
  const found = recognisedResources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`There is no resource ${id}.`);
  return found;
}

/** Verdict and text of one reading: `bad: 8 of 8 in use`; `-` where there is nothing to judge. */
export function judged(id: string, values: Reading['values'], before?: Reading['values']): string {
  const result = judgeReading(resourceOf(id), {
    ...{ labels: {}, values, lately: 'in the last 5 min', nowSeconds, impactSeconds },
    ...(before === undefined ? {} : { before }),
  });
  return result === undefined ? '-' : `${result.verdict}: ${result.text}`;
}
