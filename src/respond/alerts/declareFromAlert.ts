import * as z from 'zod';
import { line, lineOrNothing, title } from '../../incident/argShapes.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError, isIncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { severities } from '../../incident/severity.ts';
import type { Severity } from '../../incident/severity.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { symptoms } from '../../incident/words.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { DeclaredIncident } from '../declareIncident.ts';
import { declareIncident } from '../declareIncident.ts';
import type { AlertProposal, PlacedService } from './alertProposal.ts';
import { alertProposal } from './alertProposal.ts';
import type { AlertReader } from './alertReader.ts';
import { attachTo } from './alertRecord.ts';
import type { ListedAlert } from './alertSight.ts';
import { findAlert } from './findAlert.ts';

const args = z.strictObject({
  /** Its id, its fingerprint, or its name where that is the only one. */
  alert: line(1000),
  /** What follows is the alert's word where it is absent. */
  title: title.optional(),
  severity: z.enum(severities).optional(),
  service: lineOrNothing(200).optional(),
  folder: z.string().min(1).optional(),
  impact: lineOrNothing().optional(),
  symptom: z.enum(symptoms).optional(),
  confidential: z.boolean().default(false),
  acknowledge: z.boolean().default(true),
  place: z.literal('storage').optional(),
});

type DeclareFromAlertArgs = z.output<typeof args>;

export interface DeclaredFromAlert extends DeclaredIncident {
  readonly alert: string;
  /** Why the alert is not attached: the incident is on record all the same. */
  readonly problem?: string;
}

export interface DeclareFromAlertTools {
  readonly reader: AlertReader;
  /** The services of all workspace folders. */
  services(): Promise<readonly PlacedService[]>;
}

/**
 * Begins an incident with what an alert says, and attaches the alert to it. Impact start and detection are when it began to
 * fire. Throws `invalidArgument` when the policy does not know how bad it is and nobody says.
 */
export function createDeclareFromAlert({
  reader,
  services,
}: DeclareFromAlertTools): UseCase<DeclareFromAlertArgs, DeclaredFromAlert> {
  return defineUseCase(args, async (wish, context, signal) => {
    const alert = await findAlert(reader, wish.alert, signal);
    const proposal = alertProposal(alert, await services(), context.host.clock.now());
    const wanted = declarationOf(wish, proposal, severityOf(wish, proposal, alert));
    const declared = await declareIncident.run(declareIncident.args.parse(wanted), context, signal);
    const problem = await attached(await context.store.open(declared.incident), alert);
    return { ...declared, alert: alert.id, ...definedFields({ problem }) };
  });
}

async function attached(handle: IncidentHandle, alert: ListedAlert): Promise<string | undefined> {
  try {
    await attachTo(handle, alert);
    return undefined;
  } catch (error) {
    if (!isIncidentError(error, 'storage')) throw error;
    return error.message;
  }
}

function declarationOf(
  { alert: _, severity: __, ...wish }: DeclareFromAlertArgs,
  { title: name, service, folder, startedAt }: AlertProposal,
  severity: Severity,
): unknown {
  return {
    ...{ title: name, severity, folder },
    ...definedFields({ service, impactStart: startedAt, detected: startedAt }),
    ...definedFields(wish),
  };
}

function severityOf({ severity }: DeclareFromAlertArgs, proposal: AlertProposal, { level }: ListedAlert): Severity {
  const known = severity ?? proposal.severity;
  if (known !== undefined) return known;
  const why =
    level.text === undefined ? 'does not say how bad it is' : `calls itself “${redactedLine(level.text, 60)}”`;
  throw new IncidentError('invalidArgument', `The alert ${why}, which the policy gives no severity.`, {
    hint: 'Say it with “severity”, or write the word at policy.alerts.severities of mayday.yaml.',
  });
}
