import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { IncidentError, isIncidentError } from '../../incident/incidentError.ts';
import type { SourceAnswer } from './askSources.ts';
import { revisionSources } from './askSources.ts';
import { failureText } from './failureText.ts';
import type { DeployedSources } from './deployedSources.ts';
import type { RunningRevision } from './runningRevision.ts';

/** Which service's revision is asked for, and in which repository its versions mean commits. */
export interface RunningRequest {
  /** A folder of the repository, absolute. */
  readonly folder: string;
  /** Undefined where none is configured: then only the repository itself can tell. */
  readonly service: ServiceConfiguration | undefined;
  /** The branch that deploys, of `changes`; that of the service wins. */
  readonly branch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** After so long the next source is asked too; the word of an earlier one still counts more. */
const patienceMs = 1_500;

/**
 * What runs of a service: the service's own word, else that of Kubernetes, GitHub, the newest release tag on the deploy
 * branch, a configured branch. Unknown with a sentence per source when none of them tells. Throws IncidentError `cancelled` only.
 */
export async function readRunningRevision(sources: DeployedSources, request: RunningRequest): Promise<RunningRevision> {
  const enough = new AbortController();
  const signal = AbortSignal.any([enough.signal, ...(request.signal ? [request.signal] : [])]);
  const asked: Promise<SourceAnswer>[] = [];
  try {
    for (const ask of Object.values(revisionSources)) {
      const answer = told(ask(sources, request, signal));
      asked.push(answer);
      // It is awaited in its turn, or not at all once a surer one has answered.
      answer.catch(() => undefined);
      const first = await Promise.race([answer, patience(signal)]);
      // Of those before it, one may still be thinking.
      if (first?.kind === 'known') break;
    }
    return await firstKnown(asked);
  } catch (error) {
    if (request.signal?.aborted) throw cancelled(error);
    throw error;
  } finally {
    enough.abort();
  }
}

async function firstKnown(asked: readonly Promise<SourceAnswer>[]): Promise<RunningRevision> {
  const reasons: string[] = [];
  const missing: string[] = [];
  let word: { readonly unconfirmed?: true } = {};
  for (const pending of asked) {
    const answer = await pending;
    if (answer.kind === 'known') {
      return { ...answer.revision, ...(reasons.length === 0 ? {} : { missed: reasons }), ...word };
    }
    if (answer.kind === 'notConfigured') missing.push(answer.name);
    else {
      reasons.push(answer.reason);
      if (answer.unconfirmed) word = { unconfirmed: true };
    }
  }
  const notConfigured = missing.length === 0 ? [] : [`Not configured: ${missing.join(', ')}.`];
  return { kind: 'unknown', reason: [...reasons, ...notConfigured].join(' '), ...word };
}

/** That a source failed is what it says. A cancelled reading is not. */
async function told(answer: Promise<SourceAnswer>): Promise<SourceAnswer> {
  try {
    return await answer;
  } catch (error) {
    if (isIncidentError(error, 'cancelled')) throw error;
    const unconfirmed = isIncidentError(error, 'needsConfirmation') ? { unconfirmed: true as const } : {};
    return { kind: 'silent', reason: failureText(error), ...unconfirmed };
  }
}

async function patience(signal: AbortSignal): Promise<undefined> {
  return wait(patienceMs, undefined, { signal, ref: false }).catch(() => undefined);
}

function cancelled(cause: unknown): IncidentError {
  return new IncidentError('cancelled', 'Asking what runs was cancelled.', { cause });
}
