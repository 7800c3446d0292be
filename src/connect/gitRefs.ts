import { resolve } from 'node:path';
import { IncidentError } from '../incident/incidentError.ts';
import type { CommitId, DeployRef } from '../changes/history/readsHistory.ts';
import { plainLine } from '../safety/plainLine.ts';
import { isSafeRef } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { fetchedTime } from './gitFetched.ts';

/** Where HEAD points. An unborn branch has no commit yet. */
type Head =
  | { readonly kind: 'branch'; readonly branch: string; readonly commit: CommitId }
  | { readonly kind: 'detached'; readonly commit: CommitId }
  | { readonly kind: 'unborn'; readonly branch: string };

/** Where HEAD of a folder's repository points. */
async function readHead(ask: AskGit): Promise<Head> {
  const commit = await commitOf(ask, 'HEAD');
  const symbolic = await ask.maybe(['symbolic-ref', '--quiet', 'HEAD']);
  const branch = symbolic?.replace(/^refs\/heads\//, '');
  if (commit === undefined) {
    // Fails with the reason when it is not for being unborn that HEAD has no commit.
    await ask.text(['rev-parse', '--git-dir']);
    return { kind: 'unborn', branch: branch ?? 'HEAD' };
  }
  return branch === undefined ? { kind: 'detached', commit } : { kind: 'branch', branch, commit };
}

/** The ref that stands for what is deployed; see DeployRef. Its questions are asked at once: each is a process. */
export async function readDeployRef(
  ask: AskGit,
  branch?: string,
  commonDirectory: Promise<string> = readCommonDirectory(ask),
): Promise<DeployRef> {
  const [remotes, common, guessed] = await Promise.all([
    remotesOf(ask),
    commonDirectory,
    refsOfRemote(ask, 'origin', branch),
  ]);
  const found =
    branch === undefined
      ? ((await remoteDefault(ask, remotes, guessed)) ??
        (await upstream(ask)) ??
        (await usualBranch(ask, remotes, guessed)))
      : await configured(ask, remotes, branch, guessed);
  return found ? remoteRef(found, remotes, common) : localRef(await readHead(ask), remotes.size > 0);
}

/** Where the repository itself is: the same for all its worktrees. */
export async function readCommonDirectory(ask: AskGit): Promise<string> {
  return resolve(ask.directory, await ask.text(['rev-parse', '--git-common-dir']));
}

/** The branch that speaks for what runs is a remote one; what is checked out stands in where there is none. */
async function remoteRef(
  { ref, kind, commit }: FoundRef,
  remotes: ReadonlyMap<string, string>,
  commonDirectory: string,
): Promise<DeployRef> {
  const name = ref.replace(/^refs\/remotes\//, '');
  return { ref, name, kind, commit, hasRemote: true, fetched: await lastSeenAt(ref, remotes, commonDirectory) };
}

function localRef(head: Head, hasRemote: boolean): DeployRef {
  const reason = hasRemote ? 'no branch of a remote was ever fetched' : 'the repository has no remote';
  return {
    ref: 'HEAD',
    name: head.kind === 'detached' ? `the detached commit ${head.commit.slice(0, 8)}` : head.branch,
    kind: 'local',
    commit: head.kind === 'unborn' ? undefined : head.commit,
    hasRemote,
    fetched: { kind: 'unknown', reason },
  };
}

interface FoundRef {
  readonly ref: string;
  readonly kind: DeployRef['kind'];
  readonly commit: string;
}

/** What is known of the branches of a remote that may be the one that deploys, by full name. */
type RemoteRefs = ReadonlyMap<string, { readonly commit: string; readonly target: string }>;

const usualBranches = ['main', 'master', 'trunk'];

async function refsOfRemote(ask: AskGit, remote: string, branch: string | undefined): Promise<RemoteRefs> {
  const own = branch === undefined ? [] : [branch, branch.replace(/^[^/]*\//, '')];
  const names = ['HEAD', ...usualBranches, ...own.filter((name) => isSafeRef(name))];
  const patterns = names.map((name) => `refs/remotes/${remote}/${name}`);
  const format = '--format=%(refname)%00%(objectname)%00%(objecttype)%00%(symref)';
  const text = await ask.text(['for-each-ref', format, '--end-of-options', ...patterns]);
  const refs = text.split('\n').flatMap((line) => {
    const [name = '', commit = '', type, target = ''] = line.split('\0');
    return type === 'commit' ? [[name, { commit, target }] as const] : [];
  });
  return new Map(refs);
}

async function refsOf(ask: AskGit, remote: string, guessed: RemoteRefs, branch?: string): Promise<RemoteRefs> {
  return remote === 'origin' ? guessed : refsOfRemote(ask, remote, branch);
}

async function remoteDefault(
  ask: AskGit,
  remotes: ReadonlyMap<string, string>,
  guessed: RemoteRefs,
): Promise<FoundRef | undefined> {
  for (const remote of inOrder(remotes)) {
    const head = (await refsOf(ask, remote, guessed)).get(`refs/remotes/${remote}/HEAD`);
    if (head !== undefined && isSafeRef(head.target)) {
      return { ref: head.target, kind: 'remoteDefault', commit: head.commit };
    }
  }
  return undefined;
}

async function upstream(ask: AskGit): Promise<FoundRef | undefined> {
  const ref = await ask.maybe(['rev-parse', '--symbolic-full-name', '@{upstream}']);
  if (!ref?.startsWith('refs/remotes/')) return undefined;
  const commit = await commitOf(ask, ref);
  return commit === undefined ? undefined : { ref, kind: 'upstream', commit };
}

/** A remote that was added by hand has no HEAD here. */
async function usualBranch(
  ask: AskGit,
  remotes: ReadonlyMap<string, string>,
  guessed: RemoteRefs,
): Promise<FoundRef | undefined> {
  for (const remote of inOrder(remotes)) {
    const refs = await refsOf(ask, remote, guessed);
    for (const branch of usualBranches) {
      const ref = `refs/remotes/${remote}/${branch}`;
      const found = refs.get(ref);
      if (found !== undefined) return { ref, kind: 'remoteDefault', commit: found.commit };
    }
  }
  return undefined;
}

/** `main` of the first remote that has it, or the `main` of the remote that is named: `origin/main`. */
async function configured(
  ask: AskGit,
  remotes: ReadonlyMap<string, string>,
  branch: string,
  guessed: RemoteRefs,
): Promise<FoundRef> {
  for (const remote of inOrder(remotes)) {
    const refs = await refsOf(ask, remote, guessed, branch);
    const own = branch.startsWith(`${remote}/`) ? [branch.slice(remote.length + 1)] : [];
    for (const name of [branch, ...own]) {
      const ref = `refs/remotes/${remote}/${name}`;
      const found = refs.get(ref);
      if (found !== undefined) return { ref, kind: 'configured', commit: found.commit };
    }
  }
  throw new IncidentError('notFound', `No remote of this clone has the branch ${plainLine(branch, 80)} that deploys.`, {
    hint: 'Fetch it, or correct "branch" under "changes" in mayday.yaml.',
  });
}

function inOrder(remotes: ReadonlyMap<string, string>): string[] {
  const names = [...remotes.keys()];
  return names.includes('origin') ? ['origin', ...names.filter((name) => name !== 'origin')] : names;
}

/** The remotes that are configured, with their addresses. */
export async function remotesOf(ask: AskGit): Promise<Map<string, string>> {
  const text = await ask.maybe(['config', '--null', '--get-regexp', String.raw`^remote\..*\.url$`]);
  const remotes = new Map<string, string>();
  for (const entry of text?.split('\0') ?? []) {
    const [, name, url] = /^remote\.(.+)\.url\n([^]*)$/.exec(entry) ?? [];
    if (name !== undefined && url !== undefined && isSafeRef(name)) remotes.set(name, url);
  }
  return remotes;
}

/** When the clone last saw a remote ref. Runs nothing. */
export async function lastSeenAt(
  ref: string,
  remotes: ReadonlyMap<string, string>,
  commonDirectory: string,
): Promise<DeployRef['fetched']> {
  const remote = [...remotes.keys()].find((name) => ref.startsWith(`refs/remotes/${name}/`));
  if (remote === undefined) return { kind: 'unknown', reason: 'its remote is no longer configured' };
  return fetchedTime({
    remote,
    branch: ref.slice(`refs/remotes/${remote}/`.length),
    url: remotes.size > 1 ? remotes.get(remote) : undefined,
    commonDirectory,
  });
}

/** The commit that a ref names; undefined when there is none. */
async function commitOf(ask: AskGit, ref: string): Promise<string | undefined> {
  if (!isSafeRef(ref)) return undefined;
  return ask.maybe(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
}
