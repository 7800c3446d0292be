import { lstat, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceRef } from '../incident/evidenceRef.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { createFile, makeDirectory, syncDirectory } from './durableFiles.ts';
import { sha256Of } from './eventLine.ts';
import { codeOf, isMissing } from './storageError.ts';

/** More than this is no evidence but a copy of a system. */
export const evidenceLimitBytes = 64 * 1024 * 1024;

/**
 * Stores `bytes` as `<directory>/evidence/<sha256>`; on disk when it resolves. The same bytes are stored once, and
 * again when what is there does not match its name.
 * @param temporaryName unique, so that two windows never write into one file
 */
export async function writeEvidence(
  directory: string,
  name: string,
  bytes: Uint8Array,
  temporaryName: string,
): Promise<EvidenceRef> {
  if (bytes.length > evidenceLimitBytes) {
    const limit = `${evidenceLimitBytes / 1024 / 1024} MB`;
    throw new IncidentError('invalidArgument', `${name} is larger than ${limit} and is not kept as evidence.`, {
      hint: 'Keep the part that shows the fact.',
    });
  }
  const ref = { sha256: sha256Of(bytes), name: fileNameOf(name), bytes: bytes.length };
  const folder = join(directory, 'evidence');
  if ((await readIntact(directory, ref)) !== undefined) return ref;
  await makeDirectory(folder).catch(unlessExists);
  const temporary = join(folder, `.${temporaryName}`);
  try {
    await createFile(temporary, bytes);
    await rename(temporary, join(folder, ref.sha256));
  } catch (error) {
    // The reason of the failure matters more than what it left behind.
    await unlink(temporary).catch(() => 'left in place');
    throw error;
  }
  await syncDirectory(folder);
  return ref;
}

/** The bytes that `ref` names, from the first of `directories` that has them intact. Throws `notFound` when none has. */
export async function readEvidence(directories: readonly string[], ref: EvidenceRef): Promise<Uint8Array> {
  for (const directory of directories) {
    const bytes = await readIntact(directory, ref);
    if (bytes !== undefined) return bytes;
  }
  throw new IncidentError('notFound', `The evidence ${ref.name} is not in the record, or not as it was stored.`, {
    hint: 'Another clone or a backup of the record may still have it.',
  });
}

async function readIntact(directory: string, { sha256, bytes }: EvidenceRef): Promise<Uint8Array | undefined> {
  // References come from events, whose writer may be a stranger.
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const path = join(directory, 'evidence', sha256);
  try {
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size !== bytes || stats.size > evidenceLimitBytes) return undefined;
    const content = await readFile(path);
    return sha256Of(content) === sha256 ? content : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new IncidentError('storage', `${path} could not be read: ${messageOf(error)}.`, { cause: error });
  }
}

function fileNameOf(name: string): string {
  // Characters that some file system does not allow in a name, and control characters.
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').replace(/^[.\s-]+|[.\s]+$/g, '');
  return safe.slice(-120) || 'evidence';
}

function unlessExists(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}
