import { resolve } from 'node:path';
import type { DeployRef, Head } from '../investigate/readsHistory.ts';
import { isSafeRef } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { fetchedTime } from './gitFetched.ts';

/** Where HEAD of a folder's repository points. */
export async function readHead(ask: AskGit): Promise<Head> {
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

/** The ref that stands for what is deployed; see DeployRef. */
export async function readDeployRef(ask: AskGit): Promise<DeployRef> {
  const head = await readHead(ask);
  const remotes = await remotesOf(ask);
  const found = (await remoteDefault(ask, remotes)) ?? (await upstream(ask)) ?? (await usualBranch(ask, remotes));
  if (found) {
    const { ref, kind, commit } = found;
    return {
      ref,
      name: ref.replace(/^refs\/remotes\//, ''),
      kind,
      commit,
      hasRemote: true,
      fetched: await seen(ask, ref, remotes),
    };
  }
  const hasRemote = remotes.size > 0;
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

async function remoteDefault(ask: AskGit, remotes: ReadonlyMap<string, string>): Promise<FoundRef | undefined> {
  for (const remote of inOrder(remotes)) {
    const ref = await ask.maybe(['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`]);
    const commit = ref === undefined ? undefined : await commitOf(ask, ref);
    if (ref !== undefined && commit !== undefined) return { ref, kind: 'remoteDefault', commit };
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
async function usualBranch(ask: AskGit, remotes: ReadonlyMap<string, string>): Promise<FoundRef | undefined> {
  for (const remote of inOrder(remotes)) {
    for (const branch of ['main', 'master', 'trunk']) {
      const ref = `refs/remotes/${remote}/${branch}`;
      const commit = await commitOf(ask, ref);
      if (commit !== undefined) return { ref, kind: 'remoteDefault', commit };
    }
  }
  return undefined;
}

function inOrder(remotes: ReadonlyMap<string, string>): string[] {
  const names = [...remotes.keys()];
  return names.includes('origin') ? ['origin', ...names.filter((name) => name !== 'origin')] : names;
}

async function remotesOf(ask: AskGit): Promise<Map<string, string>> {
  const text = await ask.maybe(['config', '--null', '--get-regexp', String.raw`^remote\..*\.url$`]);
  const remotes = new Map<string, string>();
  for (const entry of text?.split('\0') ?? []) {
    const [, name, url] = /^remote\.(.+)\.url\n([^]*)$/.exec(entry) ?? [];
    if (name !== undefined && url !== undefined && isSafeRef(name)) remotes.set(name, url);
  }
  return remotes;
}

async function seen(ask: AskGit, ref: string, remotes: ReadonlyMap<string, string>): Promise<DeployRef['fetched']> {
  const remote = [...remotes.keys()].find((name) => ref.startsWith(`refs/remotes/${name}/`));
  if (remote === undefined) return { kind: 'unknown', reason: 'its remote is no longer configured' };
  const commonDirectory = resolve(ask.directory, await ask.text(['rev-parse', '--git-common-dir']));
  return fetchedTime({
    remote,
    branch: ref.slice(`refs/remotes/${remote}/`.length),
    url: remotes.size > 1 ? remotes.get(remote) : undefined,
    commonDirectory,
  });
}

async function commitOf(ask: AskGit, ref: string): Promise<string | undefined> {
  if (!isSafeRef(ref)) return undefined;
  return ask.maybe(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
}
