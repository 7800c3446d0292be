import type { AxiosResponse, AxiosStatic } from 'axios';
import { IncidentError } from '../incident/incidentError.ts';
import { shownAddress, webAddressOf } from '../safety/webAddress.ts';
import { HttpError } from './httpError.ts';
import { networkFailure, statusFailure } from './httpFailures.ts';

/** One request. */
export interface HttpRequest {
  readonly url: string;
  /** GET when absent. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that prove who asks. With them no redirect is followed at all. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body?: string;
  /** From the first byte sent to the last received; the setup's when absent. */
  readonly timeoutMs?: number;
  /** Of the answer's body, unpacked; the setup's when absent. */
  readonly maxBytes?: number;
  /** Any status but a redirect is an answer: for those who want to know how a server is. */
  readonly anyStatus?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** An answer; its status is 2xx unless any was asked for. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** As UTF-8. */
  readonly body: string;
}

/**
 * Asks addresses. Throws HttpError when there is no answer or it is not 2xx, IncidentError `cancelled` when `signal`
 * ended it. Only http and https; the machine's proxy settings are VS Code's affair; a redirect is followed within its
 * origin alone.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** The body parsed as JSON, with the answer it came in. */
  json(request: HttpRequest): Promise<HttpAnswer & { readonly value: unknown }>;
}

/** What holds for all requests that do not say otherwise. */
export interface HttpSetup {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

const defaultTimeoutMs = 10_000;
const defaultMaxBytes = 4 * 1024 * 1024;
const mostRedirects = 3;

/** HTTP through axios, which loads with the first request. */
export function createHttp(setup: HttpSetup = {}): Http {
  const request = async (wish: HttpRequest): Promise<HttpAnswer> => {
    const timeoutMs = wish.timeoutMs ?? setup.timeoutMs ?? defaultTimeoutMs;
    const maxBytes = wish.maxBytes ?? setup.maxBytes ?? defaultMaxBytes;
    // Counted from outside: a server that sends a byte now and then would never be idle.
    const limits = { timeoutMs, maxBytes, tooLong: AbortSignal.timeout(timeoutMs) };
    return ask(wish, addressOf(wish.url), limits, mostRedirects);
  };
  return {
    request,
    json: async (wish) => {
      const answer = await request({ ...wish, headers: { accept: 'application/json', ...wish.headers } });
      return { ...answer, value: parsed(answer.body, shownAddress(addressOf(wish.url))) };
    },
  };
}

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly tooLong: AbortSignal;
}

async function ask(wish: HttpRequest, url: URL, limits: Limits, redirects: number): Promise<HttpAnswer> {
  const response = await exchange(wish, url, limits);
  const { status, data } = response;
  const headers = headersOf(response);
  if (status >= 300 && status < 400 && headers['location'] !== undefined) {
    return ask(wish, redirected(wish, url, headers['location'], redirects), limits, redirects - 1);
  }
  const failed = statusFailure({ status, headers }, shownAddress(url), Date.now());
  if (failed !== undefined && wish.anyStatus !== true) throw failed;
  return { status, headers, body: data.toString('utf8') };
}

async function exchange(wish: HttpRequest, url: URL, limits: Limits, again = true): Promise<AxiosResponse<Buffer>> {
  const { signal } = wish;
  if (signal?.aborted) throw cancelled(url);
  const { default: axios } = await loadAxios();
  try {
    return await axios.request<Buffer>({
      url: url.href,
      method: wish.method ?? 'GET',
      headers: { 'user-agent': 'Mayday', ...wish.headers, ...wish.credentials },
      ...(wish.body === undefined ? {} : { data: wish.body }),
      responseType: 'arraybuffer',
      // Bodies stay as they were sent and received: what they mean is the caller's affair.
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: limits.maxBytes,
      maxBodyLength: limits.maxBytes,
      proxy: false,
      signal: AbortSignal.any([limits.tooLong, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled(url);
    if (limits.tooLong.aborted) throw timedOut(url, limits.timeoutMs);
    if (/max(?:Content|Body)Length/.test((error as Error).message)) throw tooLarge(url, limits.maxBytes);
    if (again && isStale(error) && (wish.method ?? 'GET') === 'GET') return exchange(wish, url, limits, false);
    throw networkFailure(error, shownAddress(url));
  }
}

/** True when a connection that was kept from an earlier request turned out to be closed: it says nothing about the server now. */
function isStale(error: unknown): boolean {
  const { request } = error as { readonly request?: { readonly reusedSocket?: boolean } };
  return request?.reusedSocket === true;
}

/** Where a redirect leads; throws when it may not be followed. */
function redirected({ method = 'GET', credentials }: HttpRequest, from: URL, location: string, left: number): URL {
  const to = URL.canParse(location, from.href) ? webAddressOf(new URL(location, from.href).href) : undefined;
  const shown = to === undefined ? 'an address that is none' : shownAddress(to);
  const refuse = (why: string) =>
    new HttpError('redirect', `${shownAddress(from)} redirects to ${shown}, ${why}.`, {
      hint: 'If that is right, configure that address.',
    });
  if (to === undefined) throw refuse('which cannot be asked');
  if (to.origin !== from.origin) throw refuse('which nobody confirmed');
  if (method !== 'GET' || credentials !== undefined) throw refuse('and what was sent is not sent twice');
  if (left <= 0) throw refuse('the last of too many redirects');
  return to;
}

function headersOf(response: AxiosResponse<Buffer>): Record<string, string> {
  const entries = Object.entries(response.headers as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}

function addressOf(text: string): URL {
  const url = webAddressOf(text);
  if (url !== undefined) return url;
  throw new HttpError('badAddress', 'Only http and https addresses without a password in them are asked.', {
    hint: 'Correct the address in mayday.yaml.',
  });
}

function parsed(body: string, address: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const what =
      body.trim() === '' ? 'an empty answer' : body.trimStart().startsWith('<') ? 'a page of HTML' : 'no JSON';
    throw new HttpError('malformed', `${address} gave ${what} where JSON was expected.`, { cause: error });
  }
}

function cancelled(url: URL): IncidentError {
  return new IncidentError('cancelled', `Asking ${shownAddress(url)} was cancelled.`);
}

function timedOut(url: URL, timeoutMs: number): HttpError {
  return new HttpError('timeout', `${shownAddress(url)} did not answer within ${timeoutMs / 1000} s.`);
}

function tooLarge(url: URL, maxBytes: number): HttpError {
  const limit = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MB` : `${maxBytes} bytes`;
  return new HttpError('tooLarge', `The answer of ${shownAddress(url)} is larger than ${limit}, and is not read.`);
}

/** Loaded on first use: nobody who asks nothing shall pay for it. */
async function loadAxios(): Promise<{ readonly default: AxiosStatic }> {
  return import('axios');
}
