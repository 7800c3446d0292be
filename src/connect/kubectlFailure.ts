import type { KubernetesDeployment } from '../config/serviceConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { redactedLine } from '../safety/redactedLine.ts';

interface KnownFailure {
  readonly pattern: RegExp;
  readonly message: (what: string, target: KubernetesDeployment) => string;
  readonly hint?: string;
}

/** What kubectl says, and what it means to a person. The first that fits counts. */
const failures: readonly KnownFailure[] = [
  {
    pattern: /context .* does not exist|no context exists/i,
    message: (_what, { context }) => `kubectl knows no context ${context}.`,
    hint: 'See "kubectl config get-contexts".',
  },
  {
    pattern: /\(Forbidden\)|\bforbidden\b/i,
    message: (what, { context, namespace }) =>
      `The cluster (context ${context}) does not let you read ${what} in ${namespace}.`,
  },
  {
    pattern: /\(NotFound\)|not found in|"[^"]*" not found/,
    message: (what, { context, namespace }) => `There is no ${what} in ${namespace} (context ${context}).`,
  },
  {
    pattern: /Unauthorized|must be logged in|provide credentials|getting credentials|token (?:has )?expired|login/i,
    message: (_what, { context }) => `The cluster (context ${context}) does not know who you are.`,
    hint: 'Log in to it in a terminal, then try again.',
  },
  {
    pattern: /x509|certificate/i,
    message: (_what, { context }) => `The certificate of the cluster (context ${context}) was not accepted.`,
  },
  {
    pattern:
      /Unable to connect|connection refused|no such host|i\/o timeout|network is unreachable|request canceled|deadline exceeded|context deadline/i,
    message: (_what, { context }) => `kubectl did not reach the cluster (context ${context}).`,
    hint: 'Check the VPN and the network.',
  },
];

/** The error of a kubectl that ended with another exit code than 0. */
export function kubectlFailure(
  { exitCode, stderr }: { readonly exitCode: number; readonly stderr: string },
  what: string,
  target: KubernetesDeployment,
): IncidentError {
  const known = failures.find(({ pattern }) => pattern.test(stderr));
  if (known !== undefined) {
    return new IncidentError('outside', known.message(what, target), {
      ...(known.hint === undefined ? {} : { hint: known.hint }),
      cause: new Error(stderr),
    });
  }
  const said = stderr.split('\n').findLast((line) => line.trim() !== '') ?? '';
  const detail = said === '' ? '' : `: ${redactedLine(said, 200)}`;
  return new IncidentError('outside', `kubectl ended with exit code ${exitCode}${detail}.`);
}
