import type { HttpExpectation } from '../../config/signalConfiguration.ts';
import { readHealthBody } from './healthBody.ts';
import { explanationOf, troubleText } from './healthText.ts';
import { judgeFailure } from './judgeFailure.ts';
import type { HttpProbe, HttpSight } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';
import { latencyText } from './probeVerdict.ts';
import { unmetExpectations } from './unmetExpectations.ts';

type Answered = Extract<HttpSight, { readonly kind: 'answered' }>;

/**
 * What an HTTP probe comes to: *bad* when the status or the body is not what is expected (any 2xx when nothing is),
 * *suspicious* when it is slow or says of a part that it fails, *unknown* when it asks who is there.
 * @param timeoutMs how long was waited for an answer.
 */
export function judgeHttpProbe(probe: HttpProbe, sight: HttpSight, timeoutMs: number): ProbeVerdict {
  if (sight.kind === 'failed') return judgeFailure(sight, timeoutMs);
  const { status } = sight;
  const { expect } = probe;
  const isRight = expect?.status === undefined ? status >= 200 && status < 300 : status === expect.status;
  if (probe.assumed === true && (status === 404 || status === 410)) return missing(probe);
  if (!isRight) return wrongStatus(sight, expect);
  if (probe.assumed === true && isPage(sight)) {
    return { verdict: 'notApplicable', text: `is a page of HTML, no health endpoint` };
  }
  const unmet = expect === undefined ? [] : unmetExpectations(expect, sight.body);
  if (unmet.length > 0) return { verdict: 'bad', text: `answers ${String(status)}, but ${unmet.join(' and ')}` };
  return withHealth(probe, sight) ?? inTime(probe, sight);
}

function missing({ url }: HttpProbe): ProbeVerdict {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return { verdict: 'notApplicable', text: `is not there: the service has no ${path}` };
}

function wrongStatus({ status, body, headers }: Answered, expect: HttpExpectation | undefined): ProbeVerdict {
  const wanted = expect?.status === undefined ? '' : `, not ${String(expect.status)}`;
  if (status === 401 || status === 403) {
    const hint = 'give the headers it needs in mayday.yaml, secrets by name only';
    const what = status === 401 ? 'asks who is there (401)' : 'refuses to tell (403)';
    return { verdict: 'unknown', text: `is unknown: it ${what}${wanted}; ${hint}` };
  }
  if (status === 429) {
    const after = headers['retry-after'];
    const wait = after === undefined || !/^\d{1,6}$/.test(after) ? '' : `, and may be asked again in ${after} s`;
    return { verdict: 'unknown', text: `is unknown: it was asked too often (429)${wait}` };
  }
  const why = explanationOf(body);
  return { verdict: 'bad', text: `answers ${String(status)}${wanted}${why === undefined ? '' : `: ${why}`}` };
}

/** What a good status does not say: some endpoints answer 200 whatever happens. Undefined when the body has nothing to tell. */
function withHealth({ expect }: HttpProbe, { status, body }: Answered): ProbeVerdict | undefined {
  const health = readHealthBody(body);
  if (health === undefined) return undefined;
  const trouble = troubleText(health);
  if (trouble === undefined && (health.overall === undefined || health.overall === 'fine')) return undefined;
  const what = trouble ?? `says ${health.overall === 'failing' ? 'that it fails' : 'that something is not right'}`;
  const verdict = health.overall === 'failing' && expect === undefined ? 'bad' : 'suspicious';
  return { verdict, text: `answers ${String(status)}, but ${what}` };
}

function inTime({ withinMs }: HttpProbe, { status, latencyMs }: Answered): ProbeVerdict {
  const text = `answers ${String(status)} in ${latencyText(latencyMs)}`;
  if (withinMs === undefined || latencyMs <= withinMs) return { verdict: 'ok', text };
  return { verdict: 'suspicious', text: `${text}, slower than ${latencyText(withinMs)}` };
}

/** What sites send for every path that they do not know. */
function isPage({ headers, body }: Answered): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '') && /^\s*<(?:!doctype|html)/i.test(body);
}
