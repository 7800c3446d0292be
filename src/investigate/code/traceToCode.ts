import * as z from 'zod';
import type { TraceLanguage } from '../../changes/stackTrace/parsedTrace.ts';
import { parseTraceInTurns } from '../../changes/stackTrace/parseTrace.ts';
import { incident } from '../../incident/argShapes.ts';
import { defineUseCase, refuseCancelled } from '../../incident/defineUseCase.ts';
import type { EvidenceRef } from '../../incident/evidenceRef.ts';
import type { Ulid } from '../../incident/ids.ts';
import { incidentBrief } from '../../incident/incidentBrief.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { Decide, IncidentHandle } from '../../incident/incidentStore.ts';
import { openIncident } from '../../incident/openIncident.ts';
import type { Finding } from '../../incident/state.ts';
import type { UseCase } from '../../incident/useCase.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import type { LocatedTrace, TraceTools } from './locateTrace.ts';
import { locateTrace } from './locateTrace.ts';
import { traceEvidenceName } from './traceEvidenceName.ts';
import { firstPlaced, traceFindingText, traceLimitText } from './traceFinding.ts';
import { placeText } from './tracedCode.ts';

const args = z.strictObject({
  incident,
  /** A stack trace, or an excerpt of a log with some in it. The first megabyte is looked through. */
  text: z
    .string({ error: 'must be text' })
    .min(1, { error: 'is empty' })
    .max(16 * 1024 * 1024, { error: 'is larger than 16 MB: cut out what is about the error' }),
});

export type TraceToCodeArgs = z.output<typeof args>;

/** A trace as code: its frames in the files that run. */
export interface TracedCode extends IncidentBrief, LocatedTrace {
  /** The event that holds the trace. */
  readonly finding: Ulid;
  readonly language: TraceLanguage;
  /** The text was longer than what was looked through. */
  readonly isCut: boolean;
}

/** What a trace is held against, as services.ts joins it. */
export interface TraceToCodeTools extends TraceTools {
  /** What can be seen of the changes in the incident's repositories. */
  readonly sightsOf: (handle: IncidentHandle, signal: AbortSignal) => Promise<readonly ChangesSight[]>;
}

/** Parses a trace, finds its frames in the code that runs, and keeps it as a finding of the log check. */
export function createTraceToCode(tools: TraceToCodeTools): UseCase<TraceToCodeArgs, TracedCode> {
  return defineUseCase(args, async (wish, context, signal) => {
    const trace = await parseTraceInTurns(wish.text);
    if (trace.kind === 'nothing') {
      throw new IncidentError('invalidArgument', 'There is no stack trace in this text.', { hint: trace.lookedFor });
    }
    const handle = await openIncident(context, wish.incident);
    const located = await locateTrace(tools, trace, await tools.sightsOf(handle, signal), signal);
    refuseCancelled(signal);
    const evidence = await handle.keepEvidence(traceEvidenceName, traceLimitText(wish.text));
    const known = knownTrace(handle.state.findings, evidence);
    const state = known === undefined ? await handle.record(decideTrace(located, evidence)) : handle.state;
    const finding = known ?? knownTrace(state.findings, evidence);
    if (finding === undefined) {
      throw new IncidentError('storage', 'The trace is not in the record after it was recorded.');
    }
    const brief = incidentBrief({ id: handle.id, state }, context.host.clock.now());
    return { ...brief, finding, language: trace.language, isCut: trace.isCut, ...located };
  });
}

/** The finding, with the trace as its evidence and the first frame of the repository as its place. */
export function decideTrace({ errors }: Pick<LocatedTrace, 'errors'>, evidence: EvidenceRef): Decide {
  const frame = firstPlaced(errors);
  const place = frame === undefined ? undefined : placeText(frame);
  const source = {
    ...(place === undefined ? {} : { place: place.slice(0, 500) }),
    ...(frame?.revision === undefined ? {} : { revision: frame.revision }),
  };
  const data = { check: 'logs' as const, text: traceFindingText(errors), ...source, evidence: [evidence] };
  return () => [{ type: 'finding.added', data }];
}

/** The same trace, pasted again, is the finding that it was. */
function knownTrace(findings: readonly Finding[], { sha256 }: EvidenceRef): Ulid | undefined {
  return findings.find(({ check, evidence = [] }) => check === 'logs' && evidence.some((ref) => ref.sha256 === sha256))
    ?.id;
}
