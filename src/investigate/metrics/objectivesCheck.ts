import type { Objective } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import { limitedReads } from '../../signals/metrics/limitedReads.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import { askedObjective } from '../../signals/objectives/askedObjective.ts';
import type { RequestExpressions } from '../../signals/objectives/askedObjective.ts';
import { burnChart } from '../../signals/objectives/burnChart.ts';
import { observeObjective } from '../../signals/objectives/observeObjective.ts';
import { openSloObjectives } from '../../signals/objectives/openSloObjectives.ts';
import type { FileProblem, ReadsTeamFiles } from '../../signals/objectives/teamFiles.ts';
import type { Observation } from '../../signals/observation.ts';
import { observation } from '../../signals/observation.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import { observeAll, unseen } from '../../signals/observeAll.ts';
import type { SignalCheck, SignalContext, SignalTargets, TargetService } from '../signalCheck.ts';
import { asConfigured } from '../signalTargets.ts';

/** What the check of objectives needs. */
export interface ObjectiveTools {
  /** The server that keeps a service's metrics; undefined when none is configured. */
  metricsOf(service: TargetService, targets: SignalTargets): ReadsMetrics | undefined;
  /**
   * What is recognised of a service's requests, for objectives without PromQL; asked at most once per service and look.
   * Throws IncidentError.
   */
  requestsOf(service: TargetService, metrics: ReadsMetrics, signal: AbortSignal): Promise<RequestExpressions>;
  readonly readFiles: ReadsTeamFiles;
}

/** An objective of a service, with what to say of it when it is not of mayday.yaml. */
interface ServiceObjective {
  readonly service: TargetService;
  readonly objective: Objective;
  readonly notes?: readonly string[];
}

/** Prometheus works out twenty at a time when nobody says otherwise, and is asked by others too. */
const mostQuestions = 10;

const nothing = 'No objectives are configured (`objectives` of a service in mayday.yaml).';

/**
 * How fast the error budgets burn (the multi-window table of the SRE Workbook) and what is left of them: one observation and one
 * chart per objective. Objectives of mayday.yaml and of OpenSLO files.
 */
export function createObjectivesCheck(tools: ObjectiveTools): SignalCheck {
  return {
    check: 'metrics',
    observe: async (context, signal) => {
      const startedMs = performance.now();
      const limits = (limitMs: number) => ({ now: context.clock, limitMs, signal });
      const files = await readFromFiles(context, tools, limits(context.limitMs / 2));
      const objectives = [...context.targets.services.flatMap(configured), ...files.objectives];
      const charts = new Map<string, Chart>();
      const looking = {
        metricsOf: limitedOnce(tools, context.targets),
        context,
        charts,
        requests: requestsOnce(tools),
      };
      const tasks = distinct(objectives).map((one) => objectiveTask(one, looking));
      const left = Math.max(1, context.limitMs - (performance.now() - startedMs));
      const seen = await observeAll(tasks, limits(left));
      const shown = tasks.flatMap(({ id }) => charts.get(id) ?? []);
      return { observations: [...files.problems, ...seen], nothing, ...(shown.length === 0 ? {} : { charts: shown }) };
    },
  };
}

function configured(service: TargetService): readonly ServiceObjective[] {
  return (service.objectives ?? []).map((objective) => ({ service, objective }));
}

/** The objectives of the OpenSLO files, and what could not be read of them, which keeps the check from being *ok*. */
async function readFromFiles(
  { targets }: SignalContext,
  { readFiles }: ObjectiveTools,
  limits: Parameters<typeof observeAll>[1],
): Promise<{ readonly objectives: readonly ServiceObjective[]; readonly problems: readonly Observation[] }> {
  const objectives: ServiceObjective[] = [];
  const tasks = targets.services.flatMap((service): readonly ObservationTask[] => {
    const { openSlo = [], folder, name: subject } = service;
    if (openSlo.length === 0) return [];
    const about = { id: `${subject}/openslo`, subject, name: 'OpenSLO', source: openSlo.join(', ') };
    const observe = async (signal: AbortSignal): Promise<readonly Observation[]> => {
      const { files, problems } = await readFiles(folder, openSlo, signal);
      const read = await openSloObjectives(files, asConfigured(service).name);
      // After the limit nobody waits for them.
      if (signal.aborted) return [];
      objectives.push(
        ...read.objectives.map(({ objective, path, line, note }) => ({
          ...{
            service,
            objective,
            notes: [`Written in ${path}:${String(line)}.`, ...(note === undefined ? [] : [note])],
          },
        })),
      );
      const at = limits.now();
      return [...problems, ...read.problems].map((problem) => problemSeen(about, problem, at));
    };
    return [{ ...about, observe }];
  });
  const problems = await observeAll(tasks, limits);
  return { objectives, problems };
}

