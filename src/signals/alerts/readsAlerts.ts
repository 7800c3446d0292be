import type { AlertAnswer, Alert, AlertSourceKind } from './alert.ts';
import type { Silence } from './silence.ts';

/** Reads what fires from one server. Throws IncidentError: HttpError, `needsConfirmation`, `notFound`, `refused`, `cancelled`. */
export interface ReadsAlerts {
  readonly kind: AlertSourceKind;
  /** As mayday.yaml calls it; unique among the sources of its kind. */
  readonly name: string;
  /** For people: `Alertmanager prod (http://127.0.0.1:9093)`. */
  readonly shown: string;
  read(signal: AbortSignal): Promise<AlertAnswer>;
}

/** What a server lets somebody do about an alert. Both throw what `read` throws. */
export interface ActsOnAlerts {
  /** Where the source can. */
  readonly acknowledge?: {
    /** The request in full: `PUT https://api.pagerduty.com/incidents/PT4KHLK`, and in whose name. */
    target(alert: Alert): string;
    run(alert: Alert, signal: AbortSignal): Promise<void>;
  };
  readonly silence?: {
    /** `POST http://127.0.0.1:9093/api/v2/silences` */
    readonly target: string;
    /** The id of the silence. */
    run(silence: Silence, signal: AbortSignal): Promise<string>;
  };
}

/** A server that tells of alerts, with what it lets do. */
export type AlertSource = ReadsAlerts & ActsOnAlerts;
