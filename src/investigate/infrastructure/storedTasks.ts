import type { DataSource } from '../../config/signalConfiguration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { atMost } from '../../signals/infrastructure/atMost.ts';
import { recognisedResources } from '../../signals/infrastructure/recognisedResources.ts';
import { isRecognised, type Resource } from '../../signals/infrastructure/resource.ts';
import { podMatchers, serviceMatchers, workloadMatcher } from '../../signals/infrastructure/serviceSeries.ts';
import { storedReadings } from '../../signals/infrastructure/storedReadings.ts';
import type { SeriesSight } from '../../signals/infrastructure/storedSight.ts';
import { firstSight, seriesSight, throughGate } from '../../signals/infrastructure/storedSight.ts';
import { isShared, tellReadings } from '../../signals/infrastructure/tellReadings.ts';
import { comparisonLimits } from '../../signals/lookPart.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import type { Observation } from '../../signals/observation.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import { unseen } from '../../signals/observeAll.ts';
import type { SignalContext, TargetService } from '../signalCheck.ts';
import { asConfigured } from '../signalTargets.ts';

type Named = Pick<TargetService, 'name' | 'configuredName' | 'metrics' | 'kubernetes'>;

export interface StoredSources {
  readonly sources: readonly DataSource[];
  readonly services: readonly Named[];
  readonly metricsFor: (source: DataSource) => ReadsMetrics;
}

/** So many questions at once are enough for a server that may have trouble itself. */
const mostAtOnce = 6;

/** What servers that keep metrics tell of services, and of the machines and databases that they see. */
export function storedTasks(
  { sources, services, metricsFor }: StoredSources,
  context: Pick<SignalContext, 'clock' | 'impactStart' | 'limitMs'>,
): readonly ObservationTask[] {
  return sources.flatMap((source, index) => {
    const reader = throughGate(metricsFor(source), atMost(mostAtOnce));
    const own = services.filter(({ metrics }) => sourceIndexOf(metrics?.source, sources) === index);
    return tasksOf(reader, own, context);
  });
}

/** The source that a service's metrics are in; the first where it names none, or none that is there. */
function sourceIndexOf(name: string | undefined, sources: readonly DataSource[]): number {
  return Math.max(
    0,
    sources.findIndex((one) => one.name === name),
  );
}

function tasksOf(
  reader: ReadsMetrics,
  services: readonly Named[],
  context: Pick<SignalContext, 'clock' | 'impactStart' | 'limitMs'>,
): readonly ObservationTask[] {
  const { name: source, shown } = reader;
  const look = lookOnce(reader);
  const whole: ObservationTask = {
    ...{ id: `${source}/names`, subject: source, name: 'metrics', source: shown },
    observe: async (signal) => {
      await look(signal).names;
      return [];
    },
  };
  const rows = recognisedResources.flatMap((resource) => {
    if (isShared(resource.scope)) return [taskOf(resource, undefined)];
    return services.map((service) => taskOf(resource, service));
  });
  return [whole, ...rows];

  function taskOf(resource: Resource, service: Named | undefined): ObservationTask {
    const prefix = service === undefined ? source : `${service.name}@${source}`;
    const subject = service?.name ?? source;
    const basis = { id: `${prefix}/${resource.id}`, subject, name: resource.name || resource.id, source: shown };
    return {
      ...basis,
      observe: async (signal): Promise<readonly Observation[]> => {
        const limits = comparisonLimits(shown, context.limitMs, signal);
        const sight = await sightFor(look(signal), resource, service);
        if (sight === undefined || !isRecognised(resource, sight.names)) return [];
        const { impactStart, clock } = context;
        const request = { reader, ...sight, impactStart, now: clock(), limits };
        const { readings, query, warnings, unread } = await storedReadings(resource, request);
        const at = clock();
        if (readings.length === 0 && isGap(resource)) {
          return [unseen(basis, at, 'it has no value now, though it had some in the last hours')];
        }
        return tellReadings(resource, readings, {
          ...{ prefix, at, warnings, source: `${shown}: ${query}`, shown: source },
          ...definedFields({ service: service?.name, unread }),
        });
      },
    };
  }
}

interface Look {
  readonly names: Promise<SeriesSight>;
  /** Undefined where the whole could not be seen: `names` says so, and not each resource once more. */
  readonly all: Promise<SeriesSight | undefined>;
  of(service: Named, scope: 'service' | 'pods'): Promise<SeriesSight | undefined>;
}

/** Looks which names there are, once for all who ask. */
function lookOnce(reader: ReadsMetrics): (signal: AbortSignal) => Look {
  let looking: Look | undefined;
  return (signal) => {
    looking ??= lookAt(reader, signal);
    return looking;
  };
}

function lookAt(reader: ReadsMetrics, signal: AbortSignal): Look {
  const names = seriesSight(reader, '', signal);
  const all = names.catch((error: unknown) => {
    if (!isIncidentError(error)) throw error;
    return undefined;
  });
  const found = new Map<string, Promise<SeriesSight | undefined>>();
  const of: Look['of'] = (service, scope) => {
    const key = JSON.stringify([service.name, scope]);
    const candidates =
      scope === 'service' ? serviceMatchers(asConfigured(service)) : podMatchers(asConfigured(service));
    const sight =
      found.get(key) ??
      all.then((whole) =>
        whole === undefined || whole.names.size === 0 ? undefined : firstSight(reader, scope, candidates, signal),
      );
    found.set(key, sight);
    return sight;
  };
  return { names, all, of };
}

async function sightFor(look: Look, resource: Resource, service: Named | undefined): Promise<SeriesSight | undefined> {
  if (service === undefined) return look.all;
  if (resource.scope === 'service' || resource.scope === 'pods') return look.of(service, resource.scope);
  const all = await look.all;
  return all === undefined ? undefined : { ...all, matchers: workloadMatcher(asConfigured(service), resource) };
}

/** True where no series now says that something no longer tells: not where only some series, or only trouble, are looked for. */
function isGap({ parts, silentWhenFine, scope }: Resource): boolean {
  const [first] = Object.values(parts);
  const isWhole = first?.kind === 'metric' && first.where === undefined && first.positive === undefined;
  return isWhole && silentWhenFine !== true && scope !== 'workload';
}
