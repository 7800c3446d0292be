import type { Endpoint, ServiceSignals } from './signalConfiguration.ts';

/** Where a running service tells its version: a field of a JSON body (`build.commit`) or a header of the answer. */
export interface VersionEndpoint extends Endpoint {
  readonly json?: string;
  readonly header?: string;
}

/** The Deployment that runs a service; the context of `kubectl` is named, never whichever happens to be current. */
export interface KubernetesDeployment {
  readonly context: string;
  readonly namespace: string;
  readonly deployment: string;
  /** Whose image tag tells the version; the first one when absent. */
  readonly container?: string;
  /** A label or annotation that tells it instead. */
  readonly label?: string;
}

/** Where GitHub records deployments. */
export interface GithubDeployments {
  /** `owner/name` */
  readonly repository: string;
  /** `production` when absent. */
  readonly environment?: string;
}

/** A service, as `services` of mayday.yaml describes it. Everything but its name is optional there. */
export interface ServiceConfiguration extends ServiceSignals {
  readonly name: string;
  /** Globs relative to the repository's root: what the service is built from. Empty: everything. */
  readonly paths: readonly string[];
  readonly version?: VersionEndpoint;
  readonly kubernetes?: KubernetesDeployment;
  readonly github?: GithubDeployments;
  /** A glob of the tags that are releases of it, `api-v*`; every version tag when absent. */
  readonly tags?: string;
  /** The branch that deploys it; that of `changes` when absent. */
  readonly branch?: string;
  /** Host names under which it is reached. */
  readonly hosts: readonly string[];
}

/** What `changes` of mayday.yaml says about reading the repository. */
export interface ChangesConfiguration {
  /** The branch that deploys, `main` or `origin/main`; the remote's default when absent. */
  readonly branch?: string;
  /** Globs of files that hold feature flags, beside those that are recognised. */
  readonly featureFlags: readonly string[];
  /** Globs of DNS zone files, beside those that are recognised. */
  readonly zoneFiles: readonly string[];
}
