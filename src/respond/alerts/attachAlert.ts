import * as z from 'zod';
import { incident, line } from '../../incident/argShapes.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import { incidentBrief } from '../../incident/incidentBrief.ts';
import { openIncident } from '../../incident/openIncident.ts';
import type { UseCase } from '../../incident/useCase.ts';
import type { AlertReader } from './alertReader.ts';
import { attachTo } from './alertRecord.ts';
import { findAlert } from './findAlert.ts';

const args = z.strictObject({
  incident,
  /** Its id, its fingerprint, or its name where that is the only one. */
  alert: line(1000),
});

/** Keeps an alert that fires as evidence of an incident; from then on its end is noted in the timeline. */
export function createAttachAlert(
  reader: AlertReader,
): UseCase<z.output<typeof args>, IncidentBrief & { readonly alert: string }> {
  return defineUseCase(args, async (wish, context, signal) => {
    const handle = await openIncident(context, wish.incident);
    const alert = await findAlert(reader, wish.alert, signal);
    const state = await attachTo(handle, alert);
    return { ...incidentBrief({ id: handle.id, state }, context.host.clock.now()), alert: alert.id };
  });
}
