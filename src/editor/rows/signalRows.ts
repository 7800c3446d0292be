import { formatTime } from '../../documents/timeText.ts';
import { verdictNames } from '../../documents/wordNames.ts';
import type { Check, Symptom, Verdict } from '../../incident/words.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { observationSentence } from '../../signals/judgeObservations.ts';
import type { Observation, ObservationTopic } from '../../signals/observation.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';
import { verdictIcons } from './verdictIcons.ts';

/** More of one verdict than this stand in a row of their own: what points somewhere must not be lost among them. */
const mostShown = 20;

/**
 * What a check of signals saw, whose texts were made harmless when they were read: what points somewhere first, what is fine closed
 * behind one row.
 */
export function signalRows(context: RowContext, check: Check): readonly Row[] {
  const seen = context.signals?.[check]?.observations ?? [];
  const of = (...verdicts: readonly Verdict[]) => seen.filter(({ verdict }) => verdicts.includes(verdict));
  const place: Place = { context, check };
  return [
    ...shownRows(place, of('bad', 'suspicious'), 'more'),
    ...shownRows(place, of('unknown'), 'more that could not be seen'),
    ...folded(place, of('ok'), 'ok'),
    ...folded(place, of('notApplicable'), 'not applicable'),
    ...chartsRow(place),
  ];
}

/** What the protocol's quick reference asks for first, wherever it was seen. */
export function topicRows(context: RowContext, symptom: Symptom): readonly Row[] {
  const topics = topicsOf[symptom];
  return Object.entries(context.signals ?? {}).flatMap(([check, { observations }]) =>
    observations
      .filter(({ topic, verdict }) => topic !== undefined && topics.includes(topic) && verdict !== 'notApplicable')
      .map((one) => observationRow({ context, check: check as Check, above: 'symptom' }, one)),
  );
}

const topicsOf: Readonly<Record<Symptom, readonly ObservationTopic[]>> = {
  highErrorRate: ['connections'],
  highLatency: ['slowQueries', 'connections'],
  serviceDown: ['restarts', 'dns', 'loadBalancers'],
  dataIssues: ['replicationLag'],
};

interface Place {
  readonly context: RowContext;
  readonly check: Check;
  /** Where a row stands that stands elsewhere too. */
  readonly above?: string;
}

function shownRows(place: Place, seen: readonly Observation[], what: string): readonly Row[] {
  const rows = seen.slice(0, mostShown).map((one) => observationRow(place, one));
  const rest = seen.slice(mostShown);
  return rest.length === 0 ? rows : [...rows, foldedRow(place, rest, what)];
}

function folded(place: Place, seen: readonly Observation[], what: string): readonly Row[] {
  return seen.length === 0 ? [] : [foldedRow(place, seen, what)];
}

function foldedRow(place: Place, seen: readonly Observation[], what: string): Row {
  const [first] = seen;
  const icon = first === undefined || what.startsWith('more') ? { id: 'ellipsis' } : verdictIcons[first.verdict];
  return {
    id: rowId(place.context, 'signals', place.check, what),
    label: `${seen.length.toLocaleString('en-US')} ${what}`,
    description: [...new Set(seen.map(({ subject, name }) => `${subject} ${name}`))].slice(0, 4).join(', '),
    icon,
    children: seen.map((one) => observationRow(place, one)),
  };
}

/** Rows of what was seen: it stays the same while every event draws the tree again, and there may be thousands. */
const made = new WeakMap<Observation, Map<string, Row>>();

function observationRow(place: Place, one: Observation): Row {
  const rows = made.get(one) ?? new Map<string, Row>();
  made.set(one, rows);
  const { context, check, above } = place;
  const key = [context.id, context.zone, check, above].join();
  const row = rows.get(key) ?? makeRow(place, one);
  rows.set(key, row);
  return row;
}

function makeRow({ context, check, above }: Place, one: Observation): Row {
  const { id, subject, name, verdict, text, source, link } = one;
  const sentence = observationSentence(one);
  const args = { incident: context.id, check, text: sentence, ...(link === undefined ? {} : { link }) };
  return {
    id: rowId(context, 'signals', check, ...(above === undefined ? [] : [above]), id),
    label: [subject, name].filter((part) => part !== '').join(' '),
    description: `${verdictNames[verdict]}: ${text.replace(/^(?:is|are) unknown: /, '')}`,
    tooltip: tooltipOf(context, one),
    icon: verdictIcons[verdict],
    aria: `${verdictNames[verdict]}: ${sentence}, from ${source}`,
    context: contextOf('observation', { link: link !== undefined }),
    args,
    ...(link === undefined ? {} : { command: { id: 'mayday.openLink', args: { link } } as const }),
  };
}

function tooltipOf({ zone }: RowContext, one: Observation): string {
  return [
    `${verdictNames[one.verdict]}: ${observationSentence(one)}`,
    ...(one.since === undefined ? [] : [`Since ${formatTime(one.since, zone)}`]),
    ...(one.details ?? []),
    `From ${one.source}, ${formatTime(one.at, zone)}`,
  ].join('\n');
}

function chartsRow({ context, check }: Place): readonly Row[] {
  const charts = context.signals?.[check]?.charts ?? [];
  if (charts.length === 0) return [];
  return [
    {
      id: rowId(context, 'signals', check, 'charts'),
      label: charts.length === 1 ? '1 chart' : `${String(charts.length)} charts`,
      description: charts.map(({ title }) => plainLine(title, 60)).join(', '),
      icon: { id: 'graph-line' },
      command: { id: 'mayday.openCharts', args: { incident: context.id, check } },
    },
  ];
}