function problemSeen(
  { id, subject, name }: Pick<ObservationTask, 'id' | 'subject' | 'name'>,
  { path, line, message }: FileProblem,
  at: IsoTime,
): Observation {
  const place = line === undefined ? path : `${path}:${String(line)}`;
  const text = `${place}: ${message.replace(/\.$/, '')}`;
  return observation({ id: `${id}/${place}`, subject, name, verdict: 'unknown', text, source: place, at });
}

/** Two objectives of one name, in several files or folders, are two. */
function distinct(objectives: readonly ServiceObjective[]): readonly (ServiceObjective & { readonly id: string })[] {
  const times = new Map<string, number>();
  return objectives.map((one) => {
    const id = `${one.service.name}/objective/${one.objective.name}`;
    const count = (times.get(id) ?? 0) + 1;
    times.set(id, count);
    return { ...one, id: count === 1 ? id : `${id}/${String(count)}` };
  });
}

type MetricsOf = (service: TargetService) => ReadsMetrics | undefined;

interface Looking {
  readonly metricsOf: MetricsOf;
  readonly context: SignalContext;
  /** By the id of the task. */
  readonly charts: Map<string, Chart>;
  readonly requests: ObjectiveTools['requestsOf'];
}

function objectiveTask(
  { service, objective, notes = [], id }: ServiceObjective & { readonly id: string },
  { metricsOf, context, charts, requests }: Looking,
): ObservationTask {
  const metrics = metricsOf(service);
  const about = { id, subject: service.name, name: objective.name, source: metrics?.shown ?? 'mayday.yaml' };
  const unknown = (reason: string) => [unseen(about, context.clock(), reason)];
  const observe = async (signal: AbortSignal): Promise<readonly Observation[]> => {
    if (metrics === undefined) {
      return unknown('no Prometheus is configured for it (`dataSources.prometheus` in mayday.yaml)');
    }
    const ready = await askedObjective(objective, () => requests(service, metrics, signal));
    if (ready.kind === 'problem') return unknown(ready.problem);
    const asked = { ...ready.objective, notes: [...ready.objective.notes, ...notes] };
    const look = { objective: asked, metrics, id, subject: service.name, now: context.clock };
    const [seen, chart] = await Promise.all([
      observeObjective(look, signal),
      burnChart(metrics, asked, { id, end: context.now, signal }).catch(withoutChart),
    ]);
    if (chart !== undefined) charts.set(id, chart);
    return [seen];
  };
  return { ...about, observe };
}

/** A chart is more for whoever looks: without it the numbers of the observation are as true. */
function withoutChart(error: unknown): undefined {
  if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
  return undefined;
}

/** An objective asks seven questions, and there may be fifty of them. */
function limitedOnce({ metricsOf }: ObjectiveTools, targets: SignalTargets): MetricsOf {
  const known = new Map<ReadsMetrics, ReadsMetrics>();
  return (service) => {
    const metrics = metricsOf(service, targets);
    if (metrics === undefined) return undefined;
    const limited = known.get(metrics) ?? limitedReads(metrics, mostQuestions);
    known.set(metrics, limited);
    return limited;
  };
}

/** Several objectives of a service rest on the same metrics: they are looked for once. */
function requestsOnce({ requestsOf }: ObjectiveTools): ObjectiveTools['requestsOf'] {
  const known = new Map<TargetService, Promise<RequestExpressions>>();
  return (service, metrics, signal) => {
    const before = known.get(service);
    if (before !== undefined) return before;
    const asking = requestsOf(service, metrics, signal);
    known.set(service, asking);
    return asking;
  };
}
