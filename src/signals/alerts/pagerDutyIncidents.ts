import * as z from 'zod';
import { toIsoTime } from '../../incident/isoTime.ts';
import type { Alert, AlertAnswer } from './alert.ts';
import { mostAlerts } from './alert.ts';
import { linkOf } from './annotations.ts';
import { mapInTurns } from './inTurns.ts';

const named = z.object({ summary: z.string().optional(), name: z.string().optional() }).nullish().catch(undefined);
const told = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{1,60}$/),
  incident_number: z.number().optional().catch(undefined),
  title: z.string().catch(''),
  description: z.string().nullish().catch(undefined),
  status: z.enum(['triggered', 'acknowledged']),
  created_at: z.string().optional().catch(undefined),
  html_url: z.string().nullish().catch(undefined),
  urgency: z.string().optional().catch(undefined),
  service: named,
  priority: named,
});
const answer = z.object({
  incidents: z.array(z.unknown()),
  more: z.boolean().nullish().catch(false),
  total: z.number().nullish().catch(undefined),
});

/** A page of incidents; `left` are those of it that are not listed. */
export interface PagerDutyPage extends AlertAnswer {
  /** Another page follows. */
  readonly more: boolean;
  /** Of all pages, where it was asked for. */
  readonly total?: number;
}

/** What `GET /incidents` of PagerDuty told (REST API v2). Undefined when it is no such answer. */
export async function parsePagerDutyIncidents(value: unknown, source: string): Promise<PagerDutyPage | undefined> {
  const parsed = answer.safeParse(value);
  if (!parsed.success) return undefined;
  const { incidents, more, total } = parsed.data;
  const alerts = await mapInTurns(incidents.slice(0, mostAlerts), (entry) => alertOf(entry, source));
  return {
    ...{ alerts, left: incidents.length - alerts.length, more: more === true },
    ...(typeof total === 'number' ? { total } : {}),
  };
}

function alertOf(entry: unknown, source: string): Alert | undefined {
  const { data } = told.safeParse(entry);
  if (data === undefined) return undefined;
  const { id, title, status, urgency, created_at = '', html_url } = data;
  const service = data.service?.summary ?? data.service?.name;
  const priority = data.priority?.summary ?? data.priority?.name;
  const level = priority ?? urgency;
  const link = linkOf(html_url ?? '');
  return {
    ...{ id: `pagerduty/${source}/${id}`, kind: 'pagerduty', source, fingerprint: id },
    name: title === '' ? `PagerDuty incident ${String(data.incident_number ?? id)}` : title,
    summary: '',
    description: data.description ?? '',
    labels: {
      ...(service === undefined ? {} : { service }),
      ...(priority === undefined ? {} : { priority }),
      ...(urgency === undefined ? {} : { urgency }),
    },
    ...(level === undefined ? {} : { urgency: level }),
    since: toIsoTime(created_at),
    status: status === 'triggered' ? 'active' : 'acknowledged',
    ...(link === undefined ? {} : { link }),
  };
}
