import * as vscode from 'vscode';
import { revisionScheme } from '../../contributions.ts';

/** Reads a file of a repository at a revision. */
export type ReadRevision = (repository: string, revision: string, path: string) => Promise<Uint8Array>;

/** A file of a repository as it was committed. */
export interface Revision {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
}

/** The address of `path` (relative to the repository's root) at a commit; its ending keeps the language's colouring. */
export function revisionUri({ repository, revision, path }: Revision): vscode.Uri {
  return vscode.Uri.from({
    scheme: revisionScheme,
    path: `/${path}`,
    query: JSON.stringify({ repository, revision, path }),
  });
}

/** A read-only file system over commits. A commit never changes, so there is nothing to watch. */
export function createRevisionFiles(read: () => Promise<ReadRevision>): vscode.FileSystemProvider {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const readOnly = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const contents = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const revision = parseRevision(uri);
    if (revision === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    if (!vscode.workspace.isTrusted) {
      throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Git is not run in Restricted Mode.'));
    }
    return (await read())(revision.repository, revision.revision, revision.path);
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => {
      const { byteLength } = await contents(uri);
      const { Readonly } = vscode.FilePermission;
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: byteLength, permissions: Readonly };
    },
    readFile: contents,
    readDirectory: () => [],
    createDirectory: readOnly,
    writeFile: readOnly,
    delete: readOnly,
    rename: readOnly,
  };
}

/** What `revisionUri` made an address of; undefined for any other address. */
export function parseRevision(uri: vscode.Uri): Revision | undefined {
  try {
    const { repository, revision, path } = JSON.parse(uri.query) as Partial<Record<keyof Revision, unknown>>;
    if (typeof repository !== 'string' || typeof revision !== 'string' || typeof path !== 'string') return undefined;
    return { repository, revision, path };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
