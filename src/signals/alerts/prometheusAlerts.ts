import { createHash } from 'node:crypto';
import * as z from 'zod';
import { toIsoTime } from '../../incident/isoTime.ts';
import type { Alert, AlertAnswer } from './alert.ts';
import { mostAlerts } from './alert.ts';
import { readAnnotations } from './annotations.ts';
import { mapInTurns } from './inTurns.ts';

const texts = z.record(z.string(), z.string());
const told = z.object({
  labels: texts,
  annotations: texts.optional().catch({}),
  state: z.enum(['firing', 'pending', 'inactive']),
  activeAt: z.string().optional().catch(undefined),
});
const alertsAnswer = z.object({ status: z.literal('success'), data: z.object({ alerts: z.array(z.unknown()) }) });
const rulesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ groups: z.array(z.object({ rules: z.array(z.unknown()).catch([]) })) }),
});
const rule = z.object({ name: z.string(), query: z.string() });

/** The expressions of alerting rules by the rules' names, of `GET /api/v1/rules?type=alert`; empty when it is no such answer. */
export function parseAlertingRules(value: unknown): ReadonlyMap<string, string> {
  const parsed = rulesAnswer.safeParse(value);
  if (!parsed.success) return new Map();
  const rules = parsed.data.data.groups.flatMap(({ rules: list }) => list).map((one) => rule.safeParse(one));
  return new Map(rules.flatMap(({ data }) => (data === undefined ? [] : [[data.name, data.query] as const])));
}

/**
 * What `GET /api/v1/alerts` of Prometheus told (HTTP API, Alerts). `linkOfRule` gives the address of a rule's graph. Undefined
 * when it is no such answer.
 */
export async function parsePrometheusAlerts(
  value: unknown,
  source: string,
  linkOfRule: (name: string) => string | undefined = () => undefined,
): Promise<AlertAnswer | undefined> {
  const parsed = alertsAnswer.safeParse(value);
  if (!parsed.success) return undefined;
  const { alerts: entries } = parsed.data.data;
  let inactive = 0;
  const alerts = await mapInTurns(entries.slice(0, mostAlerts), (entry) => {
    const { data } = told.safeParse(entry);
    if (data?.state === 'inactive') inactive++;
    return data === undefined || data.state === 'inactive' ? undefined : alertOf(data, source, linkOfRule);
  });
  return { alerts, left: entries.length - alerts.length - inactive };
}

function alertOf(
  { labels, annotations = {}, state, activeAt = '' }: z.output<typeof told>,
  source: string,
  linkOfRule: (name: string) => string | undefined,
): Alert {
  const fingerprint = fingerprintOf(labels);
  const name = labels['alertname'] ?? 'Alert without a name';
  const link = linkOfRule(name);
  return {
    ...{ id: `prometheus/${source}/${fingerprint}`, kind: 'prometheus', source, fingerprint, name },
    ...readAnnotations(annotations),
    labels,
    since: toIsoTime(activeAt),
    status: state === 'pending' ? 'pending' : 'active',
    ...(link === undefined ? {} : { link }),
  };
}

/** Prometheus gives its alerts no id: their labels are one. */
function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
