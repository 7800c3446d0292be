import { listAt, textAt } from '../../changes/deployed/jsonFields.ts';
import type { Endpoint, StatusPageKind } from '../../config/signalConfiguration.ts';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import type { Endpoints } from '../endpoints.ts';
import { isHttpError } from '../httpError.ts';

/** Where pages of either kind keep what they say, behind the page's own address. */
const paths: readonly (readonly [kind: StatusPageKind, path: string])[] = [
  ['statuspage', '/api/v2/summary.json'],
  ['betterstack', '/index.json'],
];

/** A status page: which kind answers, at its address or where pages of that kind keep their JSON. */
export async function tryStatusPage(
  endpoints: Endpoints,
  { endpoint, page }: Extract<SourceTarget, { kind: 'statusPage' }>,
  signal: AbortSignal,
): Promise<Trial> {
  const own = { ...endpoint, url: endpoint.url.replace(/\/+$/, '') };
  const { body } = await endpoints.request(endpoint, { signal });
  const direct = kindOf(body);
  if (direct !== undefined && (page === undefined || direct.kind === page)) return direct.trial;
  for (const [kind, path] of paths.filter(([kind]) => page === undefined || kind === page)) {
    const text = await optional(endpoints, own, path, signal);
    const found = text === undefined ? undefined : kindOf(text);
    if (found?.kind === kind) return found.trial;
  }
  const wanted = page === undefined ? 'no kind of status page that is known' : `no ${names[page]}`;
  return {
    outcome: 'failed',
    text: `answers, and is ${wanted}`,
    hint: 'Name the address of the page, or of its feed.',
  };
}

const names: Readonly<Record<StatusPageKind, string>> = {
  statuspage: 'Statuspage',
  betterstack: 'Better Stack page',
  feed: 'feed',
};

function kindOf(body: string): { readonly kind: StatusPageKind; readonly trial: Trial } | undefined {
  if (/<(?:rss|feed|rdf:RDF)[\s>]/i.test(body.slice(0, 2000))) {
    return { kind: 'feed', trial: { outcome: 'answered', text: 'is a feed' } };
  }
  const json = parsed(body);
  if (textAt(json, 'page', 'name') !== undefined || listAt(json, 'components').length > 0) {
    const count = listAt(json, 'components').length;
    return {
      kind: 'statuspage',
      trial: { outcome: 'answered', text: `is a Statuspage with ${String(count)} components` },
    };
  }
  const state = textAt(json, 'data', 'attributes', 'aggregate_state');
  if (state === undefined) return undefined;
  return { kind: 'betterstack', trial: { outcome: 'answered', text: `is a Better Stack page, ${state}` } };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function optional(
  endpoints: Endpoints,
  endpoint: Endpoint,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  // The person confirmed the page; what it keeps behind its own address is the same page.
  try {
    return (await endpoints.request(endpoint, { path, signal })).body;
  } catch (error) {
    if (isHttpError(error, 'notFound') || isHttpError(error, 'otherStatus') || isHttpError(error, 'redirect')) {
      return undefined;
    }
    throw error;
  }
}
