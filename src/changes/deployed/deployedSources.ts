import type { GithubDeployments, KubernetesDeployment, VersionEndpoint } from '../../config/serviceConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { CommitId } from '../history/readsHistory.ts';
import type { RevisionCandidate } from './revisionCandidates.ts';

/** What a service answered when asked for its version. */
export interface EndpointAnswer {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A deployment as GitHub's REST API tells it (`GET /repos/{owner}/{repo}/deployments`), with its statuses. */
export interface GithubDeployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly createdAt: IsoTime;
  /** Newest first: `success`, `inactive`, `failure`, `in_progress`, … */
  readonly statuses: readonly { readonly state: string; readonly createdAt: IsoTime }[];
}

/** A tag on the deploy branch. */
export interface BranchTag {
  readonly name: string;
  readonly commit: CommitId;
  /** When it was made; of a lightweight one, its commit. */
  readonly at: IsoTime;
}

/** The branch that deploys, as this clone knows it, with its newest tags. */
export interface DeployBranch {
  /** `origin/main` */
  readonly name: string;
  readonly head: CommitId | undefined;
  /** Newest first, at most some hundred: those from which the head can be reached backwards. */
  readonly tags: readonly BranchTag[];
}

/**
 * Who may know what runs. Each throws IncidentError: `outside` with a sentence for people, `needsConfirmation` when nobody
 * confirmed the address, `untrusted`, `cancelled`.
 */
export interface DeployedSources {
  readonly clock: { now(): IsoTime };
  readonly service: { ask(endpoint: VersionEndpoint, signal: AbortSignal): Promise<EndpointAnswer> };
  readonly kubernetes: {
    /** The Deployment as `kubectl … -o json` prints it. */
    deployment(target: KubernetesDeployment, signal: AbortSignal): Promise<unknown>;
    /** The list of ReplicaSets in its namespace, in the same form. */
    replicaSets(target: KubernetesDeployment, signal: AbortSignal): Promise<unknown>;
  };
  readonly github: {
    /** Deployments of the environment newest first, until `isEnough` is told yes, or since a moment; at most some dozens. */
    deployments(
      source: GithubDeployments,
      options: {
        readonly since?: IsoTime;
        readonly isEnough?: (deployment: GithubDeployment) => boolean;
        readonly signal: AbortSignal;
      },
    ): Promise<readonly GithubDeployment[]>;
  };
  readonly repository: {
    /** The first candidate that is a commit of the folder's repository, with what it is called there. */
    find(
      folder: string,
      candidates: readonly RevisionCandidate[],
      signal: AbortSignal,
    ): Promise<{ readonly candidate: RevisionCandidate; readonly commit: CommitId } | undefined>;
    /** `branch` undefined: the remote's default. `glob`: of the tags' names. */
    deployBranch(
      folder: string,
      options: { readonly branch: string | undefined; readonly glob: string | undefined; readonly signal: AbortSignal },
    ): Promise<DeployBranch>;
  };
}
