import { isPause } from '../../changes/stackTrace/pause.ts';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import { judgeHttpProbe } from '../../signals/probes/judgeHttpProbe.ts';
import type { Endpoints } from '../endpoints.ts';
import { isHttpError } from '../httpError.ts';

type Of<K extends SourceTarget['kind']> = Extract<SourceTarget, { readonly kind: K }>;

/** A health endpoint: judged as the check of dependencies judges its answer, but for the time it took. */
export async function tryEndpoint(endpoints: Endpoints, target: Of<'http'>, signal: AbortSignal): Promise<Trial> {
  const { endpoint, expect, assumed } = target;
  const { status, headers, body } = await endpoints.request(endpoint, { anyStatus: true, signal });
  const probe = {
    ...({ kind: 'http', url: endpoint.url } as const),
    ...(expect === undefined ? {} : { expect }),
    ...(assumed === undefined ? {} : { assumed }),
  };
  // What fails on the way is thrown, so nothing waits for a time.
  const { verdict, text } = judgeHttpProbe(probe, { kind: 'answered', status, headers, body, latencyMs: 0 }, 0);
  switch (verdict) {
    case 'ok':
      return { outcome: 'answered', text: `answers ${String(status)}` };
    case 'suspicious':
      return { outcome: 'answered', text };
    case 'notApplicable':
      return { outcome: 'absent', text: `${text}; ${onlyAssumed}` };
    case 'bad':
    case 'unknown':
      return { outcome: 'failed', text, ...(status === 404 ? { hint: 'Check the path.' } : {}) };
  }
}

/** Metrics in Prometheus' text format: how many samples there are. */
export async function tryMetrics(endpoints: Endpoints, target: Of<'metrics'>, signal: AbortSignal): Promise<Trial> {
  const { endpoint, assumed } = target;
  try {
    const { body } = await endpoints.request(endpoint, { signal, maxBytes: largestExposition });
    const samples = await countSamples(body);
    if (samples > 0) return { outcome: 'answered', text: `exposes ${String(samples)} samples` };
    const what = body.trimStart().startsWith('<') ? 'a page of HTML' : 'no sample';
    const hint = 'It must expose the text format of Prometheus: check metrics.url.';
    return { outcome: 'failed', text: `gives ${what} where metrics were expected`, hint };
  } catch (error) {
    if (assumed === true && isHttpError(error, 'notFound')) return absent;
    throw error;
  }
}

const onlyAssumed = 'it is only where services usually have it';
const absent: Trial = { outcome: 'absent', text: `is not there (404); ${onlyAssumed}` };

/** Larger ones are no exposition that a server would scrape every few seconds. */
const largestExposition = 16 * 1024 * 1024;

const sample = /^[a-zA-Z_:][\w:]*(?:\{.*\})? +(?:[-+]?[\d.][\d.eE+-]*|NaN|[-+]?Inf)(?: +-?\d+)?\s*$/;

/** Lines such as `up 1` or `requests_total{code="200"} 7 1700000000`; of HTML and other texts there are none. */
async function countSamples(body: string): Promise<number> {
  let samples = 0;
  let lines = 0;
  for (let from = 0; from < body.length;) {
    const end = body.indexOf('\n', from);
    const line = body.slice(from, Math.min(end < 0 ? body.length : end, from + longestLine));
    if (sample.test(line)) samples++;
    from = end < 0 ? body.length : end + 1;
    // Others work meanwhile: some milliseconds lie between two turns.
    if (isPause(lines++)) await new Promise((resolve) => setImmediate(resolve));
  }
  return samples;
}

const longestLine = 4000;
