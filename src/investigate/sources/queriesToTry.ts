import type { DataSource, Objective } from '../../config/signalConfiguration.ts';
import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { WindowedQuery } from '../../signals/objectives/promqlWindow.ts';
import { queryOver, windowedQuery } from '../../signals/objectives/promqlWindow.ts';
import type { SourceToTry } from './sourceToTry.ts';

/** The shortest window that a burn rate is computed over. */
const windowMinutes = 5;

/** The PromQL that a team gave for a service and its objectives, each to be run once on the server that keeps its metrics. */
export function queriesToTry(
  { name, metrics, objectives = [] }: Pick<ServiceConfiguration, 'name' | 'metrics' | 'objectives'>,
  server: DataSource | undefined,
): readonly SourceToTry[] {
  if (server === undefined) return [];
  const asked = (what: string, written: string, query: WindowedQuery, mayBeEmpty: boolean): SourceToTry => ({
    ...{ id: `${name}/query/${what}`, subject: name, name: what },
    source: `${redactedLine(written, 200)} in ${server.name}`,
    target: { kind: 'query', server, query, mayBeEmpty },
  });
  return [
    ...Object.entries(metrics?.queries ?? {}).map(([what, query]) =>
      // A server has no series of errors before the first one.
      asked(`metrics.queries.${what}`, query, { kind: 'query', query }, what === 'errors'),
    ),
    ...objectives.flatMap((objective) =>
      partsOf(objective).map(([part, query]) =>
        asked(`${part} of ${objective.name}`, query, overOneWindow(query), part === 'bad'),
      ),
    ),
  ];
}

function partsOf(objective: Objective): readonly (readonly [part: string, query: string])[] {
  if (objective.kind !== 'queries') return [];
  const { bad, good, total } = objective;
  return Object.entries({ total, bad, good }).flatMap(([part, query]) => (query === undefined ? [] : [[part, query]]));
}

/** As it is asked for: the sum of what it gives for a window. */
function overOneWindow(written: string): WindowedQuery {
  const windowed = windowedQuery(written);
  if (windowed.kind === 'problem') return windowed;
  return { kind: 'query', query: `sum(${queryOver(windowed.query, windowMinutes)})` };
}
