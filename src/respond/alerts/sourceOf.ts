import { IncidentError } from '../../incident/incidentError.ts';
import type { AlertSource } from '../../signals/alerts/readsAlerts.ts';
import type { AlertReader } from './alertReader.ts';
import type { ListedAlert } from './alertSight.ts';

/** The source that told of an alert. Throws `notFound` when mayday.yaml names it no more. */
export async function sourceOf(reader: AlertReader, { kind, source, toldBy }: ListedAlert): Promise<AlertSource> {
  const found = (await reader.sources()).find((one) => one.source.kind === kind && one.source.name === source);
  if (found !== undefined) return found.source;
  throw new IncidentError('notFound', `${toldBy} is not in mayday.yaml any more.`);
}
