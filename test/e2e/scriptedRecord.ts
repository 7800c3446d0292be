import { hostname } from 'node:os';
import { join } from 'node:path';
import { isoTimeOf } from '../../src/incident/isoTime.ts';
import { createServices, type Services } from '../../src/services.ts';
import { projectRoot } from '../support/run.mjs';
import { person } from './sharedHost.ts';
import { choiceMemory } from '../support/builders/choiceMemory.ts';

type UseCases = Services['useCases'];

/** Carries out use cases on the record of a folder, as a window that is not there. Arguments with a default may be left out. */
export interface ScriptedRecord {
  readonly run: <N extends keyof UseCases>(
    name: N,
    args: Partial<Parameters<UseCases[N]['run']>[0]>,
  ) => Promise<Awaited<ReturnType<UseCases[N]['run']>>>;
  /** Tells of each event of a type that comes on disk. */
  readonly onRecorded: (type: string, listener: () => void) => { dispose(): void };
  readonly close: () => Promise<void>;
}

/** Opens the record of a folder with everything Mayday can do, without an editor. */
export async function openRecord(folder: string, globalStorage: string): Promise<ScriptedRecord> {
  const log = (): void => undefined;
  const services = await createServices({
    globalStorage,
    templatesDirectory: join(projectRoot, 'templates'),
    host: {
      clock: { now: () => isoTimeOf(Date.now()) },
      log: { info: log, warn: log, error: console.error },
      isTrusted: () => true,
      secrets: { get: () => Promise.resolve(undefined), githubToken: () => Promise.resolve(undefined) },
      confirm: () => Promise.resolve(false),
    },
    windowChoices: choiceMemory(),
    confirmedAddresses: { read: () => [], write: () => Promise.resolve() },
    machine: hostname(),
    folders: () => [folder],
    directoryOf: () => '.incidents',
    configuredPerson: () => person,
    zone: () => 'UTC',
  });
  return {
    run: (name, args) => {
      // TypeScript cannot see that the arguments and the use case are of one name.
      const useCase = services.useCases[name] as unknown as {
        readonly args: { parse(value: unknown): unknown };
        run(args: unknown, context: unknown, signal: AbortSignal): Promise<never>;
      };
      return useCase.run(useCase.args.parse(args), services.context, new AbortController().signal);
    },
    onRecorded: (type, listener) => {
      let known = 0;
      return services.store.onDidChange((id) => {
        void services.store.open(id).then(({ state }) => {
          const count = state.entries.filter(({ event }) => event.type === type).length;
          if (count > known) listener();
          known = count;
        });
      });
    },
    close: () => services.dispose(),
  };
}
