import type { CommitId, FileChange, ReadsHistory } from './readsHistory.ts';

/** A file that differs between two revisions; `left` and `right` are its paths in either, absent where it is not there. */
export interface ShownPath {
  readonly left?: string;
  readonly right?: string;
}

/** What a multi-diff editor is given. */
export interface ShownChanges {
  readonly left: CommitId | undefined;
  readonly right: CommitId;
  readonly paths: readonly ShownPath[];
  /** Submodules that point elsewhere: their paths. They have no content in this repository that could be shown. */
  readonly submodules: readonly string[];
  /** Of all files that differ, also those beyond what is shown. */
  readonly count: number;
}

/** VS Code's multi-diff editor loads every file that it is given. */
const mostFiles = 300;

/** Text of one file beyond that is cut: as many files of that size as are shown must not fill the memory. */
const mostBytes = 2 * 1024 * 1024;

/** The files that differ between two commits, as far as an editor shows them; `from` undefined: what `to` itself changed. */
export async function readShownChanges(
  history: Pick<ReadsHistory, 'changedFiles'>,
  repository: string,
  range: { readonly from?: string; readonly to: string },
  signal?: AbortSignal,
): Promise<ShownChanges> {
  const { from, to, files } = await history.changedFiles(repository, range, signal);
  const shown = files.filter(({ kind }) => kind !== 'submodule');
  const submodules = files.filter(({ kind }) => kind === 'submodule').map(({ path }) => path);
  return { left: from, right: to, paths: shown.slice(0, mostFiles).map(sidesOf), submodules, count: shown.length };
}

/** A file as it was committed, for an editor: one that is too large is cut, and says so at its end. */
export async function readShownFile(
  history: Pick<ReadsHistory, 'readBeginning'>,
  repository: string,
  revision: string,
  path: string,
): Promise<Uint8Array> {
  const { bytes, size } = await history.readBeginning(repository, revision, path, mostBytes);
  if (size <= bytes.length) return bytes;
  const of = `${String(Math.round(size / 1024 / 1024))} MB`;
  const note = `\n\n… Mayday cut this file here: it has ${of} at this revision, and only its beginning is shown.\n`;
  return Buffer.concat([bytes, Buffer.from(note)]);
}

function sidesOf({ status, path, oldPath }: FileChange): ShownPath {
  if (status === 'added') return { right: path };
  if (status === 'deleted') return { left: path };
  return { left: oldPath ?? path, right: path };
}
