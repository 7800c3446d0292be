import { setImmediate } from 'node:timers/promises';
import { redactedLine } from '../safety/redactedLine.ts';
import type { Answer, Point, Series } from '../signals/metrics/readsMetrics.ts';
import { sampleValue } from '../signals/metrics/sampleValue.ts';
import type { HttpFailure } from './httpError.ts';
import { HttpError } from './httpError.ts';

/** `data` of an answer that says `success`, and what the server says beside it. */
export interface PrometheusData {
  readonly data: unknown;
  readonly warnings: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** So many points are read without letting others have a turn. */
const pointsInATurn = 20_000;
const mostWarnings = 10;
/** No query that is asked has more: a server that answers so much means to be no help. */
const mostSeries = 50_000;
/** Prometheus itself refuses more. */
const mostPoints = 11_000;
const mostTexts = 200_000;

/**
 * What is in the envelope `{status, data, errorType, error, warnings, infos}` of Prometheus' HTTP API; undefined for what is no
 * such envelope. Throws HttpError when it says `error`. `shown` is the server for people.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
 */
export function openEnvelope(body: string, shown: string, status: number): PrometheusData | undefined {
  const envelope = fieldsOf(jsonOf(body));
  if (envelope?.['status'] === 'error') throw queryFailure(envelope, shown, status);
  if (envelope?.['status'] !== 'success' || !('data' in envelope)) return undefined;
  const told = [...listOf(envelope['warnings']), ...listOf(envelope['infos'])];
  return { data: envelope['data'], warnings: told.slice(0, mostWarnings).map((one) => redactedLine(textOf(one))) };
}

/** What was answered instead of the envelope. */
export function noEnvelope(body: string, shown: string): HttpError {
  return malformed(shown, `gave ${whatItIs(body)} where an answer of Prometheus was expected`);
}

/** The series of a query's answer. Throws HttpError `malformed`. */
export async function readSeries({ data, warnings }: PrometheusData, shown: string): Promise<Answer> {
  const { resultType, result } = fieldsOf(data) ?? {};
  const wrong = (what: string) => malformed(shown, `gave ${what} where series of numbers were expected`);
  if (resultType === 'scalar') return { series: [{ labels: {}, points: [pointOf(result, wrong)] }], warnings };
  if (resultType !== 'vector' && resultType !== 'matrix') {
    throw wrong(
      resultType === 'string'
        ? 'a text'
        : `a result of type ${typeof resultType === 'string' ? redactedLine(resultType, 40) : 'unknown'}`,
    );
  }
  if (!Array.isArray(result)) throw wrong('no list');
  if (result.length > mostSeries) throw tooMany(shown, result.length, 'series');
  const series: Series[] = [];
  let [histograms, read] = [0, 0];
  for (const item of result as readonly unknown[]) {
    const fields = fieldsOf(item);
    if (fields === undefined) throw wrong('a series that is none');
    const samples = resultType === 'vector' ? [fields['value']] : listOf(fields['values']);
    if (samples.length > mostPoints) throw tooMany(shown, samples.length, 'points of one series');
    const points = samples.filter((sample) => sample !== undefined).map((sample) => pointOf(sample, wrong));
    histograms +=
      resultType === 'vector' ? (fields['histogram'] === undefined ? 0 : 1) : listOf(fields['histograms']).length;
    if (points.length > 0) series.push({ labels: labelsOf(fields['metric']), points });
    if ((read += points.length + 1) > pointsInATurn) {
      read = 0;
      await setImmediate();
    }
  }
  return { series, warnings: histograms === 0 ? warnings : [...warnings, histogramText(histograms)] };
}

/** The texts of an answer that lists names or values of labels. Throws HttpError `malformed`. */
export function readTexts({ data }: PrometheusData, shown: string): readonly string[] {
  if (!Array.isArray(data) || data.some((text) => typeof text !== 'string')) {
    throw malformed(shown, 'gave no list of texts where one was expected');
  }
  if (data.length > mostTexts) throw tooMany(shown, data.length, 'names or values');
  return data as readonly string[];
}

/** `errorType` of the API by what it means for the one who asks. */
const failures: Readonly<Record<string, readonly [failure: HttpFailure, what: string]>> = {
  bad_data: ['otherStatus', 'does not understand the query'],
  execution: ['otherStatus', 'could not work the query out'],
  not_found: ['notFound', 'does not know what was asked for'],
  timeout: ['timeout', 'gave the query up: it took too long'],
  canceled: ['serverError', 'gave the query up'],
  unavailable: ['serverError', 'cannot answer now'],
  internal: ['serverError', 'failed by itself'],
};

function queryFailure({ errorType, error }: Fields, shown: string, status: number): HttpError {
  const known = typeof errorType === 'string' && Object.hasOwn(failures, errorType) ? failures[errorType] : undefined;
  const [failure, what] = known ??
    (status >= 500 ? failures['internal'] : undefined) ?? ['otherStatus', 'answered with an error'];
  const detail = typeof error === 'string' && error !== '' ? `: ${redactedLine(error, 300)}` : '';
  return new HttpError(failure, `${shown} ${what} (${String(status)})${detail}`.replace(/\.?$/, '.'), { status });
}

function pointOf(sample: unknown, wrong: (what: string) => HttpError): Point {
  const [at, text] = listOf(sample);
  const value = typeof text === 'string' ? sampleValue(text) : undefined;
  if (typeof at !== 'number' || value === undefined) {
    throw wrong(`the sample ${redactedLine(sampleText(sample), 80)}`);
  }
  return [at, value];
}

/** Never throws: nested deeply enough, a value has no text, and an object may say that it has none. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'something that is no text' : String(value);
}

function sampleText(sample: unknown): string {
  const shown = (one: unknown): string => (typeof one === 'string' ? `"${one.slice(0, 100)}"` : textOf(one));
  return Array.isArray(sample) ? `[${sample.slice(0, 3).map(shown).join(',')}]` : shown(sample);
}

function labelsOf(metric: unknown): Readonly<Record<string, string>> {
  const labels = Object.entries(fieldsOf(metric) ?? {});
  return Object.fromEntries(labels.filter((label): label is [string, string] => typeof label[1] === 'string'));
}

function histogramText(count: number): string {
  return `${String(count)} native histogram${count === 1 ? '' : 's'} in the answer ${count === 1 ? 'is' : 'are'} no number and left out.`;
}

function malformed(shown: string, what: string): HttpError {
  return new HttpError('malformed', `${shown} ${what}.`, { hint: 'Check the address: is Prometheus behind it?' });
}

function tooMany(shown: string, count: number, what: string): HttpError {
  return new HttpError('tooLarge', `${shown} gave ${String(count)} ${what}, more than are read.`, {
    hint: 'Give the service metrics.selector in mayday.yaml, so that fewer fit.',
  });
}

function whatItIs(body: string): string {
  const start = body.trimStart();
  if (start === '') return 'an empty answer';
  if (start.startsWith('<')) return 'a page of HTML';
  const value = jsonOf(body);
  if (value === undefined) return /^[[{]/.test(start) ? 'JSON that is cut off or damaged' : 'no JSON';
  const fields = fieldsOf(value);
  if (fields === undefined) return Array.isArray(value) ? 'a list' : 'a bare value';
  const names = Object.keys(fields).slice(0, 5);
  return names.length === 0 ? 'an empty object' : `JSON with ${redactedLine(names.join(', '), 100)}`;
}

/** Undefined for what is no JSON. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
