import { IncidentError } from '../../incident/incidentError.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { AlertReader } from './alertReader.ts';
import type { AlertSight, ListedAlert } from './alertSight.ts';

/**
 * The alert that is meant, by id, fingerprint or name: among those that were told within the last minute, else asked for anew. Throws
 * IncidentError `notFound` (with what could not be asked), `ambiguous`.
 */
export async function findAlert(reader: AlertReader, wanted: string, signal: AbortSignal): Promise<ListedAlert> {
  const seen = reader.recent();
  const known = seen === undefined ? undefined : named(seen, wanted);
  if (known !== undefined) return known;
  const sight = await reader.read({ signal, byPerson: true });
  const found = named(sight, wanted);
  if (found !== undefined) return found;
  throw notFound(sight, wanted);
}

function named({ alerts }: AlertSight, wanted: string): ListedAlert | undefined {
  const exact = alerts.find(({ id }) => id === wanted);
  if (exact !== undefined) return exact;
  const meant = alerts.filter(({ fingerprint, name }) => fingerprint === wanted || name === wanted);
  if (meant.length <= 1) return meant[0];
  throw new IncidentError('ambiguous', `Several alerts are meant by ${redactedLine(wanted)}.`, {
    hint: `Say which one by its id: ${meant
      .slice(0, 20)
      .map(({ id }) => redactedLine(id))
      .join(', ')}.`,
  });
}

function notFound({ sources }: AlertSight, wanted: string): IncidentError {
  if (sources.length === 0) {
    return new IncidentError('notFound', 'No source of alerts is configured.', {
      hint: 'Name one in mayday.yaml: dataSources.alertmanager, prometheus or pagerduty.',
    });
  }
  const unseen = sources.flatMap(({ shown, told }) => (told.kind === 'failed' ? [`${shown}: ${told.reason}`] : []));
  const hint = unseen.length === 0 ? 'It may have ended.' : `Not everything could be seen. ${unseen.join(' ')}`;
  return new IncidentError('notFound', `No alert ${redactedLine(wanted)} fires.`, { hint });
}
