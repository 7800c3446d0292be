import { requireTrust } from '../../incident/requireTrust.ts';
import type { Host } from '../../incident/useCase.ts';
import type { ReadsLines } from '../lines/readsLines.ts';
import type { FetchesBranch } from './fetchesBranch.ts';
import type { FileChange, ReadsHistory } from './readsHistory.ts';
import { readShownChanges, readShownFile } from './shownFiles.ts';

type ChangedFiles = (
  repository: string,
  range: { readonly from: string; readonly to: string },
  signal?: AbortSignal,
) => Promise<readonly FileChange[]>;
type ChangedPaths = (
  repository: string,
  range: { readonly from?: string; readonly to: string },
  signal?: AbortSignal,
) => ReturnType<typeof readShownChanges>;

/** What the editor shows of a repository. */
export interface TrustedRepository extends ReadsLines {
  readonly fetches: FetchesBranch;
  /** A file as it was committed, as far as it can be shown. */
  readRevision(repository: string, revision: string, path: string): Promise<Uint8Array>;
  readonly changedFiles: ChangedFiles;
  readonly changedPaths: ChangedPaths;
}

/** Everything throws IncidentError `untrusted` in Restricted Mode: git runs nothing there. */
export function createTrustedRepository(
  host: Pick<Host, 'isTrusted'>,
  git: ReadsHistory & ReadsLines,
  branches: FetchesBranch,
): TrustedRepository {
  return {
    fileLines: async (...asked: Parameters<ReadsLines['fileLines']>) => {
      requireTrust(host);
      return git.fileLines(...asked);
    },
    fetches: {
      plan: async (...asked) => {
        requireTrust(host);
        return branches.plan(...asked);
      },
      fetch: async (...asked) => {
        requireTrust(host);
        await branches.fetch(...asked);
      },
    } satisfies FetchesBranch,
    readRevision: async (repository, revision, path) => {
      requireTrust(host);
      return readShownFile(git, repository, revision, path);
    },
    changedFiles: async (repository, range, signal) => {
      requireTrust(host);
      return (await git.changedFiles(repository, range, signal)).files;
    },
    changedPaths: async (repository, range, signal) => {
      requireTrust(host);
      return readShownChanges(git, repository, range, signal);
    },
  };
}
