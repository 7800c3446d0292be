import { promqlText } from '../metrics/promqlText.ts';
import { increaseOf, rateOf } from './freshRates.ts';
import { inBraces, type MetricPart, type Resource, type ResourcePart } from './resource.ts';

/** How far back rates and growth look: five minutes, so that scrapes of every minute suffice. */
const window = '5m';
/** What `window` is in words. */
export const windowWords = 'in the last 5 min';

/** PromQL of a part for the series of `matchers`, with the first of its metrics that is among the names. */
export function partQuery(
  part: ResourcePart,
  { by }: Pick<Resource, 'by'>,
  matchers: string,
  names: ReadonlySet<string>,
): string {
  if (part.kind === 'query') return part.query(matchers);
  const metric = part.metrics.find((name) => names.has(name)) ?? part.metrics[0] ?? '';
  const own = Object.entries(part.where ?? {}).map(([label, value]) => `${label}=${promqlText(value)}`);
  const selector = `${metric}${inBraces(matchers, ...own)}`;
  return `${part.together} by (${by.join(', ')}) (${valueOf(part, selector)})`;
}

function valueOf({ as, positive }: MetricPart, selector: string): string {
  if (as === 'perSecond') return rateOf(selector, window);
  if (as === 'growth') return increaseOf(selector, window);
  return positive === true ? `${selector} > 0` : selector;
}
