import type { IsoTime } from '../../incident/isoTime.ts';
import type { Policy } from '../../incident/policy.ts';
import type { Alert, AlertSourceKind } from '../../signals/alerts/alert.ts';
import type { AlertLevel } from '../../signals/alerts/alertLevel.ts';
import type { AlertSource } from '../../signals/alerts/readsAlerts.ts';

/** A source of alerts, and the workspace folder whose mayday.yaml names it. */
export interface PlacedSource {
  readonly source: AlertSource;
  readonly folder: string;
  /** That folder's, with what it makes of labels. */
  readonly policy: Pick<Policy, 'alerts'>;
}

/** An alert as it is listed. */
export interface ListedAlert extends Alert {
  readonly folder: string;
  readonly level: AlertLevel;
  /** Its source for people, with its address: also how the record names it. */
  readonly toldBy: string;
  /** Its words as lines for people, credentials taken out: made once, in turns, because there may be a thousand. */
  readonly words: { readonly name: string; readonly summary: string; readonly description: string };
}

/** What became of asking a source. */
export interface SourceSight {
  readonly kind: AlertSourceKind;
  readonly name: string;
  /** `Alertmanager prod (http://127.0.0.1:9093/)` */
  readonly shown: string;
  readonly told:
    /** It was not asked before in this window, and has not answered yet. */
    | { readonly kind: 'asking' }
    | {
        readonly kind: 'answered';
        readonly at: IsoTime;
        /** What fires there by its fingerprint, also what another source told better. */
        readonly alerts: ReadonlyMap<string, ListedAlert>;
        /** So many more fire than are listed. */
        readonly left: number;
      }
    | {
        readonly kind: 'failed';
        readonly reason: string;
        /** Nobody confirmed its address in this workspace. */
        readonly unconfirmed: boolean;
        /** It is not asked again before. */
        readonly againAt?: IsoTime;
        /** When it answered last, and how many alerts it told: they may still fire. */
        readonly last?: { readonly at: IsoTime; readonly count: number };
      };
}

/** What all sources told at one look. */
export interface AlertSight {
  /** When the look began. */
  readonly at: IsoTime;
  /** Each once; see `unitedAlerts`. */
  readonly alerts: readonly ListedAlert[];
  /** In the order of mayday.yaml; none when nothing is configured. */
  readonly sources: readonly SourceSight[];
}
