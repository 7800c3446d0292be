import { IncidentError } from '../incident/incidentError.ts';

/** How a request failed; callers branch on it, people read the message. */
export type HttpFailure =
  | 'badAddress'
  | 'connectionRefused'
  | 'hostNotFound'
  | 'unreachable'
  | 'connectionLost'
  | 'tls'
  | 'noHttp'
  | 'timeout'
  | 'tooLarge'
  | 'redirect'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'rateLimited'
  | 'serverError'
  | 'otherStatus'
  | 'malformed'
  | 'unexpected';

/** A request that failed: IncidentError `outside` with what a caller needs to decide whether to try again. */
export class HttpError extends IncidentError {
  readonly failure: HttpFailure;
  /** Of the answer, when there was one. */
  readonly status: number | undefined;
  /** Milliseconds after which the server asked to be asked again (RFC 9110, Retry-After). */
  readonly retryAfterMs: number | undefined;
  /** Of the answer, lower-case names; empty when there was none. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    failure: HttpFailure,
    message: string,
    options: {
      readonly hint?: string;
      readonly cause?: unknown;
      readonly status?: number;
      readonly retryAfterMs?: number | undefined;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super('outside', message, options);
    this.name = 'HttpError';
    this.failure = failure;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.headers = options.headers ?? {};
  }
}

/** True for an HttpError, of the given failure when one is asked for. */
export function isHttpError(error: unknown, failure?: HttpFailure): error is HttpError {
  return error instanceof HttpError && (failure === undefined || error.failure === failure);
}
