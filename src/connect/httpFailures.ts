import { formatDuration } from '../documents/timeText.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { HttpFailure } from './httpError.ts';
import { HttpError } from './httpError.ts';
import { redactedLine } from '../safety/redactedLine.ts';

/** What an answer was, as far as its failure goes. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface NetworkFailure {
  readonly codes: RegExp;
  readonly failure: HttpFailure;
  readonly message: (address: string) => string;
  readonly hint?: string;
}

/** Codes of Node's errors (of the system, of OpenSSL and of its HTTP parser); the first that fits counts. */
const networkFailures: readonly NetworkFailure[] = [
  {
    codes: /^ECONNREFUSED$/,
    failure: 'connectionRefused',
    message: (address) => `${address} refused the connection: nothing listens there.`,
  },
  {
    codes: /^(?:ENOTFOUND|EAI_AGAIN|EAI_\w+|ENODATA|ESERVFAIL)$/,
    failure: 'hostNotFound',
    message: (address) => `The host name of ${address} was not found (DNS).`,
    hint: 'Check the name, the VPN and the network.',
  },
  {
    codes: /^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/,
    failure: 'unreachable',
    message: (address) => `There is no way to ${address} from this machine.`,
    hint: 'Check the VPN and the network.',
  },
  {
    codes: /^(?:ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT)$/,
    failure: 'timeout',
    message: (a) => `${a} did not answer in time.`,
  },
  {
    codes:
      /CERT|^(?:ERR_TLS|ERR_SSL|EPROTO)|SIGNATURE|SELF_SIGNED|^HOSTNAME_MISMATCH|^INVALID_CA$|^PATH_LENGTH_EXCEEDED$/,
    failure: 'tls',
    message: (address) => `The encrypted connection (TLS) to ${address} was not accepted.`,
    hint: 'The certificate may be expired, self-signed or of an authority that this machine does not know; nothing was sent.',
  },
  {
    codes: /^HPE_/,
    failure: 'noHttp',
    message: (address) => `What ${address} answered is not HTTP.`,
    hint: 'Check scheme and port.',
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/,
    failure: 'connectionLost',
    message: (address) => `${address} closed the connection before it had answered.`,
  },
];

/** The error of a request that brought no answer. `address` as it may be shown. */
export function networkFailure(error: unknown, address: string): HttpError {
  const code = codeOf(error);
  // The library's own error holds the request with all its headers: credentials must not get into a log that way.
  const cause = new Error(code === '' ? messageOf(error) : code);
  const known = networkFailures.find(({ codes }) => codes.test(code));
  if (known === undefined) {
    return new HttpError('unexpected', `${address} could not be asked (${redactedLine(messageOf(error), 200)}).`, {
      cause,
    });
  }
  const { failure, message, hint } = known;
  const detail = failure === 'tls' ? ` (${code})` : '';
  return new HttpError(failure, message(address).replace(/\.$/, `${detail}.`), {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The error of an answer whose status says that it is none; undefined for 2xx. `now` in milliseconds since the epoch. */
export function statusFailure(answer: FailedAnswer, address: string, now: number): HttpError | undefined {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return undefined;
  const of = (failure: HttpFailure, what: string, hint?: string) =>
    new HttpError(failure, `${address} ${what}.`, {
      status,
      headers,
      retryAfterMs: retryAfterOf(headers['retry-after'], now),
      ...(hint === undefined ? {} : { hint }),
    });
  if (status === 401)
    return of('unauthorized', 'asks who is there (401)', 'A token or password is missing, wrong or expired.');
  if (status === 403) return of('forbidden', 'refused (403)', 'Whoever the token belongs to may not see this.');
  if (status === 404) return of('notFound', 'has nothing under that address (404)');
  if (status === 429) return of('rateLimited', `was asked too often (429)${waitText(headers['retry-after'], now)}`);
  if (status >= 500) return of('serverError', `failed by itself (${status})`);
  return of('otherStatus', `answered with status ${status}`);
}

/** Retry-After in milliseconds, at most a day: seconds, or a date. Undefined when there is none that can be read. */
export function retryAfterOf(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), 24 * 3_600_000);
}

function waitText(value: string | undefined, now: number): string {
  const ms = retryAfterOf(value, now);
  if (ms === undefined) return '';
  return `, and may be asked again in ${ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : formatDuration(ms)}`;
}

/** Of the error or of what caused it: libraries wrap. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 3) return '';
  if ('code' in error && typeof error.code === 'string' && !/^ERR_(?:NETWORK|BAD_RE\w+)$/.test(error.code))
    return error.code;
  return 'cause' in error ? codeOf(error.cause, depth + 1) : '';
}
