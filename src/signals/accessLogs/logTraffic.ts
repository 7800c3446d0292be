import { minuteMs } from '../../incident/isoTime.ts';
import { type Counter, createCounter } from '../traffic/counts.ts';
import { nowSeconds, type Span, type TrafficWindows } from '../traffic/trafficWindows.ts';
import type { AccessEntry, AccessLine } from './accessEntry.ts';
import { shownClient } from './clientOf.ts';
import { isProbePath, pathGroup } from './pathGroup.ts';

/** What requests have in common, of one time. */
export interface RequestCounts {
  /** By group, without those of monitoring. */
  readonly paths: Counter;
  /** `2xx` to `5xx` */
  readonly statuses: Counter;
  /** Whole addresses: never shown. */
  readonly clients: Counter;
  /** As clients are shown. */
  readonly networks: Counter;
  readonly userAgents: Counter;
}

/** The requests of access logs, counted as they are read. */
export interface LogTraffic {
  /** Minute 0 ends now, minute 1 before it, and so on. */
  readonly perMinute: ReadonlyMap<number, number>;
  readonly now: RequestCounts;
  readonly before: RequestCounts;
  /** Different clients in each slice of the hour before, as long as *now*. */
  readonly clientsPerSlice: () => readonly number[];
  readonly requests: () => number;
  /** Lines that say something else than a request. */
  readonly others: () => number;
  readonly unreadable: () => number;
  /** Of the last request, in milliseconds since 1970; undefined when there was none. */
  readonly newestMs: () => number | undefined;
  /** Requests from after now, as no clock that is right would tell them: how many, and how far the last of them is ahead. */
  readonly ahead: () => { readonly requests: number; readonly mostMs: number };
  add(line: AccessLine): void;
}

const most = { paths: 2000, statuses: 10, clients: 50_000, userAgents: 5000 } as const;
const longestAgent = 160;
/** Logs are read for some seconds after *now*, and requests go on. */
const aheadToleranceMs = minuteMs;
const sliceMs = nowSeconds * 1000;

/** Nothing yet. */
export function createLogTraffic(windows: TrafficWindows): LogTraffic {
  const { nowMs, before: beforeSpan } = windows;
  const nowSpan: Span = { fromMs: nowMs - sliceMs, toMs: nowMs };
  const perMinute = new Map<number, number>();
  const [now, before] = [createCounts(), createCounts()];
  const slices = Array.from({ length: Math.round((beforeSpan.toMs - beforeSpan.fromMs) / sliceMs) }, () => new Set());
  let [requests, others, unreadable] = [0, 0, 0];
  let newestMs: number | undefined;
  let [aheadRequests, aheadMs] = [0, 0];

  const count = (entry: AccessEntry): void => {
    requests += 1;
    if (entry.atMs > nowMs + aheadToleranceMs) {
      aheadRequests += 1;
      aheadMs = Math.max(aheadMs, entry.atMs - nowMs);
    }
    if (entry.atMs > nowMs) return;
    newestMs = Math.max(newestMs ?? 0, entry.atMs);
    const minute = Math.floor((nowMs - entry.atMs) / minuteMs);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    if (isWithin(nowSpan, entry.atMs)) countRequest(now, entry);
    if (!isWithin(beforeSpan, entry.atMs)) return;
    countRequest(before, entry);
    const slice = slices[Math.floor((entry.atMs - beforeSpan.fromMs) / sliceMs)];
    if (entry.client !== undefined && slice !== undefined && slice.size < most.clients) slice.add(entry.client);
  };
  return {
    perMinute,
    now,
    before,
    clientsPerSlice: () => slices.map(({ size }) => size),
    requests: () => requests,
    others: () => others,
    unreadable: () => unreadable,
    newestMs: () => newestMs,
    ahead: () => ({ requests: aheadRequests, mostMs: aheadMs }),
    add: (line) => {
      if (line.kind === 'request') count(line.entry);
      else if (line.kind === 'other') others += 1;
      else unreadable += 1;
    },
  };
}

function createCounts(): RequestCounts {
  return {
    paths: createCounter(most.paths),
    statuses: createCounter(most.statuses),
    clients: createCounter(most.clients),
    networks: createCounter(most.clients),
    userAgents: createCounter(most.userAgents),
  };
}

function countRequest(counts: RequestCounts, { path, status, client, userAgent }: AccessEntry): void {
  const group = path === undefined ? undefined : pathGroup(path);
  if (group !== undefined && !isProbePath(group)) counts.paths.add(group);
  if (status !== undefined) counts.statuses.add(`${String(Math.floor(status / 100))}xx`);
  if (client !== undefined) {
    counts.clients.add(client);
    counts.networks.add(shownClient(client));
  }
  if (userAgent !== undefined) counts.userAgents.add(userAgent.slice(0, longestAgent));
}

/** A moment belongs to the span that it ends, like the samples of Prometheus. */
function isWithin({ fromMs, toMs }: Span, ms: number): boolean {
  return ms > fromMs && ms <= toMs;
}
