import type { MetricType, Scrape } from './scrape.ts';

/** The type of the metric that a sample belongs to: of its family, whose name may go without the sample's suffix. */
export function metricTypeOf({ types }: Pick<Scrape, 'types'>, sampleName: string): MetricType {
  const family = sampleName.replace(/_(?:bucket|sum|count|total)$/, '');
  return types.get(sampleName) ?? types.get(family) ?? 'untyped';
}
