import type { IsoTime } from '../../incident/isoTime.ts';
import { doubted } from '../../signals/metrics/serverDoubt.ts';
import { observation, type Observation } from '../../signals/observation.ts';
import { type TrafficAspect, trafficAspects, type TrafficView } from '../../signals/traffic/trafficView.ts';

/** What each aspect is called behind a service's name. */
const names: Readonly<Record<TrafficAspect, string>> = {
  rate: 'requests',
  paths: 'paths',
  statuses: 'status classes',
  clients: 'clients',
  userAgents: 'user agents',
};

/** An aspect's id and name, before anything is known of it. */
export function aspectOf(service: string, aspect: TrafficAspect): Pick<Observation, 'id' | 'subject' | 'name'> {
  return { id: `${service}/${aspect}`, subject: service, name: names[aspect] };
}

/** What access logs are called where they could not, or not all, be read. */
export function accessLogsOf(service: string): Pick<Observation, 'id' | 'subject' | 'name'> {
  return { id: `${service}/accessLogs`, subject: service, name: 'access logs' };
}

/** What one source tells of a service, an observation for each aspect; and one *unknown* for what it could not see. */
export function trafficObservations(service: string, view: TrafficView, at: IsoTime): readonly Observation[] {
  const { source, notes, problems, doubt } = view;
  const seen = trafficAspects.flatMap((aspect): Observation[] => {
    const one = view.seen[aspect];
    if (one === undefined) return [];
    const details = [...one.details, ...(aspect === 'rate' ? notes : [])];
    return [
      observation({
        ...doubted({ ...aspectOf(service, aspect), verdict: one.verdict, text: one.text, source, at }, doubt),
        ...(details.length === 0 ? {} : { details }),
      }),
    ];
  });
  if (problems.length === 0) return seen;
  const [first = ''] = problems;
  const rest = problems.length - 1;
  const text = `do not tell all: ${first.replace(/\.$/, '')}${rest > 0 ? `; ${String(rest)} more` : ''}`;
  return [...seen, observation({ ...accessLogsOf(service), source, at, details: problems, verdict: 'unknown', text })];
}

/**
 * One observation for each id, of the first source that could tell: the sources come in the order in which they are trusted. What
 * the others could not tell is among its details.
 */
export function firstThatCanTell(observations: readonly Observation[]): readonly Observation[] {
  const ids = [...new Set(observations.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const all = observations.filter((one) => one.id === id);
    const chosen = all.find(({ verdict }) => verdict !== 'unknown' && verdict !== 'notApplicable') ?? all[0];
    if (chosen === undefined) return [];
    const unseen = all.filter((one) => one !== chosen && one.verdict === 'unknown');
    if (unseen.length === 0) return [chosen];
    const details = [...unseen.map(({ source, text }) => `Not told by ${source}: ${text}`), ...(chosen.details ?? [])];
    return [observation({ ...chosen, details })];
  });
}
