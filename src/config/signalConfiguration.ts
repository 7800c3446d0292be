/** An address of mayday.yaml that is asked over HTTP. */
export interface Endpoint {
  readonly url: string;
  /** Sent with the request; `secret:NAME` in a value stands for a secret. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What an HTTP probe expects; without it any status of 2xx will do. */
export interface HttpExpectation {
  /** The status that is right. */
  readonly status?: number;
  /** Fields of a JSON body by path, `checks.database.status: up`. */
  readonly json?: Readonly<Record<string, string | number | boolean>>;
  /** A text that the body contains. */
  readonly text?: string;
}

/** One way to see whether something answers. */
export type HealthProbe =
  | ({
      readonly kind: 'http';
      readonly expect?: HttpExpectation;
      /** Slower is suspicious. */
      readonly withinMs?: number;
      /** Nobody named it: it is where services usually have it, and missing there says nothing. */
      readonly assumed?: true;
    } & Endpoint)
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly withinMs?: number }
  | { readonly kind: 'dns'; readonly host: string; readonly addresses?: readonly string[] };

/** Where the metrics of a service are, and which ones count. */
export interface ServiceMetricsConfiguration {
  /** What the service itself exposes, in the text format of Prometheus. */
  readonly endpoint?: Endpoint & { readonly assumed?: true };
  /** Name of one of `dataSources.prometheus`; the first one when absent. */
  readonly source?: string;
  /** Label matchers of its series in PromQL, `job="checkout"`; without it the service's name is looked for in the usual labels. */
  readonly selector?: string;
  /** PromQL instead of what is recognised. `errors` is a ratio from 0 to 1, the others are per second and seconds. */
  readonly queries?: Readonly<Partial<Record<MetricQuery, string>>>;
}

export const metricQueries = ['rate', 'errors', 'p50', 'p95', 'p99'] as const;
export type MetricQuery = (typeof metricQueries)[number];

/** Something outside that a service needs. */
export interface DependencyConfiguration {
  readonly name: string;
  readonly health: readonly HealthProbe[];
  /** Name of one of `statusPages`. */
  readonly statusPage?: string;
  /** Names of the components of that page that matter; all when empty. */
  readonly components: readonly string[];
}

/** What share of what is promised, over how many days. `target` is a ratio, 0.999. */
export type Objective = { readonly name: string; readonly target: number; readonly windowDays: number } & (
  | { readonly kind: 'availability' }
  /** Requests answered within the threshold. */
  | { readonly kind: 'latency'; readonly thresholdMs: number }
  /** PromQL of rates or counters' `rate(…[$window])`: `$window` stands for each window's length. */
  | { readonly kind: 'queries'; readonly bad?: string; readonly good?: string; readonly total: string }
);

/** A dashboard, with `{from}` and `{to}` (milliseconds), `{fromIso}`, `{toIso}` and `{service}` filled in. */
export interface DashboardConfiguration {
  readonly name: string;
  readonly url: string;
}

/** What signals of a service can be seen, and where. */
export interface ServiceSignals {
  /** Where it is reached, without a slash at the end. */
  readonly url?: string;
  readonly health?: readonly HealthProbe[];
  readonly metrics?: ServiceMetricsConfiguration;
  /** Globs of access logs, relative to the workspace folder, or absolute. */
  readonly accessLogs?: readonly string[];
  readonly dependencies?: readonly DependencyConfiguration[];
  readonly objectives?: readonly Objective[];
  /** Globs of OpenSLO files in the workspace folder. */
  readonly openSlo?: readonly string[];
  readonly dashboards?: readonly DashboardConfiguration[];
  readonly owners?: readonly string[];
}

/** A server of Prometheus or Alertmanager. */
export interface DataSource extends Endpoint {
  readonly name: string;
}

/** PagerDuty's REST API, with a token. */
export interface PagerDutySource {
  /** `secret:NAME` */
  readonly token: string;
  /** E-mail of the account in whose name alerts are acknowledged. */
  readonly from?: string;
  /** Ids of services; all when empty. */
  readonly services: readonly string[];
  /** `https://api.pagerduty.com` when absent. */
  readonly url?: string;
}

/** Servers that a team asks. */
export interface DataSources {
  readonly prometheus: readonly DataSource[];
  readonly alertmanager: readonly DataSource[];
  readonly pagerduty?: PagerDutySource;
}

/** Who tells how a dependency is. */
export interface StatusPage {
  readonly name: string;
  /** Of the page, or of its feed. */
  readonly url: string;
  /** Found out from the answer when absent. */
  readonly kind?: StatusPageKind;
}

export const statusPageKinds = ['statuspage', 'betterstack', 'feed'] as const;
export type StatusPageKind = (typeof statusPageKinds)[number];

/** Where alerts and status pages are, beside what services have of their own. */
export interface SignalsConfiguration {
  readonly dataSources: DataSources;
  readonly statusPages: readonly StatusPage[];
}

/** Nothing is configured. */
export const noSignals: SignalsConfiguration = { dataSources: { prometheus: [], alertmanager: [] }, statusPages: [] };
