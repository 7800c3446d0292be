import * as z from 'zod';
import { incident, line } from '../../incident/argShapes.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import { actOnAlert } from './actOnAlert.ts';
import type { AlertReader } from './alertReader.ts';
import { findAlert } from './findAlert.ts';
import { sourceOf } from './sourceOf.ts';

const args = z.strictObject({
  /** Where it is recorded: the only open incident when absent; with none open it is not. */
  incident,
  alert: line(1000),
});

/** Tells the source of an alert that somebody looks at it. Throws `refused` where a source knows no such thing. */
export function createAcknowledgeAlert(
  reader: AlertReader,
): UseCase<z.output<typeof args>, Partial<IncidentBrief> & { readonly alert: string }> {
  return defineUseCase(args, async (wish, context, signal) => {
    const alert = await findAlert(reader, wish.alert, signal);
    const { acknowledge, silence, shown } = await sourceOf(reader, alert);
    if (acknowledge === undefined) throw cannotAcknowledge(shown, silence !== undefined);
    const name = redactedLine(alert.name);
    const target = acknowledge.target(alert);
    const { brief } = await actOnAlert(context, wish.incident, {
      intent: { kind: 'acknowledge', name, source: shown, target },
      effect: { what: `Acknowledge “${name}”?`, target },
      run: async () => {
        await acknowledge.run(alert, signal);
        return undefined;
      },
    });
    return { ...brief, alert: alert.id };
  });
}

function cannotAcknowledge(shown: string, canSilence: boolean): IncidentError {
  return new IncidentError('refused', `${shown} knows no acknowledging.`, {
    hint: canSilence
      ? 'Silence the alert there for a while, or declare an incident: that acknowledges it here.'
      : 'Declare an incident: that acknowledges it here.',
  });
}
