import type { StatusPage, StatusPageKind } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { webAddressOf } from '../../safety/webAddress.ts';
import type { ProbeFailure, ProbeLimits } from '../probes/probeSight.ts';
import { parseBetterStack } from './parseBetterStack.ts';
import { parseFeed } from './parseFeed.ts';
import { parseStatuspage } from './parseStatuspage.ts';
import type { FetchesPages, PageAnswer, StatusPageSight } from './statusPageSight.ts';

/** What a status page said, or why that is not known: words that go on from its name. */
export type StatusPageReading =
  /** `ageSeconds`: how old the copy is that a cache gave instead of the page (RFC 9111, Age). */
  | { readonly kind: 'read'; readonly sight: StatusPageSight; readonly ageSeconds: number }
  | { readonly kind: 'unread'; readonly reason: string };

const paths: Readonly<Record<StatusPageKind, string>> = {
  statuspage: '/api/v2/summary.json',
  betterstack: '/index.json',
  feed: '',
};

/** Another path of the same server would fail the same way. */
const endsTheSearch: readonly ProbeFailure[] = ['connectionRefused', 'hostNotFound', 'unreachable', 'timeout', 'tls'];

/**
 * Fetches a status page and reads it. Where nobody said of which kind it is, it is found out: Statuspage first, then Better
 * Stack, then the address itself as a feed. Throws what `FetchesPages` throws.
 */
export async function readStatusPage(
  page: Pick<StatusPage, 'url' | 'kind'>,
  pages: FetchesPages,
  now: IsoTime,
  limits: ProbeLimits,
): Promise<StatusPageReading> {
  const reasons: string[] = [];
  for (const kind of kindsOf(page)) {
    const answer = await pages.fetch(page, paths[kind], limits);
    const reading = readingOf(kind, answer, now);
    if (reading.kind === 'read') return reading;
    if (isTheEnd(answer)) return reading;
    reasons.push(reading.reason);
  }
  return { kind: 'unread', reason: reasons.join(', ') };
}

function kindsOf({ url, kind }: Pick<StatusPage, 'url' | 'kind'>): readonly StatusPageKind[] {
  if (kind !== undefined) return [kind];
  const path = webAddressOf(url)?.pathname ?? '';
  return /(?:\.(?:rss|atom|xml)|\/(?:rss|feed|atom))\/?$/i.test(path)
    ? ['feed']
    : ['statuspage', 'betterstack', 'feed'];
}

function isTheEnd(answer: PageAnswer): boolean {
  return answer.kind === 'failed' ? endsTheSearch.includes(answer.failure) : answer.status === 429;
}

function readingOf(kind: StatusPageKind, answer: PageAnswer, now: IsoTime): StatusPageReading {
  if (answer.kind === 'failed') {
    const { message, hint = '' } = answer;
    return { kind: 'unread', reason: `${message} ${hint}`.trim().replace(/\.$/, '') };
  }
  const what = paths[kind] === '' ? 'the page' : paths[kind];
  const { status, headers, body } = answer;
  if (status < 200 || status >= 300) return { kind: 'unread', reason: `${what} ${statusWords(status, headers)}` };
  const sight = sightOf(kind, body, now);
  if (sight === undefined) return { kind: 'unread', reason: `${what} is ${whatInstead(kind, body)}` };
  const age = Number(headers['age'] ?? 0);
  return { kind: 'read', sight, ageSeconds: Number.isFinite(age) ? age : 0 };
}

function sightOf(kind: StatusPageKind, body: string, now: IsoTime): StatusPageSight | undefined {
  if (kind === 'feed') return parseFeed(body, now);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  return kind === 'statuspage' ? parseStatuspage(value) : parseBetterStack(value, now);
}

function statusWords(status: number, headers: Readonly<Record<string, string>>): string {
  if (status === 401) return 'asks who is there (401)';
  if (status === 403) return 'refuses to tell (403)';
  if (status === 404) return 'is not there (404)';
  const after = headers['retry-after'];
  const wait = after !== undefined && /^\d{1,6}$/.test(after) ? `, and may be asked again in ${after} s` : '';
  if (status === 429) return `was asked too often (429)${wait}`;
  return `answers ${String(status)}${wait}`;
}

function whatInstead(kind: StatusPageKind, body: string): string {
  const text = body.trimStart();
  if (text === '') return 'empty';
  const isPage = /^<(?:!doctype html|html)/i.test(text);
  if (kind === 'feed') return isPage ? 'a page of HTML, no feed' : 'no feed';
  return text.startsWith('<')
    ? 'a page of HTML, no JSON'
    : `no summary of ${kind === 'statuspage' ? 'Statuspage' : 'Better Stack'}`;
}
