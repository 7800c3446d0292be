import type { DataSource, Endpoint } from '../../config/signalConfiguration.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import { logView } from '../../signals/accessLogs/logView.ts';
import { defaultMaxBytes, readLogTraffic } from '../../signals/accessLogs/readLogTraffic.ts';
import type { ReadsLogs } from '../../signals/accessLogs/readsLogs.ts';
import { comparisonLimits } from '../../signals/lookPart.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import type { ScrapesServices } from '../../signals/metrics/scrape.ts';
import { observeAll, type ObservationTask, reasonOf, unseen } from '../../signals/observeAll.ts';
import { prometheusView } from '../../signals/traffic/prometheusView.ts';
import { scrapeView } from '../../signals/traffic/scrapeView.ts';
import { trafficWindows } from '../../signals/traffic/trafficWindows.ts';
import type { TrafficView } from '../../signals/traffic/trafficView.ts';
import type { SignalCheck, SignalContext, TargetService } from '../signalCheck.ts';
import { asConfigured, metricsServerOf } from '../signalTargets.ts';
import { accessLogsOf, aspectOf, firstThatCanTell, trafficObservations } from './trafficObservations.ts';

/** What check 5 looks with. */
export interface TrafficTools {
  prometheusOf(source: DataSource): ReadsMetrics;
  readonly scrapes: ScrapesServices;
  readonly logs: ReadsLogs;
}

const nothing =
  'Traffic is not looked at by itself: nothing is configured that tells it. Name dataSources.prometheus, or logs.access or url of a service, in mayday.yaml.';
/** Reading logs ends before the whole check does: what was read until then is told. */
const logShare = 0.7;

/**
 * Check 5: request rates and what requests have in common, now against before. Each service is looked at through Prometheus, its
 * access logs and its own metrics at once; of each aspect the first of them that can tell counts.
 * Where Prometheus or the logs fail, that is *unknown* whatever the others tell.
 */
export function createTrafficCheck(tools: TrafficTools): SignalCheck {
  return {
    check: 'traffic',
    observe: async (context, signal) => {
      const charts = new Map<TrafficSource, Chart>();
      const looks = context.targets.services.map((service) => ({
        service,
        sources: sourcesOf(service, context, tools),
      }));
      const tasks = looks.flatMap(({ service, sources }) =>
        sources.map((source) => taskOf(service, source, context, charts)),
      );
      const limits = { now: context.clock, limitMs: context.limitMs, signal };
      const observations = firstThatCanTell(await observeAll(tasks, limits));
      // Of the first source of each service that has one, whichever answered first.
      const shown = looks.flatMap(({ sources }) => sources.flatMap((source) => charts.get(source) ?? []).slice(0, 1));
      return { observations, nothing, ...(shown.length === 0 ? {} : { charts: shown }) };
    },
  };
}

/** One place that tells a service's traffic. */
interface TrafficSource {
  readonly shown: string;
  /** What it is told as when it fails. Absent where it matters only as long as no other source tells the same. */
  readonly failing?: Pick<ObservationTask, 'id' | 'name'>;
  /** Undefined when there is nothing, and nobody said that there is. */
  look(signal: AbortSignal): Promise<TrafficView | undefined>;
}

/** In the order in which they are trusted. */
function sourcesOf(service: TargetService, context: SignalContext, tools: TrafficTools): readonly TrafficSource[] {
  const { metrics, accessLogs = [] } = service;
  const server = metricsServerOf(service, context.targets);
  return [
    ...(server === undefined ? [] : [prometheusSource(service, tools.prometheusOf(server), context)]),
    ...(accessLogs.length === 0 ? [] : [logSource(service, accessLogs, context, tools.logs)]),
    ...(metrics?.endpoint === undefined ? [] : [ownSource(metrics.endpoint, context, tools.scrapes)]),
  ];
}

function prometheusSource(service: TargetService, reader: ReadsMetrics, context: SignalContext): TrafficSource {
  const windows = trafficWindows(context.now, context.impactStart);
  return {
    shown: reader.shown,
    failing: { id: `${service.name}/prometheus`, name: 'traffic in Prometheus' },
    look: (signal) => {
      const limits = comparisonLimits(reader.shown, context.limitMs, signal);
      return prometheusView(reader, asConfigured(service), windows, limits);
    },
  };
}

function logSource(
  { name, folder }: TargetService,
  globs: readonly string[],
  { now, impactStart, limitMs }: SignalContext,
  logs: ReadsLogs,
): TrafficSource {
  const windows = trafficWindows(now, impactStart);
  const shown = globs.join(', ');
  return {
    shown,
    failing: accessLogsOf(name),
    look: async (signal) => {
      const limits = { maxBytes: defaultMaxBytes, giveUpMs: logShare * limitMs, signal };
      return logView(await readLogTraffic(logs, { globs, folder }, windows, limits), windows, shown);
    },
  };
}

function ownSource(
  endpoint: Endpoint & { readonly assumed?: true },
  { impactStart }: SignalContext,
  scrapes: ScrapesServices,
): TrafficSource {
  const url = webAddressOf(endpoint.url);
  const source = url === undefined ? endpoint.url : shownAddress(url);
  return {
    shown: source,
    look: async (signal) => {
      try {
        const pair = await scrapes.pair(endpoint, signal);
        return scrapeView({ pair, remembered: scrapes.remembered(endpoint), impactStart, source });
      } catch (error) {
        if (endpoint.assumed === true && isNotThere(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Nothing at an address that nobody named, or something else: it says nothing. */
function isNotThere(error: unknown): boolean {
  if (isIncidentError(error, 'notFound')) return true;
  const failure = isIncidentError(error, 'outside') && 'failure' in error ? error.failure : undefined;
  return failure === 'notFound' || failure === 'malformed';
}

function taskOf(
  service: TargetService,
  source: TrafficSource,
  { clock }: SignalContext,
  charts: Map<TrafficSource, Chart>,
): ObservationTask {
  const { name } = service;
  const requests = { ...aspectOf(name, 'rate'), source: source.shown };
  return {
    ...requests,
    ...source.failing,
    observe: async (signal) => {
      const view = await source.look(signal).catch((error: unknown) => {
        if (!isIncidentError(error, 'notFound')) throw error;
        return error;
      });
      if (view === undefined) return [];
      // It answered that it knows nothing of them: that is no failure, and another source may.
      if (view instanceof Error) return [unseen(requests, clock(), reasonOf(view))];
      const { chart } = view;
      if (chart !== undefined) {
        charts.set(source, { ...chart, id: `${name}/rate`, title: `${name}: requests per second` });
      }
      return trafficObservations(name, view, clock());
    },
  };
}
