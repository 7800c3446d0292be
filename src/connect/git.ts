import { isIncidentError } from '../incident/incidentError.ts';
import type { ReadsVersions } from '../changes/configuration/readsVersions.ts';
import type { ReadsRepository } from '../changes/environment/readsRepository.ts';
import type { ReadsHistory } from '../changes/history/readsHistory.ts';
import type { ReadsLines } from '../changes/lines/readsLines.ts';
import type { AskGit } from './gitAsk.ts';
import { askGit } from './gitAsk.ts';
import { readChangedFiles, readCommittedFile, readFileBeginning } from './gitFiles.ts';
import { readMentions } from './gitGrep.ts';
import { readFileLines } from './gitLines.ts';
import { createGitMemory } from './gitMemory.ts';
import { readFingerprint } from './gitFingerprint.ts';
import { findCommonDirectory } from './gitLayout.ts';
import { readCommitId, readMergeBase, readWhitespaceOnly } from './gitQuestions.ts';
import { readNewestTags } from './gitTags.ts';
import { readWindowHistory } from './gitWindow.ts';
import { readDeployRef } from './gitRefs.ts';
import type { GitSetup } from './gitRun.ts';
import { loadSimpleGit } from './gitRun.ts';
import { readContents, readVersionsBetween } from './gitVersions.ts';

/** Who git takes a person for. */
export interface Identity {
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** The git of this machine, read-only: no lock, no hook, no pager, no program of a repository's configuration, no network. */
export interface Git extends ReadsHistory, ReadsLines, ReadsRepository, ReadsVersions {
  /** Loads what is loaded on first use: an update may remove this version's files under a window that needs them. */
  prepare(): Promise<void>;
  /** `user.name` and `user.email` as they apply in a folder, in a repository or not. */
  identity(directory: string, signal?: AbortSignal): Promise<Identity>;
  /** `Name <mail>` of up to `max` people, those of the most recent commits first. Empty without a repository or commits. */
  authors(directory: string, max: number, signal?: AbortSignal): Promise<readonly string[]>;
}

/** How many commits back authors are looked for. */
const authorCommits = 1000;

/** Git as `setup` says; found on PATH unless it names the program. Starts nothing by itself. */
export function createGit(setup: GitSetup = {}): Git {
  const memory = createGitMemory();
  const ask = (directory: string, signal: AbortSignal | undefined) => askGit(setup, directory, signal);
  return {
    prepare: async () => {
      await loadSimpleGit();
    },
    identity: (directory, signal) => readIdentity(ask(directory, signal)),
    authors: (directory, max, signal) => readAuthors(ask(directory, signal), max),
    deployRef: (directory, signal, branch) => readDeployRef(ask(directory, signal), branch),
    windowHistory: (directory, request) => readWindowHistory(ask(directory, request.signal), request, memory),
    whitespaceOnly: (directory, commits, signal) => readWhitespaceOnly(ask(directory, signal), commits),
    newestTags: (directory, max, signal) => readNewestTags(ask(directory, signal), max),
    mergeBase: (directory, one, other, signal) => readMergeBase(ask(directory, signal), one, other),
    commitOf: (directory, revision, signal) => readCommitId(ask(directory, signal), revision),
    commonDirectory: (directory, signal) => findCommonDirectory(ask(directory, signal), memory),
    fingerprint: readFingerprint,
    changedFiles: (directory, range, signal) => readChangedFiles(ask(directory, signal), range),
    readBeginning: (directory, revision, path, maxBytes, signal) =>
      readFileBeginning(ask(directory, signal), revision, path, maxBytes),
    readFile: (directory, revision, path, { maxBytes, signal } = {}) =>
      readCommittedFile(ask(directory, signal), revision, path, maxBytes),
    mentions: (directory, commit, words, { signal, ...options } = {}) =>
      readMentions(ask(directory, signal), commit, words, options),
    versionsBetween: (directory, range, signal) => readVersionsBetween(ask(directory, signal), range),
    contents: (directory, range, wanted, { signal, ...limits } = {}) =>
      readContents(ask(directory, signal), range, wanted, limits),
    fileLines: (repository, wish, signal) => readFileLines(ask(repository, signal), wish, signal),
  };
}

async function readIdentity(ask: AskGit): Promise<Identity> {
  const text = await ask.maybe(['config', '--null', '--get-regexp', String.raw`^user\.(name|email)$`]);
  const values = new Map<string, string>();
  // The last entry of a name is the one that applies.
  for (const entry of text?.split('\0') ?? []) {
    const [key = '', ...value] = entry.split('\n');
    values.set(key, value.join('\n').trim());
  }
  return { name: filled(values.get('user.name')), email: filled(values.get('user.email')) };
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

async function readAuthors(ask: AskGit, max: number): Promise<string[]> {
  try {
    const tip = await ask.maybe(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    if (tip === undefined) return [];
    const list = [
      'log',
      `--max-count=${authorCommits}`,
      '--encoding=UTF-8',
      '--format=%aN <%aE>',
      '--end-of-options',
      tip,
    ];
    return [...new Set((await ask.text(list)).split('\n'))].slice(0, max);
  } catch (error) {
    // Nobody to suggest is no reason to stop; being cancelled is.
    if (isIncidentError(error) && error.reason !== 'cancelled') return [];
    throw error;
  }
}
