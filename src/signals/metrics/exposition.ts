import { setImmediate } from 'node:timers/promises';
import type { IsoTime } from '../../incident/isoTime.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { SampleIdentity } from './expositionLine.ts';
import { parseSampleLine } from './expositionLine.ts';
import type { MetricType, Scrape, ScrapedSample } from './scrape.ts';

/** Larger than what any service exposes that is well. In UTF-16 units. */
const mostCharacters = 5 * 1024 * 1024;
const mostSamples = 200_000;
/** Nobody names a series that long. */
const longestLine = 64 * 1024;
/** So many characters are read without letting others have a turn: some milliseconds. */
const charactersInATurn = 16 * 1024;

/** Series by the text that names them: scrapes of one service name the same ones again and again. */
export type KnownSeries = Map<string, SampleIdentity>;

/**
 * What a service exposed, in the text format of Prometheus or in OpenMetrics. Total: lines that are neither are counted in
 * `problem` and passed over, and so is what is beyond 5 MB, 200,000 samples or 64 KB in a line. Timestamps and exemplars are
 * passed over.
 * @param known is filled with the series of the text: a later text of the same service takes them from there.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @see https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
 */
export async function parseExposition(text: string, at: IsoTime, known: KnownSeries = new Map()): Promise<Scrape> {
  const samples: ScrapedSample[] = [];
  const types = new Map<string, MetricType>();
  const left: Left = { unreadable: 0, long: 0, beyond: 0 };
  const end = Math.min(text.length, mostCharacters);
  let position = 0;
  for (let nextTurn = charactersInATurn; position < end && samples.length < mostSamples;) {
    const lineEnd = endOfLine(text, position);
    // What is cut off in the middle may read as another number.
    if (lineEnd > end) break;
    if (isEndOfExposition(text, position, lineEnd)) position = text.length;
    else if (lineEnd - position > longestLine) left.long += 1;
    else readLine(text.slice(position, lineEnd), { samples, types, known, left });
    position = Math.max(position, lineEnd + 1);
    if (position > nextTurn) {
      nextTurn = position + charactersInATurn;
      await setImmediate();
    }
  }
  left.beyond = Math.max(0, text.length - position);
  const problem = problemOf(left, samples.length);
  return { at, samples, types, ...(problem === undefined ? {} : { problem }) };
}

/** What was not read. */
interface Left {
  unreadable: number;
  /** The first line that was neither a sample nor a comment. */
  example?: string;
  long: number;
  beyond: number;
}

interface Reading {
  readonly samples: ScrapedSample[];
  readonly types: Map<string, MetricType>;
  readonly known: KnownSeries;
  readonly left: Left;
}

function readLine(raw: string, { samples, types, known, left }: Reading): void {
  const line = raw.trim();
  if (line === '') return;
  if (line.startsWith('#')) {
    readType(line, types);
    return;
  }
  const sample = parseSampleLine(line, known);
  if (sample !== undefined) {
    samples.push(sample);
    return;
  }
  left.unreadable += 1;
  left.example ??= redactedLine(line, 60);
}

const typeNames: Readonly<Record<string, MetricType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
  untyped: 'untyped',
  unknown: 'untyped',
  gaugehistogram: 'gauge',
  stateset: 'gauge',
  info: 'gauge',
};

/** `# TYPE http_requests_total counter`; HELP, UNIT and other comments say nothing that is needed. */
function readType(line: string, types: Map<string, MetricType>): void {
  const [, name, word = ''] = /^#\s*TYPE\s+("(?:[^"\\]|\\.)*"|\S+)\s+(\w+)/.exec(line) ?? [];
  const type = Object.hasOwn(typeNames, word.toLowerCase()) ? typeNames[word.toLowerCase()] : undefined;
  if (name === undefined || type === undefined) return;
  types.set(copied(name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name), type);
}

/** A text of its own: a part of a text keeps the whole of it in memory. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** OpenMetrics ends with `# EOF`; what comes behind it is no part of it. */
function isEndOfExposition(text: string, start: number, end: number): boolean {
  return end - start <= 6 && text.startsWith('# EOF', start);
}

function problemOf({ unreadable, example, long, beyond }: Left, read: number): string | undefined {
  const count = (number: number, what: string) => `${String(number)} ${what}${number === 1 ? '' : 's'}`;
  const parts = [
    ...(unreadable === 0 ? [] : [`${count(unreadable, 'line')} could not be read, the first one "${example ?? ''}"`]),
    ...(long === 0 ? [] : [`${count(long, 'line')} longer than 64 KB ${long === 1 ? 'was' : 'were'} left out`]),
    ...(beyond === 0 ? [] : [`${sizeText(beyond)} behind the first ${count(read, 'sample')} were left out`]),
  ];
  return parts.length === 0 ? undefined : `${parts.join('; ')}.`;
}

function sizeText(characters: number): string {
  return characters < 1024 * 1024
    ? `${String(Math.ceil(characters / 1024))} KB`
    : `${(characters / 1024 / 1024).toFixed(1)} MB`;
}
