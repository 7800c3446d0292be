import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, minuteMs, plusMs } from '../incident/isoTime.ts';
import { severityLabel } from '../incident/severity.ts';
import type { CheckResult, IncidentState } from '../incident/state.ts';
import type { UpdateKind, WorkingStatus } from '../incident/words.ts';
import { formatDuration, formatTime } from './timeText.ts';
import { checkName, mitigationOutcomeNames, personName, statusNames } from './wordNames.ts';

/** What a person says in a message in place of what the record would say. */
export interface MessageInputs {
  readonly status?: WorkingStatus | undefined;
  readonly impact?: string | undefined;
  readonly findings?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly nextSteps?: readonly string[] | undefined;
  readonly nextUpdateAt?: IsoTime | undefined;
  readonly rootCause?: string | undefined;
  readonly followUp?: string | undefined;
}

/** The moment a document is written at, and the zone (IANA name) whose time stands beside UTC. */
export interface WritingMoment {
  readonly now: IsoTime;
  readonly zone: string;
}

/** The fields that message templates can use, plain text. All of them are always there; what is not known says why. */
export interface MessageView {
  /** `SEV-1`. */
  readonly severity: string;
  readonly title: string;
  readonly status: string;
  readonly impact: string;
  /** `@Ana Ruiz`. */
  readonly incidentCommander: string;
  /** With its `#`. */
  readonly channel: string;
  readonly findings: string;
  readonly actions: string;
  readonly nextSteps: string;
  readonly nextUpdate: string;
  readonly duration: string;
  readonly rootCause: string;
  readonly followUp: string;
  readonly drill: boolean;
  readonly confidential: boolean;
}

/** What a message says: from the inputs where a person gave them, else from the record, never invented. */
export function messageView(
  state: IncidentState,
  kind: UpdateKind,
  inputs: MessageInputs,
  { now, zone }: WritingMoment,
): MessageView {
  const commander = state.roles.incidentCommander;
  return {
    severity: severityLabel(state.severity),
    title: given(state.title) ?? unknown('the record has no title'),
    status: statusNames[inputs.status ?? state.status],
    impact: given(inputs.impact) ?? given(state.impact) ?? unknown('not stated yet'),
    incidentCommander: commander === undefined ? unknown('nobody has taken the role yet') : `@${personName(commander)}`,
    channel: given(state.channel) ?? unknown('the record has no channel'),
    findings: listed(inputs.findings) ?? listed(latestFindings(state)) ?? unknown('no finding is recorded yet'),
    actions: listed(inputs.actions) ?? listed(latestActions(state)) ?? unknown('no mitigation is recorded yet'),
    nextSteps: listed(inputs.nextSteps) ?? unknown('not stated yet'),
    nextUpdate: nextUpdate(state, kind, inputs, { now, zone }),
    duration: duration(state, zone),
    rootCause: given(inputs.rootCause) ?? given(state.resolution?.rootCause) ?? unknown('not found yet'),
    followUp: given(inputs.followUp) ?? given(state.resolution?.followUp) ?? followUp(state, zone),
    drill: state.drill,
    confidential: state.confidential,
  };
}

/** `unknown`, and why. */
function unknown(reason: string): string {
  return `unknown (${reason})`;
}

const mostListed = 5;
const fewListed = 3;

interface Dated {
  readonly at: IsoTime;
  readonly text: string;
}

/** What people found and suspect; what the checks say only where nobody said anything, and without their bookkeeping. */
function latestFindings(state: IncidentState): readonly string[] {
  const findings = state.findings.map(({ at, text }) => ({ at, text }));
  const suspects = state.suspects
    .filter(({ judgement }) => judgement !== 'cleared')
    .map(({ at, subject, judgement, reason }) => {
      const certainty = judgement === 'confirmed' ? 'Cause' : 'Suspected';
      return { at, text: `${certainty}: “${subject}”${given(reason) === undefined ? '' : `, ${reason}`}` };
    });
  const byHand = pointingChecks(state).filter(({ manual }) => manual);
  const said = [...findings, ...suspects, ...byHand.map((check) => checkFact(state, check))];
  if (said.length > 0) return latest(state, said);
  return latest(
    state,
    pointingChecks(state).map((check) => checkFact(state, check)),
  );
}

function pointingChecks({ checks }: IncidentState): readonly CheckResult[] {
  return Object.values(checks).filter(({ verdict, summary }) => {
    return (verdict === 'bad' || verdict === 'suspicious') && given(summary) !== undefined;
  });
}

function checkFact({ policy }: IncidentState, { at, check, verdict, summary }: CheckResult): Dated {
  return { at, text: `${checkName(check, policy)} ${verdict}: ${summary.replace(/\.$/, '')}` };
}

function latestActions(state: IncidentState): readonly string[] {
  const actions = state.mitigations.map(({ what, outcome, startedAt, finishedAt }) => ({
    at: finishedAt ?? startedAt ?? '',
    text: `${what} (${outcome === 'running' ? 'in progress' : mitigationOutcomeNames[outcome]})`,
  }));
  return latest(state, actions);
}

/** What came since the last message; when nothing did, the last few. Oldest first. */
function latest(state: IncidentState, facts: readonly Dated[]): readonly string[] {
  const since = state.updates.reduce((last, { at }) => (at > last ? at : last), '');
  const inOrder = [...facts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const fresh = inOrder.filter(({ at }) => at > since);
  return (fresh.length > 0 ? fresh.slice(-mostListed) : inOrder.slice(-fewListed)).map(({ text }) => text);
}

function nextUpdate(state: IncidentState, kind: UpdateKind, inputs: MessageInputs, moment: WritingMoment): string {
  if (kind === 'resolved') return 'none, the incident is resolved';
  if (inputs.nextUpdateAt !== undefined) return formatTime(inputs.nextUpdateAt, moment.zone);
  const cadence = state.policy.severities[state.severity].communicate;
  if (cadence.kind === 'ticket')
    return given(state.ticket) === undefined ? 'on the ticket' : `on the ticket ${state.ticket ?? ''}`;
  return formatTime(plusMs(moment.now, cadence.minutes * minuteMs), moment.zone);
}

function duration({ moments: { impactStart, impactEnd } }: IncidentState, zone: string): string {
  if (impactStart === undefined) return unknown('when impact began is not recorded');
  if (impactEnd === undefined) return unknown('when impact ended is not recorded');
  const lasted = formatDuration(epochMsOf(impactEnd) - epochMsOf(impactStart));
  return `${lasted}, from ${formatTime(impactStart, zone)} to ${formatTime(impactEnd, zone)}`;
}

function followUp(state: IncidentState, zone: string): string {
  if (!state.policy.severities[state.dutySeverity].postMortem) {
    return `no post-mortem is required for ${severityLabel(state.dutySeverity)}`;
  }
  const promise = state.ledger.findLast(({ kind, outcome }) => kind === 'postMortem' && outcome.kind !== 'withdrawn');
  return promise === undefined
    ? `post-mortem scheduled, within ${state.policy.postMortemWithinHours} hours of the resolution`
    : `post-mortem scheduled, ${formatTime(promise.dueAt, zone)}`;
}

function listed(texts: readonly string[] | undefined): string | undefined {
  return given(texts?.filter((text) => given(text) !== undefined).join('; '));
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
