import type { Folding, Reducers } from './draft.ts';
import { replaceAt } from './draft.ts';
import type { IsoTime } from './isoTime.ts';
import type { Role } from './words.ts';

/** Roles, handovers and snoozed deadlines. */
export const reduceResponse: Reducers<
  | 'role.assigned'
  | 'role.released'
  | 'handover.offered'
  | 'handover.accepted'
  | 'handover.declined'
  | 'deadline.snoozed'
> = {
  'role.assigned': (folding, event) => {
    assign(folding, event.data.role, event.data.person, event.at);
  },

  'role.released': (folding, event) => {
    const { role, person } = event.data;
    if (folding.draft.roles[role] !== person) return;
    endTerm(folding, role, event.at);
    Reflect.deleteProperty(folding.draft.roles, role);
  },

  'handover.offered': ({ draft, handoverAt }, event) => {
    const handover = { ...event.data, id: event.id, offeredAt: event.at, outcome: { kind: 'offered' } as const };
    handoverAt.set(event.id, draft.handovers.push(handover) - 1);
  },

  'handover.accepted': (folding, event) => {
    const index = folding.handoverAt.get(event.data.handover);
    const handover = index === undefined ? undefined : folding.draft.handovers[index];
    if (handover?.outcome.kind !== 'offered') return;
    replaceAt(folding.draft.handovers, index, (offered) => ({
      ...offered,
      outcome: { kind: 'accepted' as const, at: event.at, by: event.by },
    }));
    for (const role of handover.roles) assign(folding, role, handover.to, event.at);
  },

  'handover.declined': ({ draft, handoverAt }, event) => {
    replaceAt(draft.handovers, handoverAt.get(event.data.handover), (offered) => {
      if (offered.outcome.kind !== 'offered') return offered;
      return { ...offered, outcome: { kind: 'declined' as const, at: event.at, reason: event.data.reason } };
    });
  },

  'deadline.snoozed': ({ draft }, { data }) => {
    draft.snoozes[data.deadline] = { until: data.until, reason: data.reason };
  },
};

function assign(folding: Folding, role: Role, person: string, at: IsoTime): void {
  const { draft, openTermAt } = folding;
  if (draft.roles[role] === person) return;
  endTerm(folding, role, at);
  draft.roles[role] = person;
  openTermAt.set(role, draft.roleTerms.push({ role, person, from: at }) - 1);
}

function endTerm({ draft, openTermAt }: Folding, role: Role, at: IsoTime): void {
  replaceAt(draft.roleTerms, openTermAt.get(role), (term) => ({ ...term, to: at }));
  openTermAt.delete(role);
}
