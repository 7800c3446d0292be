import type { Host } from './useCase.ts';

/** What the program around the services tells them: the editor, later the command line. */
export interface Surroundings {
  /** A folder of Mayday's own on this machine. */
  readonly globalStorage: string;
  /** The bundled templates and the drill. */
  readonly templatesDirectory: string;
  readonly host: Host;
  /** The machine's name. */
  readonly machine: string;
  /** The keys of the outside addresses that a person confirmed in this workspace. */
  readonly confirmedAddresses: { read(): readonly string[]; write(keys: readonly string[]): Promise<void> };
  /** What people chose to look at, by incident: kept for this workspace over a reload, no part of the record. */
  readonly windowChoices: {
    read(): Readonly<Record<string, unknown>>;
    write(choices: Readonly<Record<string, unknown>>): Promise<void>;
  };
  /** The workspace folders that are open, absolute. */
  folders(): readonly string[];
  /** Where a folder keeps the documents for people, relative to it. */
  directoryOf(folder: string | undefined): string;
  /** `Name <mail>` where the person configured it; empty otherwise. */
  configuredPerson(): string;
  /** IANA name of the zone shown beside UTC. */
  zone(): string;
}
