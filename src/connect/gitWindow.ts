import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type {
  Commit,
  CommitId,
  DeployRef,
  LineCommit,
  Tag,
  WindowHistory,
  WindowRequest,
} from '../changes/history/readsHistory.ts';
import { ignoredRevisions } from '../changes/lines/ignoredRevisions.ts';
import { isSafeRef } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import type { ReadCommits } from './gitCommits.ts';
import { readCommits, readCommitsAlone } from './gitCommits.ts';
import { filesState, refsState } from './gitFingerprint.ts';
import type { Layout } from './gitLayout.ts';
import { readIgnoredText } from './gitIgnored.ts';
import { readEnds, readLayout, textAt } from './gitLayout.ts';
import type { BranchLine } from './gitLine.ts';
import { readLine } from './gitLine.ts';
import type { GitMemory } from './gitMemory.ts';
import { lastSeenAt, readDeployRef, remotesOf } from './gitRefs.ts';
import { readTagNames, readTags } from './gitTags.ts';

const mostOnLine = 5000;

/**
 * Everything that check 1 needs of a repository. What does not need an answer to be asked is asked at once, and what
 * hardly ever changes is asked once: of a repository that is known, only the line and its commits are left to ask for.
 */
export async function readWindowHistory(
  ask: AskGit,
  request: WindowRequest,
  memory: GitMemory,
): Promise<WindowHistory> {
  const found = readLayout(ask, memory);
  const [{ root, commonDirectory }, ends, branch] = await Promise.all([
    found,
    found.then((layout) => readEnds(layout.commonDirectory)),
    readBranch(ask, request, found, memory),
  ]);
  const base = baseOf(branch, ends);
  const [read, tagNames, ignoredText] = await Promise.all([
    commitsOf(ask, branch, base, ends),
    tagNamesOf(ask, commonDirectory, memory),
    readIgnoredText(ask, commonDirectory, branch.tip, memory),
  ]);
  const known = new Set(read.commits.map(({ id }) => id));
  return {
    ...{ repository: root, commonDirectory, ref: branch.ref, base },
    ignored: new Set(ignoredRevisions(ignoredText, known)),
    line: branch.line.filter(({ id }) => known.has(id)),
    commits: read.commits,
    tags: await tagsOn(ask, tagNames, base === undefined ? known : new Set([...known, base])),
    isShallow: ends.size > 0,
    isPartial: read.isPartial,
    isCut: branch.isCut || read.isCut,
  };
}

interface Branch extends BranchLine {
  readonly ref: DeployRef;
}

/** The line of a guessed ref is read while the name of the right one is looked for: mostly they are the same. */
async function readBranch(
  ask: AskGit,
  { start, branch, max = mostOnLine }: WindowRequest,
  layout: Promise<Layout>,
  memory: GitMemory,
): Promise<Branch> {
  const [guess, guessed] = await Promise.all([
    guessRef(ask, branch, layout, memory),
    readLine(ask, `refs/remotes/origin/${plainBranch(branch) ?? 'HEAD'}`, start, max),
  ]);
  if (guess !== undefined && guessed.tip !== undefined) return { ...guessed, ref: { ...guess, commit: guessed.tip } };
  const { commonDirectory } = await layout;
  const ref = await readDeployRef(ask, branch, Promise.resolve(commonDirectory));
  if (ref.commit === undefined) return { tip: undefined, line: [], isCut: false, ref };
  const line = await readLine(ask, ref.commit, start, max);
  if (line.failed !== undefined) throw line.failed;
  return { ...line, tip: ref.commit, ref };
}

/** What `refs/remotes/origin/HEAD` or the configured branch of `origin` is, without asking git; undefined where files do not tell. */
async function guessRef(
  ask: AskGit,
  branch: string | undefined,
  layout: Promise<Layout>,
  memory: GitMemory,
): Promise<DeployRef | undefined> {
  const { commonDirectory } = await layout;
  const state = await filesState([join(commonDirectory, 'config')]);
  const [remotes, ref] = await Promise.all([
    memory.recall(`remotes ${ask.directory}`, state, () => remotesOf(ask)),
    branch === undefined ? defaultIn(commonDirectory) : configuredIn(branch),
  ]);
  if (ref === undefined || !remotes.has('origin')) return undefined;
  return {
    ref,
    name: ref.slice('refs/remotes/'.length),
    kind: branch === undefined ? 'remoteDefault' : 'configured',
    commit: undefined,
    hasRemote: true,
    fetched: await lastSeenAt(ref, remotes, commonDirectory),
  };
}

