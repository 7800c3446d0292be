import { IncidentError, messageOf } from '../incident/incidentError.ts';

/** The code of an error of the file system (`ENOENT`), undefined when it has none. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** True when something on the way to a path is not there (any more). */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** True when the place cannot be written to at all, whatever its free space. */
export function isRefused(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSYS', 'ENOTSUP'].includes(codeOf(error) ?? '');
}

/** True when there is no room for more. A short write counts: the rest would have failed with the reason. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG', shortWrite].includes(codeOf(error) ?? '');
}

/** The code of an error for a write that the system ended before the last byte. */
export const shortWrite = 'ESHORTWRITE';

/** What a person is told when `path` could not be written; `kept` says what became of the content. */
export function storageError(error: unknown, path: string, kept: string): IncidentError {
  if (error instanceof IncidentError) return error;
  return new IncidentError('storage', `${whyOf(error, path)} ${kept}`.trim(), { hint: hintOf(error), cause: error });
}

function whyOf(error: unknown, path: string): string {
  if (isFull(error)) return `The disk is full: ${path} could not be written.`;
  if (isMissing(error)) return `${path} could not be written: its folder was deleted or moved.`;
  if (isRefused(error)) return `${path} could not be written: the place is read-only (${codeOf(error) ?? ''}).`;
  return `${path} could not be written: ${messageOf(error)}.`;
}

function hintOf(error: unknown): string {
  if (isFull(error)) return 'Free some space and retry, or continue the incident in another place.';
  if (isMissing(error)) return 'Restore the folder from what this window knows, or move it back and retry.';
  return 'Make the folder writable and retry, or continue the incident in another place.';
}
