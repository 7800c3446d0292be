import type { DataSource } from '../config/signalConfiguration.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, hourMs, minuteMs } from '../incident/isoTime.ts';
import { shownAddress, webAddressOf } from '../safety/webAddress.ts';
import { clockSkewText } from '../signals/metrics/clockSkew.ts';
import type { ReadsMetrics } from '../signals/metrics/readsMetrics.ts';
import type { EndpointRequest, Endpoints } from './endpoints.ts';
import type { HttpAnswer } from './http.ts';
import { statusFailure } from './httpFailures.ts';
import type { PrometheusData } from './prometheusAnswer.ts';
import { noEnvelope, openEnvelope, readSeries, readTexts } from './prometheusAnswer.ts';
import { waitingAsAsked } from './waitingAsAsked.ts';

const maxBytes = 16 * 1024 * 1024;
/** The server is told to give up when we would. */
const timeoutMs = 10_000;
/** Prometheus refuses more points of a series. */
const mostPoints = 11_000;
/** Longer questions go into a body: not everything between us and the server takes a longer address. */
const longestQuery = 1_200;
/** A name that had no series for so long is none that a service has. */
const namesWithinMs = 6 * hourMs;

/**
 * Prometheus' HTTP API, and whatever else speaks it (Thanos, Mimir, VictoriaMetrics).
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function createPrometheus(endpoints: Endpoints, source: DataSource): ReadsMetrics {
  const endpoint = { ...source, url: source.url.replace(/\/+$/, '') };
  const url = webAddressOf(endpoint.url);
  const address = url === undefined ? 'an address that is none' : shownAddress(url).replace(/\/$/, '');
  const shown =
    source.name === address || source.name === '' ? `Prometheus (${address})` : `${source.name} (${address})`;

  const inItsTime = waitingAsAsked(shown);
  const ask = (path: string, parameters: Parameters, signal: AbortSignal): Promise<PrometheusData> =>
    inItsTime(() => askNow(path, parameters, signal));
  const askNow = async (path: string, parameters: Parameters, signal: AbortSignal): Promise<PrometheusData> => {
    const answer = await endpoints.request(endpoint, {
      ...requestFor(path, parameters),
      ...{ anyStatus: true, timeoutMs, maxBytes, signal },
    });
    const opened = openEnvelope(answer.body, shown, answer.status);
    if (opened === undefined) throw statusFailure(answer, address, Date.now()) ?? noEnvelope(answer.body, shown);
    return { ...opened, warnings: [...opened.warnings, ...skewOf(answer, shown, Date.now())] };
  };
  const timeout = `${String(timeoutMs / 1000)}s`;

  return {
    name: source.name,
    shown,
    instant: async (query, { at, signal }) =>
      readSeries(
        await ask('/api/v1/query', { query, timeout, ...(at === undefined ? {} : { time: seconds(at) }) }, signal),
        shown,
      ),
    range: async (query, { start, end, stepSeconds, signal }) => {
      const least = (epochMsOf(end) - epochMsOf(start)) / 1000 / (mostPoints - 1);
      const step = String(Math.max(1, stepSeconds, Math.ceil(least)));
      const parameters = { query, timeout, step, start: seconds(start), end: seconds(end) };
      return readSeries(await ask('/api/v1/query_range', parameters, signal), shown);
    },
    names: async (selector, signal) => readTexts(await ask(valuesPath('__name__'), recent(selector), signal), shown),
    labelValues: async (label, selector, signal) =>
      readTexts(await ask(valuesPath(label), recent(selector), signal), shown),
  };
}

type Parameters = Readonly<Record<string, string>>;

function requestFor(path: string, parameters: Parameters): EndpointRequest {
  const form = new URLSearchParams(parameters).toString();
  // Only queries may be posted: lists of values are for GET alone.
  if (form.length <= longestQuery || !path.includes('/query')) return { path, query: parameters };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  return { path, method: 'POST', headers, body: form };
}

function valuesPath(label: string): string {
  return `/api/v1/label/${encodeURIComponent(label)}/values`;
}

function recent(selector: string): Parameters {
  const now = Date.now();
  return { 'match[]': selector, start: String((now - namesWithinMs) / 1000), end: String(now / 1000) };
}

/** As the API takes times: seconds since 1970. */
function seconds(time: IsoTime): string {
  return String(epochMsOf(time) / 1000);
}

/** A sentence where the server's clock is not ours: what it calls now is then another moment than what we do. */
function skewOf({ headers }: HttpAnswer, shown: string, now: number): readonly string[] {
  const ahead = Date.parse(headers['date'] ?? '') - now;
  return Number.isNaN(ahead) || Math.abs(ahead) <= minuteMs ? [] : [`${clockSkewText(shown, ahead)}.`];
}
