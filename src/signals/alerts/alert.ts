import type { IsoTime } from '../../incident/isoTime.ts';

/** The kinds of servers that tell of alerts. When two tell of the same, the earlier of this list wins. */
export const alertSourceKinds = ['alertmanager', 'pagerduty', 'prometheus'] as const;
export type AlertSourceKind = (typeof alertSourceKinds)[number];

/** How an alert stands, the one that asks for somebody first. */
export const alertStatuses = ['active', 'acknowledged', 'pending', 'silenced', 'inhibited'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

/** What to do about an alert: a page, or a file of the repository. */
export type Runbook =
  | { readonly kind: 'link'; readonly url: string }
  /** As the alert says it, with slashes: `docs/runbooks/checkout.md`. Whether it is there has to be looked up. */
  | { readonly kind: 'file'; readonly path: string };

/**
 * Something that a server says is wrong. All texts are strangers' and stand here as they were told, credentials included: a
 * silence needs the exact labels. `redactedLine` them before they are shown. Links are http or https addresses.
 */
export interface Alert {
  /** Unique among all alerts, and the same at every look: `alertmanager/prod/1f2e3d4c5b6a7988`. */
  readonly id: string;
  readonly kind: AlertSourceKind;
  /** The source's name as mayday.yaml has it. */
  readonly source: string;
  /** What the source calls it: the same as long as it fires. */
  readonly fingerprint: string;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** How bad the source itself says it is, where that is no label: `P1`, `high`. */
  readonly urgency?: string;
  /** Since when it fires; undefined when the source does not say. */
  readonly since: IsoTime | undefined;
  readonly status: AlertStatus;
  readonly runbook?: Runbook;
  /** Where the source itself shows it. */
  readonly link?: string;
  readonly dashboard?: string;
}

/** What a source told. */
export interface AlertAnswer {
  readonly alerts: readonly Alert[];
  /** Alerts that were told and are not listed, because there are so many. */
  readonly left: number;
}

/** The most alerts of one source that are listed. */
export const mostAlerts = 1000;
