import { isIncidentError } from '../incident/incidentError.ts';
import type { ReadsHistory } from '../investigate/readsHistory.ts';
import type { AskGit } from './gitAsk.ts';
import { askGit } from './gitAsk.ts';
import { readChangedFiles, readCommittedFile } from './gitFiles.ts';
import { readRecentCommits } from './gitHistory.ts';
import { readDeployRef, readHead } from './gitRefs.ts';
import type { GitSetup } from './gitRun.ts';
import { loadSimpleGit } from './gitRun.ts';

/** Who git takes a person for. */
export interface Identity {
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** The git of this machine, read-only: no lock, no hook, no pager, no program of a repository's configuration, no network. */
export interface Git extends ReadsHistory {
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
  const ask = (directory: string, signal: AbortSignal | undefined) => askGit(setup, directory, signal);
  return {
    prepare: async () => {
      await loadSimpleGit();
    },
    identity: (directory, signal) => readIdentity(ask(directory, signal)),
    authors: (directory, max, signal) => readAuthors(ask(directory, signal), max),
    head: (directory, signal) => readHead(ask(directory, signal)),
    deployRef: (directory, signal) => readDeployRef(ask(directory, signal)),
    isShallow: async (directory, signal) =>
      (await ask(directory, signal).text(['rev-parse', '--is-shallow-repository'])) === 'true',
    recentCommits: (directory, ref, since, { signal, ...options } = {}) =>
      readRecentCommits(ask(directory, signal), ref, since, options),
    changedFiles: (directory, range, signal) => readChangedFiles(ask(directory, signal), range),
    readFile: (directory, revision, path, { maxBytes, signal } = {}) =>
      readCommittedFile(ask(directory, signal), revision, path, maxBytes),
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
