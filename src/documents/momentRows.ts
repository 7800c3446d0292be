import type { EventOf } from '../incident/events.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import type { MomentName } from '../incident/words.ts';
import { moments } from '../incident/words.ts';
import { inline } from './markdownText.ts';
import { formatTime } from './timeText.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { momentNames, personName } from './wordNames.ts';

/** When something happened that durations are measured from, and how that is known. */
export interface MomentRow {
  readonly moment: string;
  readonly time: string;
  readonly remark: Markdown;
}

/** The moments of an incident in their order, unknown ones included, each with the corrections of its time. */
export function momentRows(state: IncidentState, zone: string): readonly MomentRow[] {
  return moments.map((moment) => {
    const time = state.moments[moment];
    const corrections = correctionsOf(state, moment);
    const remarks = corrections.map((event, index) => {
      const before = index === 0 ? declaredTime(state, moment) : corrections[index - 1]?.data.time;
      return correctionText(event, before, zone);
    });
    const missing = time === undefined ? ['not recorded; _To fill in: correct the record_'] : [];
    return {
      moment: sentenceCase(momentNames[moment]),
      time: time === undefined ? 'unknown' : formatTime(time, zone),
      remark: asMarkdown([...remarks, ...missing].join('; ')),
    };
  });
}

/** Corrections of one moment that count, in the order of the record. */
export function correctionsOf(state: IncidentState, moment: MomentName): readonly EventOf<'moment.corrected'>[] {
  return state.entries.flatMap(({ event, retraction }) =>
    event.type === 'moment.corrected' && event.data.moment === moment && retraction === undefined ? [event] : [],
  );
}

function correctionText(
  { data, at, by }: EventOf<'moment.corrected'>,
  before: IsoTime | undefined,
  zone: string,
): string {
  const was = before === undefined ? '' : `, was ${formatTime(before, zone)}`;
  const to = data.time === undefined ? 'set to unknown' : 'corrected';
  const reason = data.reason.trim() === '' ? '' : `: ${inline(data.reason)}`;
  return `${to} ${formatTime(at, zone)} by ${inline(personName(by))}${was}${reason}`;
}

function declaredTime(state: IncidentState, moment: MomentName): IsoTime | undefined {
  const declaration = state.entries.find(({ event }) => event.id === state.declared?.event)?.event;
  if (declaration?.type !== 'incident.declared') return undefined;
  if (moment === 'impactStart') return declaration.data.impactStart;
  return moment === 'detected' ? declaration.data.detected : undefined;
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
