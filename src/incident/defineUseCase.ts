import type * as z from 'zod';
import type { IncidentBrief } from './incidentBrief.ts';
import { incidentBrief } from './incidentBrief.ts';
import { IncidentError } from './incidentError.ts';
import type { Decide, IncidentHandle } from './incidentStore.ts';
import { openIncident } from './openIncident.ts';
import { parseArgs } from './parseArgs.ts';
import type { IncidentState } from './state.ts';
import type { UseCase, UseContext } from './useCase.ts';

/**
 * A use case that changes something: its arguments are checked by a zod type (`args.parse` throws IncidentError), and it
 * refuses to run in an untrusted workspace or when it is cancelled already.
 */
export function defineUseCase<A, R>(schema: z.ZodType<A>, run: UseCase<A, R>['run']): UseCase<A, R> {
  return {
    args: { parse: (value) => parseArgs(schema, value) },
    run: async (args, context, signal) => {
      refuseUntrusted(context);
      refuseCancelled(signal);
      return run(args, context, signal);
    },
  };
}

/** A use case that records what `decide` makes of its arguments, and nothing else. */
export function recordingUseCase<A extends { readonly incident?: string | undefined }>(
  schema: z.ZodType<A>,
  decide: (args: A) => Decide,
): UseCase<A, IncidentBrief> {
  return defineUseCase(schema, async (args, context) => {
    return (await changeIncident(context, args.incident, decide(args))).brief;
  });
}

/** Opens the incident that is meant and records a decision; gives what was there before, too. */
export async function changeIncident(
  context: UseContext,
  wanted: string | undefined,
  decide: Decide,
): Promise<{ readonly handle: IncidentHandle; readonly state: IncidentState; readonly brief: IncidentBrief }> {
  const handle = await openIncident(context, wanted);
  const state = await handle.record(decide);
  return { handle, state, brief: incidentBrief({ id: handle.id, state }, context.host.clock.now()) };
}

/** @throws IncidentError `cancelled` when the person gave up waiting. */
export function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new IncidentError('cancelled', 'Cancelled.', { cause: signal.reason });
}

function refuseUntrusted({ host }: UseContext): void {
  if (host.isTrusted()) return;
  throw new IncidentError('untrusted', 'This workspace is in Restricted Mode: incidents can be read, not changed.', {
    hint: 'Trust the workspace (Workspaces: Manage Workspace Trust), then try again.',
  });
}
