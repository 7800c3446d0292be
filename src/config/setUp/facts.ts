/** A line of a file of the repository. */
export interface FilePlace {
  /** Relative to the workspace folder, with `/`. A stranger's text. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Something that a file says, and where. Nothing in it is guessed; names and paths in it are strangers' text. */
export type Fact = { readonly place: FilePlace } &
  /** Something that runs. `folder`: what it is built from, empty for the whole repository. */
  (
    | { readonly kind: 'service'; readonly service: string; readonly by: ServiceSource; readonly folder?: string }
    | {
        readonly kind: 'deployment';
        readonly service: string;
        readonly deployment: string;
        readonly namespace?: string;
      }
    | {
        readonly kind: 'url';
        readonly service: string;
        readonly url: string;
        readonly where: 'cluster' | 'thisMachine';
        /** The port of the pods that it leads to, where that is told. */
        readonly podPort?: number;
      }
    | { readonly kind: 'host'; readonly service: string; readonly host: string }
    /** A path that tells how a service is; of the service whose folder the file is in where none is named. */
    | {
        readonly kind: 'health';
        readonly path: string;
        readonly service?: string;
        readonly by: 'probe' | 'healthcheck' | 'route';
      }
    /** `port` of the pods, where that is told. */
    | { readonly kind: 'metrics'; readonly path: string; readonly service?: string; readonly port?: number }
    /** The pods of a workload, and their ports that have names. */
    | {
        readonly kind: 'pods';
        readonly service: string;
        readonly labels: Readonly<Record<string, string>>;
        readonly ports: readonly { readonly name: string; readonly port: number }[];
        readonly namespace?: string;
      }
    /** A Service of the cluster; `target` is the number or the name of a port of the pods. */
    | {
        readonly kind: 'clusterService';
        readonly name: string;
        readonly selector: Readonly<Record<string, string>>;
        readonly ports: readonly { readonly port: number; readonly target: string; readonly name?: string }[];
        readonly namespace?: string;
        readonly metrics?: { readonly path: string; readonly port?: number; readonly place: FilePlace };
      }
    /** A host that leads to a Service of the cluster; `port` is the number or the name of its port. */
    | {
        readonly kind: 'ingress';
        readonly host: string;
        readonly url: string;
        readonly backend: string;
        readonly port?: string;
        readonly namespace?: string;
      }
    /** A name under which Prometheus has series of it. */
    | { readonly kind: 'job'; readonly job: string; readonly hosts: readonly string[] }
    | { readonly kind: 'alertRules'; readonly names: readonly string[] }
    /** Prometheus or Alertmanager, as other servers reach it: `alertmanager:9093`. */
    | { readonly kind: 'server'; readonly server: ServerKind; readonly address: string }
    /** What a container of this machine publishes: host name among the containers, and the port here. */
    | {
        readonly kind: 'container';
        readonly name: string;
        readonly image: string;
        readonly ports: readonly PublishedPort[];
      }
    | { readonly kind: 'dependency'; readonly service: string; readonly name: string }
    | { readonly kind: 'openslo'; readonly service: string | undefined }
    | { readonly kind: 'accessLog'; readonly log: string }
    | { readonly kind: 'owner'; readonly pattern: string; readonly owners: readonly string[] }
  );

export type ServerKind = 'prometheus' | 'alertmanager';
/** In the order in which they are believed. */
export const serviceSources = ['kubernetes', 'compose', 'package'] as const;
export type ServiceSource = (typeof serviceSources)[number];

/** A port of a container, and the port of this machine that leads to it. */
export interface PublishedPort {
  readonly container: number;
  readonly here: number;
}

export type FactOf<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;

/** Reads what a file says; empty for a file that is not of its kind. Throws UnreadableConfiguration for one that is broken. */
export type FactReader = (path: string, text: string) => readonly Fact[];

/** The facts of one kind, in the order in which they were found. */
export function factsOf<K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] {
  return facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
}
