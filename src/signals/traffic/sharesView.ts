import { shownClient } from '../accessLogs/clientOf.ts';
import { type Counts, countsBy } from './counts.ts';
import { judgeClients, judgePaths, judgeStatuses, judgeUserAgents } from './judgeShares.ts';
import type { Seen } from './seen.ts';
import type { TrafficAspect } from './trafficView.ts';

type ShareAspect = Exclude<TrafficAspect, 'rate'>;

/** What requests had in common in one time; an aspect that the source does not tell is absent. */
export type SharesOfTime = Readonly<Partial<Record<ShareAspect, Counts>>>;

export interface SharesWish {
  readonly before: SharesOfTime;
  readonly now: SharesOfTime;
  /** `in the hour before` */
  readonly label: string;
  /** Why there is nothing of before, without a full stop; absent where there may be. */
  readonly missing?: string | undefined;
  /** Clients by their networks, where the source counts them; else they are counted here. */
  readonly networks?: { readonly before: Counts; readonly now: Counts };
  /** Different clients in slices of time before. */
  readonly clientsPerSlice?: readonly number[];
}

/** The shares of all aspects that are told of now, against before; *unknown* where nothing is known of before. */
export function sharesView({
  before,
  now,
  label,
  missing,
  networks,
  clientsPerSlice = [],
}: SharesWish): Partial<Record<ShareAspect, Seen>> {
  const judged = <T extends object>(
    aspect: ShareAspect,
    judge: (sight: { before: Counts; now: Counts; label: string } & T) => Seen,
    more: T,
  ) => {
    const [earlier, later] = [before[aspect], now[aspect]];
    // A source that tells an aspect at one time only began to tell it, or stopped.
    if ((earlier?.total ?? 0) + (later?.total ?? 0) === 0) return {};
    if (missing !== undefined) return { [aspect]: nothingBefore(missing) };
    return { [aspect]: judge({ before: earlier ?? none, now: later ?? none, label, ...more }) };
  };
  return {
    ...judged('paths', judgePaths, {}),
    ...judged('statuses', judgeStatuses, {}),
    ...judged('clients', judgeClients, { perSlice: clientsPerSlice, networks: networks ?? networksOf(before, now) }),
    ...judged('userAgents', judgeUserAgents, {}),
  };
}

function networksOf(before: SharesOfTime, now: SharesOfTime): { readonly before: Counts; readonly now: Counts } {
  const of = ({ clients }: SharesOfTime) => countsBy(clients ?? none, shownClient);
  return { before: of(before), now: of(now) };
}

const none: Counts = { total: 0, counts: new Map() };

function nothingBefore(missing: string): Seen {
  return { verdict: 'unknown', text: `cannot be compared: ${missing}`, details: [] };
}
