import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import type { AlertReader } from '../../../src/respond/alerts/alertReader.ts';
import { createAlertReader, wordsOf } from '../../../src/respond/alerts/alertReader.ts';
import type { AlertSight, ListedAlert, PlacedSource } from '../../../src/respond/alerts/alertSight.ts';
import type { Alert } from '../../../src/signals/alerts/alert.ts';
import { alertLevel } from '../../../src/signals/alerts/alertLevel.ts';
import type { AlertSource } from '../../../src/signals/alerts/readsAlerts.ts';
import type { Silence } from '../../../src/signals/alerts/silence.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { alertRows } from '../../../src/editor/rows/alertRows.ts';
import type { Row } from '../../../src/editor/rows/row.ts';
import { after, eventLog, ulidOf } from './events.ts';

/** An alert of Alertmanager `prod` that fires since three minutes before the incident begins. */
export function sampleAlert(change: Partial<Alert> = {}): Alert {
  const { kind = 'alertmanager', source = 'prod', fingerprint = 'f1' } = change;
  return {
    ...{ id: `${kind}/${source}/${fingerprint}`, kind, source, fingerprint },
    name: 'CheckoutErrors',
    summary: 'Checkout fails',
    description: 'More than 5 % of requests fail',
    labels: { alertname: 'CheckoutErrors', severity: 'page', service: 'checkout' },
    since: after(-3),
    status: 'active',
    ...change,
  };
}

/** The same as the reader lists it. */
export function listedAlert(change: Partial<Alert> = {}): ListedAlert {
  const alert = sampleAlert(change);
  return {
    ...alert,
    ...{
      folder: '/shop',
      level: alertLevel(alert, builtInPolicy('UTC').alerts),
      toldBy: 'Alertmanager prod (http://a/)',
      words: wordsOf(alert),
    },
  };
}

/** A source of a test; what it tells and how it fails can change. */
export interface TestSource extends AlertSource {
  alerts: readonly Alert[];
  left: number;
  failure: unknown;
  reads: number;
  readonly silences: Silence[];
  readonly acknowledged: string[];
  /** What acting fails with. */
  refusal: unknown;
}

export function testSource(kind: Alert['kind'], alerts: readonly Alert[] = []): TestSource {
  const source: TestSource = {
    ...{ kind, alerts, left: 0, failure: undefined, refusal: undefined, reads: 0, silences: [], acknowledged: [] },
    name: 'prod',
    shown: `${kind} prod (http://a/)`,
    read: (signal) => {
      signal.throwIfAborted();
      source.reads++;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a test fails with is its affair
      if (source.failure !== undefined) return Promise.reject(source.failure);
      return Promise.resolve({ alerts: source.alerts, left: source.left });
    },
    ...(kind === 'alertmanager'
      ? {
          silence: {
            target: 'POST http://a/api/v2/silences',
            run: (silence) => {
              source.silences.push(silence);
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- see above
              return source.refusal === undefined ? Promise.resolve('silence-1') : Promise.reject(source.refusal);
            },
          },
        }
      : {}),
    ...(kind === 'pagerduty'
      ? {
          acknowledge: {
            target: (alert) => `PUT http://a/incidents/${alert.fingerprint}`,
            run: (alert) => {
              source.acknowledged.push(alert.fingerprint);
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- see above
              return source.refusal === undefined ? Promise.resolve() : Promise.reject(source.refusal);
            },
          },
        }
      : {}),
  };
  return source;
}

/** A reader of these sources, all of one folder. */
export function readerOf(sources: readonly AlertSource[], now: () => IsoTime, folder = '/shop'): AlertReader {
  const policy = builtInPolicy('UTC');
  const placed: readonly PlacedSource[] = sources.map((source) => ({ source, folder, policy }));
  return createAlertReader({ sources: () => Promise.resolve(placed), now });
}

/** A look at four sources: one tells of alerts of every kind, one of more than are listed, one fails, one waits for a person's word. */
export function sampleSight(): AlertSight {
  const pages = ['a', 'b', 'c'].map((instance, index) =>
    listedAlert({
      fingerprint: `page-${instance}`,
      labels: {
        alertname: 'CheckoutErrors',
        severity: 'page',
        service: 'checkout',
        instance,
        api_token: 's3cr3t-s3cr3t-1',
      },
      since: after(-3 + index),
    }),
  );
  const others = [
    listedAlert({
      ...{ fingerprint: 'slow', name: 'CheckoutSlow', labels: { severity: 'warning' }, status: 'silenced' },
      ...{ runbook: { kind: 'file', path: 'docs/runbook.md' }, link: 'http://prometheus.example.org/graph' },
      dashboard: 'https://dashboards.example.org/d/checkout',
    }),
    listedAlert({
      fingerprint: 'odd',
      name: 'Odd\u202E\n$(flame)',
      labels: { severity: 'blocker' },
      summary: '',
      since: undefined,
    }),
    listedAlert({
      kind: 'pagerduty',
      source: 'PagerDuty',
      fingerprint: 'PT4KHLK',
      name: 'Cards are refused',
      labels: {},
      urgency: 'high',
    }),
    listedAlert({
      kind: 'prometheus',
      fingerprint: 'p1',
      name: 'DiskFull',
      labels: { severity: 'ticket' },
      status: 'pending',
    }),
    listedAlert({ fingerprint: 'i', name: 'Inhibited', labels: { severity: 'info' }, status: 'inhibited' }),
  ];
  const failed = { kind: 'failed', reason: 'http://b/ does not accept who asks (401).', unconfirmed: false } as const;
  return {
    at: after(0),
    alerts: [...pages, ...others],
    sources: [
      {
        ...{ kind: 'alertmanager', name: 'prod', shown: 'Alertmanager prod (http://a/)' },
        told: { kind: 'answered', at: after(0), alerts: new Map(), left: 0 },
      },
      {
        ...{ kind: 'prometheus', name: 'prod', shown: 'Prometheus prod (http://p/)' },
        told: { kind: 'answered', at: after(0), alerts: new Map(), left: 57 },
      },
      {
        ...{ kind: 'alertmanager', name: 'test', shown: 'Alertmanager test (http://b/)' },
        told: { ...failed, againAt: after(2), last: { at: after(-5), count: 2 } },
      },
      {
        ...{ kind: 'pagerduty', name: 'PagerDuty', shown: 'PagerDuty (https://api.pagerduty.com/)' },
        told: { kind: 'failed', reason: 'not asked', unconfirmed: true },
      },
    ],
  };
}

/** The rows of the Alerts view for it, opened, with one alert attached to an incident. */
export function sampleAlertRows(): readonly Row[] {
  const log = eventLog();
  log.open();
  log.declare('SEV1', { title: 'Checkout fails' });
  const { toldBy, fingerprint, name } = sampleSight().alerts[0]!;
  log.add('alert.attached', { source: toldBy, fingerprint, name, labels: {} });
  const incidents = [{ id: toIncidentId(ulidOf(after(0), 1))!, state: log.state() }];
  const sight = sampleSight();
  const opened = new Set(sight.alerts.map(({ id }) => id));
  return alertRows({ sight, zone: 'Europe/Berlin', opened, incidents });
}
