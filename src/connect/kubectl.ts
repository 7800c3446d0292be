import type { KubernetesDeployment } from '../config/serviceConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { isKubernetesContext, isKubernetesLabel, isKubernetesName } from '../safety/outsideNames.ts';
import { findProgram } from './findProgram.ts';
import { kubectlFailure } from './kubectlFailure.ts';
import { runProgram } from './runProgram.ts';

/** How kubectl is run, for all calls. */
export interface KubectlSetup {
  readonly environment?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** Reads a cluster through the person's own kubectl: its context and namespace are always named. */
export interface Kubectl {
  /** `kubectl get deployment NAME -o json`, parsed. Throws IncidentError `outside`, `invalidArgument`, `cancelled`. */
  deployment(target: KubernetesDeployment, signal?: AbortSignal): Promise<unknown>;
  /** `kubectl get replicasets -o json`, parsed: those of the whole namespace. Throws the same. */
  replicaSets(target: KubernetesDeployment, signal?: AbortSignal): Promise<unknown>;
}

const defaultTimeoutMs = 10_000;
const maxBytes = 32 * 1024 * 1024;

export function createKubectl(setup: KubectlSetup = {}): Kubectl {
  return {
    deployment: (target, signal) =>
      get(setup, target, { args: ['deployment', target.deployment], what: `deployment ${target.deployment}`, signal }),
    replicaSets: (target, signal) => get(setup, target, { args: ['replicasets'], what: 'ReplicaSets', signal }),
  };
}

interface Get {
  readonly args: readonly string[];
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

async function get(setup: KubectlSetup, target: KubernetesDeployment, { args, what, signal }: Get): Promise<unknown> {
  refuseUnsafe(target);
  const { environment = process.env, timeoutMs = defaultTimeoutMs } = setup;
  const program = await findProgram('kubectl', environment);
  if (program === undefined) {
    throw new IncidentError('outside', 'kubectl was not found on this machine.', {
      hint: 'Install kubectl, or correct PATH, and reload the window.',
    });
  }
  const limit = `--request-timeout=${Math.ceil(timeoutMs / 1000)}s`;
  const where = [`--context=${target.context}`, `--namespace=${target.namespace}`, limit];
  const call = { environment, timeoutMs, maxBytes, signal };
  const outcome = await runProgram(program, [...where, 'get', ...args, '--output=json'], call);
  // Refused, it still prints a List that is valid and empty: only the exit code tells.
  if (outcome.exitCode !== 0) throw kubectlFailure(outcome, what, target);
  try {
    return JSON.parse(outcome.stdout.toString('utf8')) as unknown;
  } catch (error) {
    throw new IncidentError('outside', `What kubectl printed of ${what} is no JSON.`, { cause: error });
  }
}

/** The configuration was checked already; nothing else shall ever become an argument. */
function refuseUnsafe({ context, namespace, deployment }: KubernetesDeployment): void {
  if (isKubernetesContext(context) && isKubernetesLabel(namespace) && isKubernetesName(deployment)) return;
  throw new IncidentError('invalidArgument', 'Context, namespace or deployment is no name that Kubernetes allows.');
}
