import type { IncidentHandle, IncidentStore } from './incidentStore.ts';
import type { IsoTime } from './isoTime.ts';
import type { Policy } from './policy.ts';

/** Checks a value from outside; `parse` throws when it does not fit. Satisfied by zod's types. */
export interface Schema<A> {
  parse(value: unknown): A;
}

/** A place in the wall clock's time; timers never sleep longer than 30 s against it. */
export interface Clock {
  now(): IsoTime;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** A change to the outside world, shown in full before it happens. */
export interface OutsideEffect {
  readonly what: string;
  readonly target: string;
  readonly command?: string;
}

/** Secrets of this machine: never in a file of the repository, never in the record. */
export interface Secrets {
  /** What `secret:NAME` in mayday.yaml stands for: kept by the editor, else the environment variable of that name. */
  get(name: string): Promise<string | undefined>;
  /** A token of the person's GitHub account; undefined when they are not signed in. Only with `ask` are they asked to. */
  githubToken(options?: { readonly ask?: boolean }): Promise<string | undefined>;
}

/** What the surrounding program offers: the editor, the command line, a test. */
export interface Host {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  isTrusted(): boolean;
  confirm(effect: OutsideEffect): Promise<boolean>;
}

/** Documents for people, in the work tree (or, with no folder open, in the extension's storage). */
export interface DocumentPlace {
  /** `.incidents/<name>` of the incident's folder; absolute. */
  directoryOf(incident: IncidentHandle): Promise<string>;
  /** `.incidents` of the incident's folder: where the team's templates are. */
  teamDirectoryOf(incident: IncidentHandle): Promise<string | undefined>;
}

/** What every use case may use. */
export interface UseContext {
  readonly store: IncidentStore;
  readonly host: Host;
  readonly documents: DocumentPlace;
  /** `Name <mail>` of the person at this window. */
  person(): Promise<string>;
  /** The policy in force for a folder now; incidents keep the one they were declared under. */
  policy(folder: string | undefined): Promise<Policy>;
}

/** One thing a person can do: the same for the palette, scripts and agents. */
export interface UseCase<A, R> {
  readonly args: Schema<A>;
  run(args: A, context: UseContext, signal: AbortSignal): Promise<R>;
}
