/** Why a request could not be carried out; callers branch on it, people read the message. */
export type ErrorReason =
  | 'invalidArgument'
  | 'notFound'
  | 'ambiguous'
  | 'refused'
  | 'untrusted'
  | 'cancelled'
  | 'needsConfirmation'
  | 'storage'
  | 'outside';

/** An error made for a person: `message` says what failed and why, `hint` what to do next. */
export class IncidentError extends Error {
  readonly reason: ErrorReason;
  readonly hint: string | undefined;

  constructor(reason: ErrorReason, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'IncidentError';
    this.reason = reason;
    this.hint = options.hint;
  }
}

/** True for an IncidentError, of the given reason when one is asked for. */
export function isIncidentError(error: unknown, reason?: ErrorReason): error is IncidentError {
  return error instanceof IncidentError && (reason === undefined || error.reason === reason);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
