import type { StatusPage, StatusPageKind } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { FailedProbe, ProbeLimits } from '../probes/probeSight.ts';

/** How a component is, the best first; `unknown` is a word that no format names. */
export type PageState = 'operational' | 'maintenance' | 'degraded' | 'partialOutage' | 'majorOutage' | 'unknown';

/** One component of a status page. Strangers' text. */
export interface PageComponent {
  /** The page's own id, else the name. */
  readonly key: string;
  readonly name: string;
  readonly group?: string;
  readonly state: PageState;
  /** As the page calls the state. */
  readonly word: string;
  /** Since when it has been in this state. */
  readonly since?: IsoTime;
}

/** An incident, or maintenance that is under way; what is over or yet to come is left out. Strangers' text. */
export interface PageIncident {
  readonly key: string;
  readonly title: string;
  /** What it means for what it is about. */
  readonly state: PageState;
  /** As the page calls where it stands: `investigating`. */
  readonly status?: string;
  /** Keys and names of the components it is about; empty when it does not say. */
  readonly components: readonly string[];
  readonly since?: IsoTime;
  /** The latest message, and for a feed all that the entry says. */
  readonly message?: string;
  readonly link?: string;
}

/** What a status page says now. */
export interface StatusPageSight {
  readonly kind: StatusPageKind;
  /** Of the whole page; absent when it does not say. */
  readonly overall?: PageState;
  /** Empty for a feed, which has none. */
  readonly components: readonly PageComponent[];
  readonly incidents: readonly PageIncident[];
  /** When the newest entry of a feed was written. */
  readonly newest?: IsoTime;
}

/** An answer as it came, whatever its status. */
export type PageAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | FailedProbe;

/** Fetches what is behind a status page's address. Throws IncidentError: `needsConfirmation`, `untrusted`, `cancelled`. */
export interface FetchesPages {
  /** @param path behind the page's address, beginning with a slash; the address itself when empty. */
  fetch(page: Pick<StatusPage, 'url'>, path: string, limits: ProbeLimits): Promise<PageAnswer>;
}
