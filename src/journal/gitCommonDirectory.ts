import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Where the repository of a folder keeps what all its worktrees share. */
export type GitCommonDirectory =
  | { readonly kind: 'found'; readonly path: string }
  /** There is a `.git` that leads nowhere. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'none' };

/**
 * Finds the git common directory of `folder` or of a folder above it, from files alone: git is not run, so that it works
 * where that is not allowed, not installed or refused ("dubious ownership"). Knows `.git` folders and files, linked
 * worktrees, submodules and bare repositories.
 */
export async function findGitCommonDirectory(folder: string): Promise<GitCommonDirectory> {
  let directory = resolve(folder);
  for (;;) {
    const found = (await throughDotGit(directory)) ?? (await asGitDirectory(directory));
    if (found !== undefined) return found;
    const parent = dirname(directory);
    if (parent === directory) return { kind: 'none' };
    directory = parent;
  }
}

async function throughDotGit(directory: string): Promise<GitCommonDirectory | undefined> {
  const path = join(directory, '.git');
  const kind = await kindOf(path);
  if (kind === 'directory') return asGitDirectory(path);
  if (kind !== 'file') return undefined;
  const target = /^gitdir: (.+?)[\r\n]*$/s.exec((await textOf(path)) ?? '')?.[1];
  if (target === undefined) return { kind: 'broken', reason: `${path} is no \`gitdir:\` file` };
  const gitDirectory = resolve(directory, target);
  const found = await asGitDirectory(gitDirectory);
  return found ?? { kind: 'broken', reason: `${path} points to ${gitDirectory}, which is no git directory` };
}

/** What git itself looks for: HEAD, and objects and refs here or where `commondir` points. */
async function asGitDirectory(path: string): Promise<GitCommonDirectory | undefined> {
  if ((await kindOf(join(path, 'HEAD'), lstat)) === undefined) return undefined;
  const shared = (await textOf(join(path, 'commondir')))?.trim();
  const common = shared === undefined || shared === '' ? path : resolve(path, shared);
  const [objects, refs] = await Promise.all([kindOf(join(common, 'objects')), kindOf(join(common, 'refs'))]);
  if (objects === 'directory' && refs === 'directory') return { kind: 'found', path: common };
  if (shared === undefined) return undefined;
  return { kind: 'broken', reason: `${join(path, 'commondir')} points to ${common}, which is no git directory` };
}

/** In old repositories HEAD is a link to a branch that may not be born: `lstat` sees it. */
async function kindOf(
  path: string,
  look: typeof stat | typeof lstat = stat,
): Promise<'directory' | 'file' | undefined> {
  try {
    const stats = await look(path);
    return stats.isDirectory() ? 'directory' : 'file';
  } catch {
    // Not there or not to be looked at (a folder above may belong to somebody else): no repository for us.
    return undefined;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).slice(0, 32 * 1024);
  } catch {
    // Not there, or not for us to read: the caller takes it for no repository.
    return undefined;
  }
}
