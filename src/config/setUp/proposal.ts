import type { FilePlace, ServerKind } from './facts.ts';

/** A value with the line that it comes from. */
export interface Sourced<T> {
  readonly value: T;
  readonly place: FilePlace;
}

/** What is proposed for a service. Everything but its name may be missing. */
export interface ProposedService {
  readonly name: string;
  readonly place: FilePlace;
  /** What it is built from; absent for the whole repository, or when nothing tells. */
  readonly folder?: Sourced<string>;
  /** Where it is reached; the first one is proposed, the others are told. */
  readonly urls: readonly Sourced<{
    readonly url: string;
    readonly where: 'cluster' | 'thisMachine';
    readonly podPort?: number;
  }>[];
  readonly hosts: readonly Sourced<string>[];
  readonly health: readonly Sourced<string>[];
  /** The path, and the port of the pods where that is told. */
  readonly metrics?: Sourced<{ readonly path: string; readonly port?: number }>;
  readonly job?: Sourced<string>;
  readonly deployments: readonly Sourced<{ readonly deployment: string; readonly namespace?: string }>[];
  readonly dependencies: readonly Sourced<{ readonly name: string; readonly tcp?: string }>[];
  readonly openSlo: readonly Sourced<string>[];
  readonly accessLogs: readonly Sourced<string>[];
  readonly owners?: Sourced<readonly string[]>;
}

/** A server of metrics or alerts. `url` is absent when only other containers or the cluster know the name. */
export interface ProposedServer {
  readonly server: ServerKind;
  readonly address: string;
  readonly url?: string;
}

/** A first version of mayday.yaml, before it is text. */
export interface Proposal {
  readonly services: readonly ProposedService[];
  readonly servers: readonly Sourced<ProposedServer>[];
  /** What was found and fits nowhere, a sentence each. */
  readonly notes: readonly string[];
}
