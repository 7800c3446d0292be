import { severityLabel } from '../incident/severity.ts';
import type { IncidentState } from '../incident/state.ts';
import { chartRows } from './chartRows.ts';
import type { ChartRow } from './chartRows.ts';
import { durationRows } from './durationRows.ts';
import type { DurationRow } from './durationRows.ts';
import { incidentFacts, incidentSummary } from './incidentFacts.ts';
import type { Fact } from './incidentFacts.ts';
import { checkRows, findingLines, inspectedRows, leftOut, suspectRows } from './investigationRows.ts';
import type { CheckRow, InspectedRow, SuspectRow } from './investigationRows.ts';
import { momentRows } from './momentRows.ts';
import type { MomentRow } from './momentRows.ts';
import { actionRows, messageRows, mitigationRows, verificationRows } from './recoveryRows.ts';
import type { ActionRow, MessageRow, MitigationRow, VerificationRow } from './recoveryRows.ts';
import { roleRows, roleSentence, severityRows } from './responseRows.ts';
import type { RoleRow, SeverityRow } from './responseRows.ts';
import { offsetSentence } from './timelineOrder.ts';
import { timelineRows } from './timelineRows.ts';
import type { TimelineRow } from './timelineRows.ts';
import type { Markdown } from './viewText.ts';

/** The fields that the post-mortem's template can use. Lists are empty and texts say why where nothing is recorded. */
export interface PostMortemView {
  readonly title: string;
  /** `SEV-1`. */
  readonly severity: string;
  readonly confidential: boolean;
  readonly drill: boolean;
  readonly facts: readonly Fact[];
  readonly summary: Markdown;
  /** Null where none was stated. */
  readonly impact: string | null;
  readonly severities: readonly SeverityRow[];
  readonly moments: readonly MomentRow[];
  readonly durations: readonly DurationRow[];
  /** `1 person, 4 roles`. */
  readonly roleSentence: string;
  readonly roles: readonly RoleRow[];
  /** What offsets count from, as a sentence. */
  readonly offsets: string;
  readonly timeline: readonly TimelineRow[];
  /** Events that the timeline leaves out. */
  readonly omitted: string;
  readonly suspects: readonly SuspectRow[];
  readonly inspected: readonly InspectedRow[];
  /** How many the list leaves out, in words; null when none. */
  readonly inspectedLeftOut: string | null;
  readonly checks: readonly CheckRow[];
  readonly findings: readonly { readonly line: Markdown }[];
  readonly findingsLeftOut: string | null;
  readonly charts: readonly ChartRow[];
  readonly mitigations: readonly MitigationRow[];
  readonly verification: readonly VerificationRow[];
  /** In a line, as recorded when the incident was resolved; null where it was not known. */
  readonly rootCause: string | null;
  readonly resolved: boolean;
  readonly actions: readonly ActionRow[];
  readonly messages: readonly MessageRow[];
}

/**
 * What the record says for a post-mortem. Pure: no clock, so the same record gives the same document.
 * @param zone IANA name; its time stands beside UTC.
 */
export function postMortemView(state: IncidentState, zone: string): PostMortemView {
  const timeline = timelineRows(state, zone);
  return {
    title: state.title.trim() === '' ? 'an incident without a title' : state.title,
    severity: severityLabel(state.severity),
    confidential: state.confidential,
    drill: state.drill,
    facts: incidentFacts(state, zone),
    summary: incidentSummary(state, zone),
    impact: orNull(state.impact),
    severities: severityRows(state, zone),
    moments: momentRows(state, zone),
    durations: durationRows(state, zone),
    roleSentence: roleSentence(state),
    roles: roleRows(state, zone),
    offsets: offsetSentence(state, zone),
    timeline: timeline.rows,
    omitted: timeline.omitted,
    suspects: suspectRows(state, zone),
    inspected: inspectedRows(state, zone),
    inspectedLeftOut: leftOut(state.inspected),
    checks: checkRows(state, zone),
    findings: findingLines(state, zone),
    findingsLeftOut: leftOut(state.findings),
    charts: chartRows(state, zone),
    mitigations: mitigationRows(state, zone),
    verification: verificationRows(state, zone),
    rootCause: orNull(state.resolution?.rootCause ?? ''),
    resolved: state.resolution !== undefined,
    actions: actionRows(state, zone),
    messages: messageRows(state, zone),
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}
