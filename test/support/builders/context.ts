import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import type { Policy } from '../../../src/incident/policy.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { minuteMs, plusMs } from '../../../src/incident/isoTime.ts';
import type { Secrets, UseCase, UseContext } from '../../../src/incident/useCase.ts';
import { createIncidentStore } from '../../../src/journal/createIncidentStore.ts';
import type { JournalStore } from '../../../src/journal/journalStore.ts';
import { redact } from '../../../src/safety/redact.ts';
import { monday } from './events.ts';

/** Where the templates that come with Mayday are. */
export const templatesDirectory = join(import.meta.dirname, '..', '..', '..', 'templates');

/** Tools of the use cases that make documents: in UTC. */
export const tools = { templatesDirectory, zone: (): string => 'UTC' };

export interface TestContextOptions {
  readonly person?: string;
  readonly policy?: Policy;
  readonly now?: IsoTime;
  /** Names of the workspace folders; none means that no folder is open. */
  readonly folders?: readonly string[];
}

/** A context over a real journal in a folder of its own, with a clock that stands still until it is moved. */
export interface TestContext extends UseContext {
  readonly store: JournalStore;
  readonly directory: string;
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly warnings: readonly string[];
  trusted: boolean;
  who: string;
  policyInForce: Policy;
  now: IsoTime;
  /** Moves the clock. */
  pass(minutes: number): IsoTime;
  /** Parses arguments as a script gives them, and runs the use case. */
  run<A, R>(useCase: UseCase<A, R>, args?: unknown, signal?: AbortSignal): Promise<R>;
  dispose(): Promise<void>;
}

/** A machine without secrets, whose person is signed in nowhere. */
export const noSecrets: Secrets = {
  get: () => Promise.resolve(undefined),
  githubToken: () => Promise.resolve(undefined),
};

/** Makes the folders, opens the journal. The record of a folder is in the storage: no folder is a git repository. */
export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const directory = await mkdtemp(join(tmpdir(), 'mayday-usecases-'));
  const folders = (options.folders ?? ['shop']).map((name) => join(directory, name));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const log = { info: () => undefined, warn, error: warn };
  const clock = { now: () => context.now };
  const store = createIncidentStore({
    clock,
    log,
    host: 'laptop',
    redact,
    isWritable: () => context.trusted,
    person: () => Promise.resolve(context.who),
    folders: () => folders,
    globalStorage: join(directory, 'storage'),
  });
  const teamDirectory = join(folders[0] ?? join(directory, 'storage', 'documents'), '.incidents');
  const context: TestContext = {
    store,
    directory,
    folders,
    warnings,
    trusted: true,
    who: options.person ?? 'Ada Lovelace <ada@example.org>',
    policyInForce: options.policy ?? builtInPolicy('UTC'),
    now: options.now ?? monday,
    host: { clock, log, secrets: noSecrets, isTrusted: () => context.trusted, confirm: () => Promise.resolve(false) },
    documents: {
      directoryOf: ({ state }) => Promise.resolve(join(teamDirectory, state.name)),
      teamDirectoryOf: () => Promise.resolve(folders.length === 0 ? undefined : teamDirectory),
    },
    person: () => Promise.resolve(context.who),
    policy: () => Promise.resolve(context.policyInForce),
    pass: (minutes) => (context.now = plusMs(context.now, minutes * minuteMs)),
    run: async (useCase, args, signal = new AbortController().signal) =>
      useCase.run(useCase.args.parse(args), context, signal),
    dispose: async () => {
      await store.dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await store.load();
  return context;
}
