import type { ResolvesHosts } from '../../changes/hosts/resolvesHosts.ts';
import type { DataSource } from '../../config/signalConfiguration.ts';
import type { ReadsMachine } from '../../signals/infrastructure/readsMachine.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import type { ScrapesServices } from '../../signals/metrics/scrape.ts';

/** What check 4 asks. */
export interface InfrastructureTools {
  /** A server that keeps metrics, by its entry in mayday.yaml. */
  readonly metricsFor: (source: DataSource) => ReadsMetrics;
  readonly scrapes: ScrapesServices;
  readonly machine: ReadsMachine;
  readonly hosts: ResolvesHosts;
}
