import type { ActionItem, IncidentState, ItemVerification } from '../incident/state.ts';
import { evidenceOf } from './evidencePath.ts';
import { evidenceLinks, inline, linkTo, webLink } from './markdownText.ts';
import { formatTime } from './timeText.ts';
import { updateLink } from './updateLink.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { mitigationOutcomeNames, personName, statusNames, updateKindNames, verificationText } from './wordNames.ts';

/** Something that was done to restore service. */
export interface MitigationRow {
  readonly what: string;
  readonly cause: string;
  readonly started: string;
  readonly finished: string;
  readonly outcome: string;
  readonly note: string;
  readonly by: string;
  readonly evidence: Markdown;
}

/** One item of the verification. */
export interface VerificationRow {
  readonly item: string;
  readonly standing: string;
  readonly how: string;
  readonly by: string;
  readonly time: string;
}

/** Something to do so that it does not happen again. */
export interface ActionRow {
  readonly title: string;
  readonly owner: Markdown;
  readonly due: string;
  readonly standing: string;
  readonly link: Markdown;
}

/** A message as it was sent. */
export interface MessageRow {
  readonly time: string;
  readonly message: Markdown;
  readonly status: string;
  readonly by: string;
}

/** Mitigations in the order in which they were begun. */
export function mitigationRows(state: IncidentState, zone: string): readonly MitigationRow[] {
  return state.mitigations.map(({ id, what, cause, startedAt, finishedAt, outcome, note, by }) => ({
    what,
    cause: cause ?? '',
    started: startedAt === undefined ? 'unknown (not recorded)' : formatTime(startedAt, zone),
    finished: finishedAt === undefined ? 'unknown (not recorded)' : formatTime(finishedAt, zone),
    outcome: mitigationOutcomeNames[outcome],
    note: note ?? '',
    by: personName(by),
    evidence: asMarkdown(evidenceLinks(mitigationEvidence(state, id))),
  }));
}

/** The items of the policy, then those that an earlier policy had. */
export function verificationRows(state: IncidentState, zone: string): readonly VerificationRow[] {
  const items = new Set([...state.policy.verification.map(({ id }) => id), ...Object.keys(state.verification)]);
  return [...items].map((item) => ({
    item: verificationText(item, state.policy),
    ...verified(state.verification[item], zone),
  }));
}

/** Action items, those due first on top, dropped ones last. */
export function actionRows(state: IncidentState, zone: string): readonly ActionRow[] {
  const order = (action: ActionItem) => `${action.outcome.kind === 'dropped' ? 1 : 0}${action.dueOn}`;
  const inOrder = [...state.actions].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  return inOrder.map((action) => ({
    title: action.title,
    owner: asMarkdown(action.owner === undefined ? '_To fill in: owner_' : inline(personName(action.owner))),
    due: action.dueOn,
    standing: actionStanding(action, zone),
    link: asMarkdown(action.link === undefined ? '' : webLink(action.link)),
  }));
}

/** Messages in the order in which they were sent, linked to what was sent. */
export function messageRows(state: IncidentState, zone: string): readonly MessageRow[] {
  const inOrder = [...state.updates].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return inOrder.map((update) => {
    const { kind, status, at, by } = update;
    return {
      time: formatTime(at, zone),
      message: asMarkdown(linkTo(updateKindNames[kind], updateLink(update))),
      status: status === undefined ? (kind === 'resolved' ? 'Resolved' : 'unknown') : statusNames[status],
      by: personName(by),
    };
  });
}

function mitigationEvidence(state: IncidentState, mitigation: string): ReturnType<typeof evidenceOf> {
  return state.entries.flatMap(({ event, retraction }) =>
    event.type === 'mitigation.finished' && event.data.mitigation === mitigation && retraction === undefined
      ? evidenceOf(event.data)
      : [],
  );
}

function verified(item: ItemVerification | undefined, zone: string): Omit<VerificationRow, 'item'> {
  if (item === undefined) return { standing: 'not verified', how: '', by: '', time: '' };
  const who = { by: personName(item.by), time: formatTime(item.at, zone) };
  return item.kind === 'checked'
    ? { standing: 'verified', how: item.how ?? '', ...who }
    : { standing: 'waived', how: item.reason, ...who };
}

function actionStanding({ outcome }: ActionItem, zone: string): string {
  switch (outcome.kind) {
    case 'open':
      return 'open';
    case 'completed':
      return `done ${formatTime(outcome.at, zone)} by ${personName(outcome.by)}`;
    case 'dropped':
      return `dropped: ${outcome.reason}`;
  }
}
