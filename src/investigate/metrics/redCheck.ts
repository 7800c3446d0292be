import type { DataSource, Endpoint } from '../../config/signalConfiguration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { lookPart } from '../../signals/lookPart.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import type { ScrapesServices } from '../../signals/metrics/scrape.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import { lateText, observeAll, unseen } from '../../signals/observeAll.ts';
import type { SignalCheck, SignalContext, SignalTargets, TargetService } from '../signalCheck.ts';
import { metricsServerOf } from '../signalTargets.ts';
import { observeExposed } from './observeExposed.ts';
import { observeServer } from './observeServer.ts';

export interface RedTools {
  readonly prometheusOf: (source: DataSource) => ReadsMetrics;
  readonly scrapes: ScrapesServices;
}

/**
 * Check 7, its first half: rate, errors and durations of each service's requests now against before impact, from Prometheus, else
 * from what the service itself exposes.
 */
export function createRedCheck(tools: RedTools): SignalCheck {
  return {
    check: 'metrics',
    observe: async (context, signal) => {
      const charts = new Map<string, readonly Chart[]>();
      const tasks = context.targets.services.flatMap((service) => {
        const sources = sourcesOf(service, context.targets);
        return sources === undefined ? [] : [taskOf(tools, { service, sources, context, charts })];
      });
      const { clock, limitMs } = context;
      const observations = await observeAll(tasks, { now: clock, limitMs, signal });
      const drawn = tasks.flatMap(({ subject }) => charts.get(subject) ?? []);
      return { observations, nothing, charts: drawn };
    },
  };
}

/** Of the check's time: a server that is silent leaves the rest to the service itself. */
const serverShare = 0.6;

const nothing =
  'There are no metrics to look at: give the services in mayday.yaml their url or metrics, or name a Prometheus under dataSources.';

/** Where a service's metrics are: a server, its own endpoint, or a server by a name that none has. */
interface Sources {
  readonly server?: DataSource;
  readonly missing?: string;
  readonly endpoint?: Endpoint & { readonly assumed?: true };
}

function sourcesOf(service: TargetService, targets: SignalTargets): Sources | undefined {
  const server = metricsServerOf(service, targets);
  const missing = server === undefined ? service.metrics?.source : undefined;
  const endpoint = service.metrics?.endpoint;
  if (server === undefined && missing === undefined && endpoint === undefined) return undefined;
  return definedFields({ server, missing, endpoint });
}

interface ServiceLook {
  readonly service: TargetService;
  readonly sources: Sources;
  readonly context: SignalContext;
  /** By service; filled as they are drawn. */
  readonly charts: Map<string, readonly Chart[]>;
}

function taskOf(tools: RedTools, look: ServiceLook): ObservationTask {
  const { service, sources, context, charts } = look;
  const { name } = service;
  const source = sources.server?.url ?? sources.endpoint?.url ?? 'mayday.yaml';
  const about = { id: `${name}/metrics`, subject: name, name: 'metrics', source };
  const exposed = async (endpoint: Endpoint, signal: AbortSignal) => {
    const found = await observeExposed(tools.scrapes, { service: name, endpoint }, signal);
    charts.set(name, found.charts);
    return found.observations;
  };
  const unknown = (id: string, reason: string) => unseen({ ...about, id: `${name}/${id}` }, context.clock(), reason);
  return {
    ...about,
    observe: async (signal) => {
      const { server, missing, endpoint } = sources;
      if (server === undefined) {
        const problem = missing === undefined ? [] : [unknown('prometheus', missingText(missing))];
        return [...(endpoint === undefined ? [] : await exposed(endpoint, signal)), ...problem];
      }
      const keepCharts = (drawn: readonly Chart[]) => void charts.set(name, drawn);
      const stored = (limitMs: number, ending: AbortSignal) => {
        const look = { service, context, hasOther: endpoint !== undefined, limitMs, keepCharts };
        return observeServer(tools.prometheusOf(server), look, ending);
      };
      if (endpoint === undefined) {
        const found = await stored(context.limitMs, signal);
        const none = `${server.name} has no series of it: give it metrics.selector in mayday.yaml`;
        return found ?? [unknown('metrics', none)];
      }
      const limitMs = serverShare * context.limitMs;
      const limits = { signal, enough: AbortSignal.timeout(limitMs), late: lateText(limitMs) };
      const found = await lookPart((ending) => stored(limitMs, ending), limits);
      if (found.kind === 'told') return found.value ?? exposed(endpoint, signal);
      return [...(await exposed(endpoint, signal)), unknown('prometheus', found.why)];
    },
  };
}

function missingText(name: string): string {
  return `mayday.yaml names no Prometheus ${name} under dataSources`;
}
