import { epochMsOf, hourMs, isoTimeOf, minuteMs, plusMs } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import { webAddressOf } from '../safety/webAddress.ts';

/** What a dashboard is to show. */
export interface TimeRange {
  readonly from: IsoTime;
  readonly to: IsoTime;
}

const beforeMs = hourMs;
const afterMs = 30 * minuteMs;

/**
 * The time of an incident that its dashboards show: from an hour before the impact began (or was detected, as long as nobody
 * knows) until now; of one that is over, until half an hour after its impact ended.
 */
export function dashboardRange({ moments, declared, resolution }: IncidentState, now: IsoTime): TimeRange {
  const start = moments.impactStart ?? moments.detected ?? declared?.at ?? now;
  const end = moments.impactEnd ?? resolution?.at;
  const until = end === undefined ? now : isoTimeOf(Math.min(epochMsOf(now), epochMsOf(plusMs(end, afterMs))));
  const from = plusMs(start, -beforeMs);
  // Clocks differ: a range that ends before it begins would be refused.
  return { from, to: until > from ? until : plusMs(start, afterMs) };
}

/**
 * A dashboard's address with `{from}` and `{to}` (milliseconds since 1970), `{fromIso}`, `{toIso}` and `{service}` filled in,
 * each encoded for an address. Undefined when that is no http or https address.
 */
export function dashboardLink(address: string, { from, to }: TimeRange, service: string): string | undefined {
  const values: Readonly<Record<string, string>> = {
    from: String(epochMsOf(from)),
    to: String(epochMsOf(to)),
    fromIso: from,
    toIso: to,
    service: service.replace(/\p{Cs}/gu, '\ufffd'),
  };
  const filled = address.replace(/\{(from|to|fromIso|toIso|service)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
  return webAddressOf(filled)?.href;
}
