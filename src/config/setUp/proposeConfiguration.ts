import { redactedLine } from '../../safety/redactedLine.ts';
import type { CollectedFacts } from './collectFacts.ts';
import { factsOf } from './facts.ts';
import type { Proposal } from './proposal.ts';
import { proposalText } from './proposalText.ts';
import { proposeServers } from './proposeServers.ts';
import { mostServices, proposeServices } from './proposeServices.ts';
import { routedFacts, strayIngresses } from './routedFacts.ts';

/** A first version of mayday.yaml from what files say: it parses without a word, and every value says where it comes from. */
export function proposeConfiguration({ facts: found, doubts }: CollectedFacts): string {
  const facts = routedFacts(found);
  const services = proposeServices(facts);
  const proposal: Proposal = { services, servers: proposeServers(facts), notes: [] };
  const jobs = factsOf(facts, 'job').filter(
    ({ job, hosts }) => !hosts.includes('localhost') && !services.some((service) => service.job?.value === job),
  );
  const strays = factsOf(facts, 'openslo').filter(
    ({ service }) => services.length !== 1 && !services.some(({ name }) => name === service),
  );
  const logs = services.length === 1 ? [] : factsOf(facts, 'accessLog');
  const names = new Set(
    factsOf(facts, 'service')
      .filter(({ by }) => by !== 'package')
      .map(({ service }) => service),
  );
  const notes = [
    ...factsOf(facts, 'alertRules').map(
      ({ names: alerts, place }) =>
        `${place.path}:${String(place.line)} has ${String(alerts.length)} alert ${alerts.length === 1 ? 'rule' : 'rules'}: ${alerts.slice(0, 5).join(', ')}. The Alerts view shows what fires once its server is named.`,
    ),
    ...jobs.map(
      ({ job, place }) => `${place.path}:${String(place.line)} scrapes the job ${job}, and no service is called so.`,
    ),
    ...strayIngresses(
      facts,
      services.map(({ name }) => name),
    ).map(
      ({ host, backend, place }) =>
        `${place.path}:${String(place.line)} leads ${host} to the Service ${backend}, and no workload here is behind it.`,
    ),
    ...strays.map(({ place }) => `${place.path}:${String(place.line)} is an objective (OpenSLO) of no service here.`),
    ...logs.map(
      ({ log, place }) =>
        `${place.path}:${String(place.line)} writes an access log to ${log}; which service's it is, it does not say.`,
    ),
    ...(names.size > services.length && services.length === mostServices
      ? [`${String(names.size)} services were found; these are the first ${String(mostServices)}.`]
      : []),
    ...doubts,
  ];
  return proposalText({ ...proposal, notes: notes.slice(0, 40).map((note) => redactedLine(note, 300)) });
}
