import { definedFields } from './definedFields.ts';
import { deployKey } from './deployKey.ts';
import type { Folding, Reducers } from './draft.ts';
import { replaceAt } from './draft.ts';
import type { DueTime, EventOf } from './events.ts';
import { finish, finishAtLatest, pendingOf, settle, start } from './ledger.ts';
import type { Mitigation, ObservedDeploy } from './state.ts';

/** Investigation, mitigation, communication and verification: what responders do. */
export const reduceWork: Reducers<
  | 'check.completed'
  | 'finding.added'
  | 'chart.exported'
  | 'suspect.judged'
  | 'change.inspected'
  | 'deploy.observed'
  | 'mitigation.started'
  | 'mitigation.finished'
  | 'update.copied'
  | 'update.sent'
  | 'verification.checked'
  | 'verification.unchecked'
  | 'verification.waived'
  | 'note.added'
> = {
  'check.completed': ({ draft }, { id, at, by, data }) => {
    draft.checks[data.check] = { ...data, event: id, at, by, evidence: data.evidence ?? [] };
  },

  'finding.added': ({ draft }, { id, at, by, data }) => {
    draft.findings.push({ ...data, id, at, by });
  },

  'chart.exported': ({ draft }, { id, at, by, data }) => {
    // There are few.
    const index = draft.charts.findIndex(({ check, chart }) => check === data.check && chart === data.chart);
    if (index === -1) draft.charts.push({ ...data, id, at, by });
    else draft.charts[index] = { ...data, id, at, by };
  },

  'suspect.judged': ({ draft, suspectAt }, { at, by, data }) => {
    const index = suspectAt.get(data.commit);
    if (index === undefined) suspectAt.set(data.commit, draft.suspects.push({ ...data, at, by }) - 1);
    else draft.suspects[index] = { ...data, at, by };
  },

  'change.inspected': ({ draft, inspected }, { data }) => {
    for (const commit of data.commits) {
      if (inspected.has(commit.id)) continue;
      inspected.add(commit.id);
      draft.inspected.push(commit);
    }
  },

  'deploy.observed': ({ draft }, { at, data }) => {
    const deploy: ObservedDeploy = { ...data, at };
    const key = deployKey(deploy);
    // Two windows may have heard of it at once. There are few.
    if (!draft.deploys.some((known) => deployKey(known) === key)) draft.deploys.push(deploy);
  },

  'mitigation.started': (folding, event) => {
    const { mitigation, what, cause } = event.data;
    if (folding.mitigationAt.has(mitigation)) return;
    add(folding, {
      id: mitigation,
      what,
      ...definedFields({ cause }),
      startedAt: event.at,
      outcome: 'running',
      by: event.by,
    });
    if (isWorking(folding)) folding.draft.status = 'mitigating';
  },

  'mitigation.finished': (folding, event) => {
    keepOutcome(folding, event);
    if (event.data.outcome !== 'worked') return;
    if (folding.draft.moments.mitigated === undefined) finishAtLatest(folding, 'mitigate', event.at);
    folding.draft.moments.mitigated ??= event.at;
    if (isWorking(folding)) folding.draft.status = 'monitoring';
  },

  'update.copied': () => undefined,

  'update.sent': (folding, event) => {
    const { update, kind, status, text, document, due } = event.data;
    const { id, at, by } = event;
    folding.draft.updates.push({ id: update, event: id, kind, text, at, by, ...definedFields({ status, document }) });
    if (kind === 'resolved') finish(folding, 'communicate', at);
    else if (!setsTheRunningClock(folding, due)) {
      settle(folding, 'communicate', at);
      start(folding, due, event);
    }
  },

  'verification.checked': ({ draft }, { at, by, data }) => {
    draft.verification[data.item] = { kind: 'checked', at, by, ...definedFields({ how: data.how }) };
  },

  'verification.unchecked': ({ draft }, { data }) => {
    Reflect.deleteProperty(draft.verification, data.item);
  },

  'verification.waived': ({ draft }, { at, by, data }) => {
    for (const item of data.items) draft.verification[item] = { kind: 'waived', at, by, reason: data.reason };
  },

  'note.added': () => undefined,
};

function keepOutcome(folding: Folding, { at, by, data }: EventOf<'mitigation.finished'>): void {
  const { mitigation, what, cause, outcome, note } = data;
  const finished = { id: mitigation, what, outcome, finishedAt: at, by, ...definedFields({ cause, note }) };
  const index = folding.mitigationAt.get(mitigation);
  if (index === undefined) add(folding, finished);
  else replaceAt(folding.draft.mitigations, index, (started) => ({ ...started, ...finished }));
}

function add({ draft, mitigationAt }: Folding, mitigation: Mitigation): void {
  mitigationAt.set(mitigation.id, draft.mitigations.push(mitigation) - 1);
}

/** A message entered belatedly repeats the due time that a later one had set: it does not answer that one. */
function setsTheRunningClock(folding: Folding, due: readonly DueTime[]): boolean {
  const running = pendingOf(folding, 'communicate');
  return due.some(
    ({ kind, from, dueAt }) => kind === 'communicate' && from === running?.from && dueAt === running.dueAt,
  );
}

function isWorking({ draft }: Folding): boolean {
  return draft.status !== 'resolved' && draft.status !== 'closed';
}
