import type { Objective } from '../../config/signalConfiguration.ts';
import { windowedQuery } from './promqlWindow.ts';

/** PromQL with `$window` in it that counts requests, good or bad ones of all. */
export interface EventQueries {
  readonly total: string;
  readonly count: 'bad' | 'good';
  readonly query: string;
}

/** An objective as it is asked of a server. */
export interface AskedObjective extends Pick<Objective, 'name' | 'target' | 'windowDays'> {
  readonly queries: EventQueries;
  /** What a person should know about how it is computed, sentences. */
  readonly notes: readonly string[];
}

/** What can be made of an objective: itself with its queries, or why there are none, the rest of a sentence. */
export type ReadyObjective =
  | { readonly kind: 'asked'; readonly objective: AskedObjective }
  | { readonly kind: 'problem'; readonly problem: string };

/** Counts with `$window` in them and what to say of them, or why there are none, the rest of a sentence. */
export type Counts = { readonly queries: EventQueries; readonly note: string } | { readonly problem: string };

/** What is recognised of a service's requests, for objectives without PromQL. */
export interface RequestExpressions {
  /** Failed ones of all. */
  readonly availability: Counts;
  /** Those answered within the threshold, of all. */
  within(thresholdMs: number): Counts;
}

/** PromQL for an objective, from what it says itself or from what is recognised of the service's requests. Throws what `requests` throws. */
export async function askedObjective(
  objective: Objective,
  requests: () => Promise<RequestExpressions>,
): Promise<ReadyObjective> {
  const { name, target, windowDays } = objective;
  const counts = await countsOf(objective, requests);
  if ('problem' in counts) return { kind: 'problem', problem: counts.problem };
  const { queries, note } = counts;
  return { kind: 'asked', objective: { name, target, windowDays, queries, notes: note === '' ? [] : [note] } };
}

async function countsOf(objective: Objective, requests: () => Promise<RequestExpressions>): Promise<Counts> {
  switch (objective.kind) {
    case 'availability':
      return (await requests()).availability;
    case 'latency':
      return (await requests()).within(objective.thresholdMs);
    case 'queries':
      return givenQueries(objective);
  }
}

function givenQueries({ bad, good, total }: Extract<Objective, { kind: 'queries' }>): Counts {
  const count = bad === undefined ? 'good' : 'bad';
  const counted = bad ?? good;
  if (counted === undefined) return { problem: 'it has neither good nor bad' };
  const [all, some] = [windowedQuery(total), windowedQuery(counted)];
  if (all.kind === 'problem') return { problem: `its total ${all.problem}` };
  if (some.kind === 'problem') return { problem: `its ${count} ${some.problem}` };
  return { queries: { total: all.query, count, query: some.query }, note: '' };
}
