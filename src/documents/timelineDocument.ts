import type { EventOf, IncidentEvent, KnownEvent } from '../incident/events.ts';
import { ulidTimeMs } from '../incident/ids.ts';
import { epochMsOf, isoTimeOf, minuteMs } from '../incident/isoTime.ts';
import type { IncidentState, TimelineEntry } from '../incident/state.ts';
import { describeEvent } from './describeEvent.ts';
import { evidenceOf } from './evidencePath.ts';
import { evidenceLinks, fenced, inline, linkTo, quoted, webLink } from './markdownText.ts';
import { formatDuration, formatTime } from './timeText.ts';
import { entriesByTime, offsetFrom, offsetSentence, originOf, timelineHeading, timelineLink } from './timelineOrder.ts';
import type { Origin } from './timelineOrder.ts';
import { updateLink } from './updateLink.ts';
import { personName } from './wordNames.ts';

/** Longer texts follow below their sentence, whole. */
const sentenceLimit = 400;

/**
 * `timeline.md`: every event of the record in the order in which things happened, newest last, each under a heading that
 * other documents link to, with what was corrected or retracted later. Wholly generated.
 * @param zone IANA name; its time stands beside UTC.
 */
export function timelineDocument(state: IncidentState, zone: string): string {
  const origin = originOf(state);
  const entries = entriesByTime(state).map((entry) => entryText(entry, state, origin, zone));
  const parts = [...introduction(state, zone), ...entries];
  return `${parts.join('\n\n')}\n`;
}

function introduction(state: IncidentState, zone: string): readonly string[] {
  const count = state.entries.length;
  const events = count === 1 ? '1 event' : `${count} events`;
  return [
    `# Timeline: ${state.title === '' ? 'an incident without a title' : inline(state.title)}`,
    ...(state.confidential ? ['> **Confidential.** Share this with the responders of this incident only.'] : []),
    `The whole record, oldest first: ${events}. ${offsetSentence(state, zone)} Mayday writes this file again whenever it writes documents; ` +
      'notes and corrections belong in the record (_Incident: Add Note_, _Incident: Correct Timeline Entry_).',
    ...(count === 0 ? ['_The record has no events._'] : []),
  ];
}

function entryText(entry: TimelineEntry, state: IncidentState, origin: Origin | undefined, zone: string): string {
  const { event, retraction } = entry;
  const sentence = inline(describeEvent(event, state.policy), sentenceLimit);
  const said = retraction === undefined ? sentence : `~~${sentence}~~`;
  const remarks = [...recorded(entry, zone), ...history(entry, state, zone), ...sources(entry, state)];
  return [
    `### ${timelineHeading(event)}`,
    `**${formatTime(event.at, zone)}** · ${offsetFrom(origin, event.at)} · ${inline(personName(event.by))}`,
    said,
    ...wholeText(event),
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${remark}`).join('\n')]),
  ].join('\n\n');
}

/** When it was recorded, where that is not when it happened. */
function recorded({ event, original }: TimelineEntry, zone: string): readonly string[] {
  const recordedMs = ulidTimeMs(event.id);
  const afterMs = recordedMs - epochMsOf((original ?? event).at);
  if (!(Math.abs(afterMs) > minuteMs)) return [];
  const time = formatTime(isoTimeOf(recordedMs), zone);
  return [`Recorded ${time}, ${formatDuration(Math.abs(afterMs))} ${afterMs > 0 ? 'later' : 'earlier'}`];
}

function history(
  { original, corrections, retraction }: TimelineEntry,
  state: IncidentState,
  zone: string,
): readonly string[] {
  const first =
    original === undefined
      ? []
      : [`First recorded as: ${formatTime(original.at, zone)}, “${inline(describeEvent(original, state.policy))}”`];
  const changes = corrections.map(
    (correction) =>
      `Corrected ${formatTime(correction.at, zone)} by ${inline(personName(correction.by))}${reasonOf(correction)}`,
  );
  const gone =
    retraction === undefined
      ? []
      : [
          `**Retracted** ${formatTime(retraction.at, zone)} by ${inline(personName(retraction.by))}${reasonOf(retraction)}`,
        ];
  return [...first, ...changes, ...gone];
}

function reasonOf(event: KnownEvent): string {
  const reason = 'reason' in event.data ? event.data.reason : undefined;
  return reason === undefined || reason.trim() === '' ? '' : `: ${inline(reason)}`;
}

function sources({ event }: TimelineEntry, state: IncidentState): readonly string[] {
  const links = evidenceLinks(evidenceOf(event.data));
  return [
    ...(links === '' ? [] : [`Evidence: ${links}`]),
    ...(event.type === 'update.sent' ? sentDocument(event) : []),
    ...(event.type === 'finding.added' && event.data.link !== undefined ? [`Link: ${webLink(event.data.link)}`] : []),
    ...spokenOf(event, state),
  ];
}

/** The entry that a correction, a retraction or an answer to a handover is about. */
function spokenOf(event: IncidentEvent, state: IncidentState): readonly string[] {
  if (event.type === 'unknown') return [];
  const id = 'event' in event.data ? event.data.event : 'handover' in event.data ? event.data.handover : undefined;
  const about = id === undefined ? undefined : state.entries.find((entry) => entry.event.id === id)?.event;
  return about === undefined ? [] : [`About: ${linkTo(timelineHeading(about), timelineLink(about))}`];
}

function sentDocument(event: EventOf<'update.sent'>): readonly string[] {
  const target = updateLink({ document: event.data.document, event: event.id, kind: event.data.kind });
  return [`As sent: ${linkTo(target, target)}`];
}

/** What a sentence cannot hold: texts of several lines, messages as sent, the data of unknown events. */
function wholeText(event: IncidentEvent): readonly string[] {
  switch (event.type) {
    case 'unknown':
      return [event.data === undefined ? '_It has no data._' : fenced(JSON.stringify(event.data, null, 2), 'json')];
    case 'update.sent':
      return [fenced(event.data.text.trimEnd(), 'markdown')];
    case 'note.added':
    case 'finding.added':
      return isLong(event.data.text) ? [quoted(event.data.text)] : [];
    case 'handover.offered': {
      const { situation, tried, next } = event.data;
      return [quoted(`What is going on: ${situation}\nTried and ruled out: ${tried}\nNext: ${next}`)];
    }
    default:
      return [];
  }
}

function isLong(text: string): boolean {
  return text.length > sentenceLimit / 2 || text.trim().includes('\n');
}
