import * as z from 'zod';
import { toIsoTime } from '../../incident/isoTime.ts';
import type { Alert, AlertAnswer, AlertStatus } from './alert.ts';
import { mostAlerts } from './alert.ts';
import { linkOf, readAnnotations } from './annotations.ts';
import { mapInTurns } from './inTurns.ts';

const texts = z.record(z.string(), z.string()).catch({});
const told = z.object({
  fingerprint: z.string().min(1).max(200),
  startsAt: z.string().optional().catch(undefined),
  labels: z.record(z.string(), z.string()),
  annotations: texts.optional(),
  generatorURL: z.string().optional().catch(undefined),
  status: z
    .object({
      state: z.string(),
      silencedBy: z.array(z.string()).nullish().catch([]),
      inhibitedBy: z.array(z.string()).nullish().catch([]),
    })
    .optional()
    .catch(undefined),
});

/**
 * What `GET /api/v2/alerts` of Alertmanager told (API v2, gettableAlerts). Undefined when it is no list; entries that have not
 * the form of an alert are counted as left out.
 */
export async function parseAlertmanagerAlerts(value: unknown, source: string): Promise<AlertAnswer | undefined> {
  if (!Array.isArray(value)) return undefined;
  const alerts = await mapInTurns(value.slice(0, mostAlerts), (entry) => alertOf(entry, source));
  return { alerts, left: value.length - alerts.length };
}

function alertOf(entry: unknown, source: string): Alert | undefined {
  const parsed = told.safeParse(entry);
  if (!parsed.success) return undefined;
  const { fingerprint, labels, annotations = {}, startsAt = '', generatorURL = '', status } = parsed.data;
  const link = linkOf(generatorURL);
  return {
    ...{ id: `alertmanager/${source}/${fingerprint}`, kind: 'alertmanager', source, fingerprint },
    name: labels['alertname'] ?? 'Alert without a name',
    ...readAnnotations(annotations),
    labels,
    since: toIsoTime(startsAt),
    status: statusOf(status),
    ...(link === undefined ? {} : { link }),
  };
}

/** `unprocessed` is not routed yet and fires all the same. */
function statusOf(status: z.output<typeof told>['status']): AlertStatus {
  if (status?.state !== 'suppressed') return 'active';
  const isSilenced = (status.silencedBy ?? []).length > 0 || (status.inhibitedBy ?? []).length === 0;
  return isSilenced ? 'silenced' : 'inhibited';
}
