import type { Folding, Reducers } from './draft.ts';
import { cancel, correctFinish, finish, finishAtLatest, start, undo, withdraw } from './ledger.ts';
import { worseOf } from './severity.ts';

/** From the declaration to the close. */
export const reduceLifecycle: Reducers<
  | 'writer.opened'
  | 'incident.declared'
  | 'incident.acknowledged'
  | 'incident.edited'
  | 'severity.changed'
  | 'moment.corrected'
  | 'status.changed'
  | 'incident.resolved'
  | 'incident.reopened'
  | 'incident.closed'
  | 'event.corrected'
  | 'event.retracted'
> = {
  // These three are read before anything else: see foldIncident.
  'writer.opened': () => undefined,
  'event.corrected': () => undefined,
  'event.retracted': () => undefined,

  'incident.declared': (folding, event) => {
    const { draft } = folding;
    if (draft.declared !== undefined) return;
    const { data } = event;
    draft.declared = { event: event.id, at: event.at, by: event.by };
    draft.name = data.name;
    draft.title = data.title;
    draft.impact = data.impact;
    draft.channel = data.channel;
    draft.service = data.service;
    draft.ticket = data.ticket;
    draft.symptom = data.symptom;
    draft.confidential = data.confidential;
    draft.drill = data.drill ?? false;
    draft.policy = data.policy;
    draft.severity = data.severity;
    draft.dutySeverity = data.severity;
    draft.moments.detected ??= data.detected;
    if (data.impactStart !== undefined) draft.moments.impactStart ??= data.impactStart;
    start(folding, data.due, event);
  },

  'incident.acknowledged': (folding, event) => {
    const { moments } = folding.draft;
    if (moments.acknowledged !== undefined) return;
    finishAtLatest(folding, 'respond', event.at);
    moments.acknowledged = event.at;
  },

  'incident.edited': ({ draft }, { data }) => {
    draft.title = data.title ?? draft.title;
    draft.impact = data.impact ?? draft.impact;
    draft.symptom = data.symptom ?? draft.symptom;
    draft.service = data.service ?? draft.service;
    draft.ticket = data.ticket ?? draft.ticket;
    draft.channel = data.channel ?? draft.channel;
  },

  'severity.changed': (folding, event) => {
    const { draft } = folding;
    const { to, misclassified, withdrawn, due } = event.data;
    draft.severity = to;
    draft.dutySeverity = misclassified ? to : worseOf(draft.dutySeverity, to);
    for (const kind of withdrawn) withdraw(folding, kind, event.at);
    start(folding, due, event);
  },

  'moment.corrected': (folding, { data: { moment, time } }) => {
    const { moments } = folding.draft;
    if (time === undefined) {
      Reflect.deleteProperty(moments, moment);
      return;
    }
    moments[moment] = time;
    if (moment === 'acknowledged') correctFinish(folding, 'respond', time);
    if (moment === 'mitigated') correctFinish(folding, 'mitigate', time);
  },

  'status.changed': ({ draft }, { data }) => {
    if (!hasEnded(draft.status)) draft.status = data.to;
  },

  'incident.resolved': (folding, event) => {
    const { draft } = folding;
    if (draft.closed !== undefined) return;
    const { rootCause, impactEnd, followUp, due } = event.data;
    draft.status = 'resolved';
    draft.moments.resolved = event.at;
    if (impactEnd !== undefined) draft.moments.impactEnd = impactEnd;
    draft.resolution = {
      at: event.at,
      by: event.by,
      ...(rootCause === undefined ? {} : { rootCause }),
      ...(followUp === undefined ? {} : { followUp }),
    };
    // Somebody saw it and it works again: nobody has to respond or mitigate any more, recorded or not.
    finish(folding, 'respond', event.at);
    finish(folding, 'mitigate', event.at);
    start(folding, due, event);
  },

  'incident.reopened': (folding, event) => {
    const { draft } = folding;
    if (!hasEnded(draft.status)) return;
    draft.status = 'investigating';
    draft.resolution = undefined;
    draft.closed = undefined;
    delete draft.moments.mitigated;
    delete draft.moments.impactEnd;
    delete draft.moments.resolved;
    draft.verification = Object.create(null) as typeof draft.verification;
    const { completedAt: _ended, ...postMortem } = draft.postMortem;
    draft.postMortem = postMortem;
    draft.review = undefined;
    for (const kind of ['postMortem', 'review'] as const) withdraw(folding, kind, event.at);
    for (const kind of ['mitigate', 'communicate', 'postMortem', 'review'] as const) undo(folding, kind);
    start(folding, event.data.due, event);
  },

  'incident.closed': (folding, event) => {
    const { draft } = folding;
    if (draft.closed !== undefined) return;
    const { outcome, reason, duplicateOf } = event.data;
    draft.status = 'closed';
    draft.closed = {
      at: event.at,
      by: event.by,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(duplicateOf === undefined ? {} : { duplicateOf }),
    };
    for (const kind of ['respond', 'mitigate', 'communicate', 'postMortem', 'review'] as const) {
      if (outcome === 'completed') withdraw(folding, kind, event.at);
      else cancel(folding, kind);
    }
  },
};

function hasEnded(status: Folding['draft']['status']): boolean {
  return status === 'resolved' || status === 'closed';
}