/** Symbolic refs are never packed: one that is no file of its own is stored in another way. */
async function defaultIn(commonDirectory: string): Promise<string | undefined> {
  const text = await textAt(join(commonDirectory, 'refs', 'remotes', 'origin', 'HEAD'));
  const ref = /^ref: (refs\/remotes\/origin\/\S+)\s*$/.exec(text ?? '')?.[1];
  return ref !== undefined && isSafeRef(ref) ? ref : undefined;
}

function configuredIn(branch: string): string | undefined {
  const plain = plainBranch(branch);
  return plain === undefined ? undefined : `refs/remotes/origin/${plain}`;
}

/** `main` of `main` and of `origin/main`; undefined for what may be no argument. */
function plainBranch(branch: string | undefined): string | undefined {
  const plain = branch?.replace(/^origin\//, '');
  return plain !== undefined && isSafeRef(plain) ? plain : undefined;
}

async function tagNamesOf(
  ask: AskGit,
  commonDirectory: string,
  memory: GitMemory,
): Promise<ReadonlyMap<CommitId, readonly string[]>> {
  const state = await refsState(commonDirectory, 'refs/tags');
  return memory.recall(`tags ${commonDirectory}`, state, () => readTagNames(ask));
}

/** What was there before the window. What a shallow clone ends at brought nothing that could be told from what was there. */
function baseOf({ tip, line }: BranchLine, ends: ReadonlySet<CommitId>): CommitId | undefined {
  const oldest = line.at(-1);
  if (oldest === undefined) return tip;
  return ends.has(oldest.id) ? oldest.id : oldest.parents[0];
}

/** The commits of the line, and what its merges brought. */
async function commitsOf(
  ask: AskGit,
  { line }: BranchLine,
  base: CommitId | undefined,
  ends: ReadonlySet<CommitId>,
): Promise<ReadCommits> {
  const atEnds = line.filter(({ id }) => ends.has(id)).map(({ id }) => id);
  const [parts, atEnd] = await Promise.all([
    Promise.all(rangesOf(line, base).map((range) => readCommits(ask, [...range, ...atEnds.map((id) => `^${id}`)]))),
    readCommitsAlone(ask, atEnds),
  ]);
  return {
    commits: [
      ...parts.flatMap(({ commits }) => commits),
      ...atEnd.map((commit): Commit => ({ ...commit, unseen: 'shallow' })),
    ],
    isPartial: parts.some(({ isPartial }) => isPartial),
    isCut: parts.some(({ isCut }) => isCut),
  };
}

/** So many commits of the line are worth a process of their own. */
const lineOfOneProcess = 40;

/** The window in pieces that follow each other, so that several processors compare files at once. Newest first. */
function rangesOf(line: readonly LineCommit[], base: CommitId | undefined): readonly (readonly string[])[] {
  const most = Math.min(4, availableParallelism(), Math.ceil(line.length / lineOfOneProcess));
  const size = Math.ceil(line.length / Math.max(1, most));
  const ranges: string[][] = [];
  for (let at = 0; at < line.length; at += size) {
    const newest = line[at]?.id;
    const before = line[at + size]?.id ?? base;
    if (newest !== undefined) ranges.push([newest, ...(before === undefined ? [] : [`^${before}`])]);
  }
  return ranges;
}

async function tagsOn(
  ask: AskGit,
  names: ReadonlyMap<CommitId, readonly string[]>,
  commits: ReadonlySet<CommitId>,
): Promise<readonly Tag[]> {
  return readTags(
    ask,
    [...names].flatMap(([commit, found]) => (commits.has(commit) ? found : [])),
  );
}
