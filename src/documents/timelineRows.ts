import type { EventType } from '../incident/events.ts';
import type { IncidentState, TimelineEntry } from '../incident/state.ts';
import { describeEvent } from './describeEvent.ts';
import { inline } from './markdownText.ts';
import { formatTime } from './timeText.ts';
import { entriesByTime, offsetFrom, originOf, timelineLink } from './timelineOrder.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { personName } from './wordNames.ts';

/** A line of the post-mortem's timeline; the whole of the event is in `timeline.md`, where `time` links to. */
export interface TimelineRow {
  readonly time: Markdown;
  readonly offset: Markdown;
  readonly text: Markdown;
  readonly by: string;
}

/** What the record needs and a reader of a post-mortem does not. */
const bookkeeping: ReadonlySet<EventType | 'unknown'> = new Set<EventType>([
  'writer.opened',
  'change.inspected',
  'deadline.snoozed',
  'chart.exported',
  'update.copied',
  'postMortem.written',
  'event.corrected',
  'event.retracted',
]);

/** So many rows at most: more are no longer read, and `timeline.md` has them all. */
const rowLimit = 500;
const sentenceLimit = 400;

/** The timeline as people read it, oldest first, and how many events it leaves out, in words. */
export function timelineRows(
  state: IncidentState,
  zone: string,
): { readonly rows: readonly TimelineRow[]; readonly omitted: string } {
  const told = entriesByTime(state).filter(({ event }) => !bookkeeping.has(event.type));
  const shown = told.length <= rowLimit ? told : [...told.slice(0, rowLimit / 2), ...told.slice(-rowLimit / 2)];
  const reasons = [
    ...counted(
      state.entries.length - told.length,
      'event of the record’s own bookkeeping',
      'events of the record’s own bookkeeping',
    ),
    ...counted(told.length - shown.length, 'event in the middle', 'events in the middle'),
  ];
  return { rows: shown.map((entry) => rowOf(entry, state, zone)), omitted: reasons.join(' and ') };
}

function rowOf(entry: TimelineEntry, state: IncidentState, zone: string): TimelineRow {
  const { event } = entry;
  return {
    time: asMarkdown(`[${formatTime(event.at, zone)}](${timelineLink(event)})`),
    offset: asMarkdown(offsetFrom(originOf(state), event.at)),
    text: asMarkdown(textOf(entry, state, zone)),
    by: personName(event.by),
  };
}

function textOf(
  { event, original, corrections, retraction }: TimelineEntry,
  state: IncidentState,
  zone: string,
): string {
  const sentence = inline(describeEvent(event, state.policy), sentenceLimit);
  if (retraction !== undefined) return `~~${sentence}~~ (retracted${reasonOf(retraction.data)})`;
  if (original === undefined) return sentence;
  const before = inline(describeEvent(original, state.policy), sentenceLimit);
  const first = [
    ...(original.at === event.at ? [] : [formatTime(original.at, zone)]),
    ...(before === sentence ? [] : [`“${before}”`]),
  ];
  const was = first.length === 0 ? '' : `; first recorded as ${first.join(', ')}`;
  return `${sentence} (corrected${reasonOf(corrections.at(-1)?.data)}${was})`;
}

function reasonOf(data: object | undefined): string {
  const reason = data !== undefined && 'reason' in data && typeof data.reason === 'string' ? data.reason : '';
  return reason.trim() === '' ? '' : `: ${inline(reason, sentenceLimit)}`;
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
