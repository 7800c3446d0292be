import { IncidentError } from '../incident/incidentError.ts';
import type { ChangedFiles } from '../changes/history/readsHistory.ts';
import { isRepositoryPath, isSafeRevision } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { fileOptions, parseChangedFiles } from './gitLog.ts';

/** Beyond that a file is no text that anybody compares. */
const largestFileBytes = 20 * 1024 * 1024;

/** What lies between two commits, or what `to` itself brought. */
export async function readChangedFiles(
  ask: AskGit,
  { from, to }: { readonly from?: string; readonly to: string },
): Promise<ChangedFiles> {
  const later = await commitAt(ask, to);
  const earlier = await existing(ask, from ?? `${later}^`);
  if (earlier === undefined && from !== undefined) await requireNothingBefore(ask, from);
  const options = ['diff-tree', ...fileOptions, '--find-renames'];
  const range = earlier === undefined ? ['--root', '--no-commit-id', later] : [earlier, later];
  const output = await ask.bytes([...options, ...range]);
  return { from: earlier, to: later, files: parseChangedFiles(output) };
}

/** A file as it was committed. */
export async function readCommittedFile(
  ask: AskGit,
  revision: string,
  path: string,
  maxBytes = largestFileBytes,
): Promise<Uint8Array> {
  requireRevision(revision);
  if (!isRepositoryPath(path)) throw new IncidentError('invalidArgument', 'This is no path inside a repository.');
  const args = ['cat-file', 'blob', `${revision}:${path}`];
  const outcome = await ask.outcome(args, { maxBytes });
  if (outcome.exitCode === 0) return outcome.stdout;
  const id = path.includes('\ufffd') ? await blobOf(ask, revision, path) : undefined;
  if (id !== undefined) return ask.bytes(['cat-file', 'blob', id], { maxBytes });
  if (outcome.stderr.includes('bad file')) {
    throw new IncidentError('notFound', `${path} is no file at ${revision}: a folder or a submodule.`);
  }
  return ask.bytes(args, { maxBytes });
}

/** The beginning of a file as it was committed. Git is ended once there is enough: a file may have any size. */
export async function readFileBeginning(
  ask: AskGit,
  revision: string,
  path: string,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
  requireRevision(revision);
  if (!isRepositoryPath(path)) throw new IncidentError('invalidArgument', 'This is no path inside a repository.');
  const chunks: Buffer[] = [];
  let read = 0;
  const { exitCode } = await ask.outcome(['cat-file', 'blob', `${revision}:${path}`], {
    read: (chunk) => {
      chunks.push(chunk);
      read += chunk.length;
      return read > maxBytes ? 'enough' : 'more';
    },
  });
  // The way that says what is wrong, and knows names that are no UTF-8.
  if (exitCode !== 0) {
    const whole = await readCommittedFile(ask, revision, path);
    return { bytes: whole.subarray(0, maxBytes), size: whole.length };
  }
  const bytes = Buffer.concat(chunks).subarray(0, maxBytes);
  if (read <= maxBytes) return { bytes, size: read };
  return { bytes, size: Number(await ask.text(['cat-file', '-s', `${revision}:${path}`])) };
}

/** A name that is no UTF-8 can be no argument: it is looked for in the list of all files. */
async function blobOf(ask: AskGit, revision: string, path: string): Promise<string | undefined> {
  const list = await ask.text(['ls-tree', '-r', '-z', '--full-tree', revision]);
  const found = list.split('\0').flatMap((entry) => {
    const [, id, name] = /^\d+ blob ([0-9a-f]+)\t([^]*)$/.exec(entry) ?? [];
    return id !== undefined && name === path ? [id] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

async function commitAt(ask: AskGit, revision: string): Promise<string> {
  const commit = await existing(ask, revision);
  if (commit !== undefined) return commit;
  throw noCommit(revision);
}

async function existing(ask: AskGit, revision: string): Promise<string | undefined> {
  requireRevision(revision);
  return ask.maybe(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
}

/** `<first commit>^` is before everything; any other revision that is not there is a mistake. */
async function requireNothingBefore(ask: AskGit, revision: string): Promise<void> {
  const base = revision.replace(/\^$/, '');
  if (base === revision) throw noCommit(revision);
  await commitAt(ask, base);
}

function noCommit(revision: string): IncidentError {
  return new IncidentError('notFound', `The repository has no commit ${revision}.`, {
    hint: 'It may not have been fetched yet.',
  });
}

function requireRevision(revision: string): void {
  if (isSafeRevision(revision)) return;
  throw new IncidentError('invalidArgument', `"${revision}" is no revision that Mayday hands to git.`, {
    hint: 'Use a commit id, a branch or a tag.',
  });
}
