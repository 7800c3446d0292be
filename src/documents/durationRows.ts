import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../incident/isoTime.ts';
import { severityLabel } from '../incident/severity.ts';
import type { IncidentState, LedgerEntry } from '../incident/state.ts';
import type { MomentName } from '../incident/words.ts';
import { correctionsOf } from './momentRows.ts';
import { formatDuration, formatTime } from './timeText.ts';
import { momentNames } from './wordNames.ts';

/** One line of the table that holds what was promised against what was done. All plain text. */
export interface DurationRow {
  readonly measure: string;
  readonly taken: string;
  readonly promised: string;
  readonly result: string;
  readonly how: string;
}

type Measure = readonly [measure: string, from: MomentName, to: MomentName, promise?: 'respond' | 'mitigate'];

const measures: readonly Measure[] = [
  ['Time to detect', 'impactStart', 'detected'],
  ['Time to acknowledge', 'detected', 'acknowledged', 'respond'],
  ['Time to mitigate', 'detected', 'mitigated', 'mitigate'],
  ['Time to resolve', 'detected', 'resolved'],
  ['Impact duration', 'impactStart', 'impactEnd'],
];

/** Durations against the policy: times to detect, acknowledge, mitigate and resolve, impact, and messages on time. */
export function durationRows(state: IncidentState, zone: string): readonly DurationRow[] {
  return [...measures.map((measure) => durationRow(state, zone, measure)), messagesRow(state)];
}

function durationRow(state: IncidentState, zone: string, [measure, from, to, promise]: Measure): DurationRow {
  const [start, end] = [state.moments[from], state.moments[to]];
  const missing = [from, to].filter((name) => state.moments[name] === undefined).map((name) => momentNames[name]);
  const corrected = [from, to].filter((name) => correctionsOf(state, name).length > 0).map((name) => momentNames[name]);
  return {
    measure,
    taken: start === undefined || end === undefined ? 'unknown' : formatDuration(epochMsOf(end) - epochMsOf(start)),
    ...promised(state, zone, promise),
    how: [
      `${momentNames[from]} to ${momentNames[to]}`,
      ...resetBy(state, promise),
      ...(missing.length === 0 ? [] : [`${missing.join(' and ')} not recorded`]),
      ...(corrected.length === 0 ? [] : [`${corrected.join(' and ')} corrected later`]),
    ].join('; '),
  };
}

function promised(
  state: IncidentState,
  zone: string,
  promise: 'respond' | 'mitigate' | undefined,
): Pick<DurationRow, 'promised' | 'result'> {
  if (promise === undefined) return { promised: 'no target', result: '–' };
  const entries = state.ledger.filter(({ kind, outcome }) => kind === promise && outcome.kind !== 'withdrawn');
  const last = entries.at(-1);
  if (last === undefined) return { promised: 'no deadline was set', result: '–' };
  const span = formatDuration(epochMsOf(last.dueAt) - epochMsOf(last.from));
  return {
    promised: `within ${span}, by ${formatTime(last.dueAt, zone)}`,
    result: entries.map(resultOf).join(', then '),
  };
}

/** What moved the deadline from where the declaration had put it. */
function resetBy(state: IncidentState, promise: 'respond' | 'mitigate' | undefined): readonly string[] {
  const last = state.ledger.findLast(({ kind, outcome }) => kind === promise && outcome.kind !== 'withdrawn');
  const setBy = state.entries.find(({ event }) => event.id === last?.setBy)?.event;
  return setBy?.type === 'severity.changed' ? [`deadline set by the change to ${severityLabel(setBy.data.to)}`] : [];
}

function resultOf({ outcome, dueAt }: LedgerEntry): string {
  switch (outcome.kind) {
    case 'met':
      return `met, ${distance(outcome.at, dueAt)} to spare`;
    case 'missed':
      return outcome.at === undefined ? 'missed, not done by then' : `missed by ${distance(dueAt, outcome.at)}`;
    case 'pending':
      return 'still open';
    case 'withdrawn':
      return 'withdrawn';
  }
}

function messagesRow(state: IncidentState): DurationRow {
  const measure = 'Messages on time';
  const outcomes = state.ledger.filter(({ kind }) => kind === 'communicate').map(({ outcome }) => outcome.kind);
  const [met, missed] = [
    outcomes.filter((kind) => kind === 'met').length,
    outcomes.filter((kind) => kind === 'missed').length,
  ];
  const { communicate } = state.policy.severities[state.severity];
  const promise =
    communicate.kind === 'ticket' ? 'on the ticket' : `every ${formatDuration(communicate.minutes * minuteMs)}`;
  return {
    measure,
    taken: met + missed === 0 ? 'none was due yet' : `${met} of ${met + missed}`,
    promised: `${promise} (${severityLabel(state.severity)})`,
    result: met + missed === 0 ? '–' : missed === 0 ? 'met' : `missed ${missed}`,
    how: 'each message as posted against the time set for it',
  };
}

function distance(from: IsoTime, to: IsoTime): string {
  return formatDuration(epochMsOf(to) - epochMsOf(from));
}
