import type { IsoTime } from '../../incident/isoTime.ts';
import type { Severity } from '../../incident/severity.ts';
import type { AlertSight, ListedAlert } from '../../respond/alerts/alertSight.ts';
import { shownLabels } from '../../respond/alerts/alertRecord.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** What fires, for scripts: plain values, credentials taken out. */
export interface AlertBriefs {
  readonly at: IsoTime;
  readonly alerts: readonly (Pick<ListedAlert, 'id' | 'status' | 'since' | 'labels' | 'toldBy' | 'name' | 'summary'> & {
    readonly severity: Severity | undefined;
  })[];
  readonly sources: readonly { readonly source: string; readonly answered: boolean; readonly reason?: string }[];
}

/** What a look saw, in brief. */
export function alertBriefs({ at, alerts, sources }: AlertSight): AlertBriefs {
  return {
    at,
    alerts: alerts.map(({ id, name, summary, level, status, since, labels, toldBy }) => ({
      ...{ id, status, since, labels: shownLabels(labels), toldBy: redactedLine(toldBy) },
      ...{ name: redactedLine(name), summary: redactedLine(summary, 500), severity: level.severity },
    })),
    sources: sources.map(({ shown, told }) => ({
      source: redactedLine(shown),
      answered: told.kind === 'answered',
      ...(told.kind === 'failed' ? { reason: redactedLine(told.reason, 500) } : {}),
    })),
  };
}
