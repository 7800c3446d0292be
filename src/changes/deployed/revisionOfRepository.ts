import { revisionsText } from './differingServices.ts';
import type { RunningRevision, ServiceRevision } from './runningRevision.ts';

/**
 * What runs of a repository with several services: the one that `service` names, else what all of them agree on. Services
 * that run different revisions, or of which one is unknown, leave the repository's unknown; the former are told as `differing`.
 */
export function revisionOfRepository(all: readonly ServiceRevision[], service?: string): RunningRevision {
  const named = all.find((one) => one.service !== undefined && one.service.toLowerCase() === service?.toLowerCase());
  const [first] = named === undefined ? all : [named];
  if (first === undefined) return { kind: 'unknown', reason: 'Nobody was asked what runs.' };
  if (named !== undefined || all.length === 1) return first.running;
  const unknown = all.filter(({ running }) => running.kind === 'unknown');
  const [known, ...others] = all.flatMap(({ running }) => (running.kind === 'known' ? [running] : []));
  const agree = known !== undefined && others.every(({ commit }) => commit === known.commit);
  if (agree && unknown.length === 0) return known;
  if (known === undefined) return first.running;
  return {
    kind: 'unknown',
    reason: `The services do not run one revision: ${revisionsText(all)}. Name the incident’s service to look at its own.`,
    ...(unknown.length === 0 ? { differing: all } : {}),
  };
}
