import { shownClient } from '../accessLogs/clientOf.ts';
import { median } from '../statistics/quantile.ts';
import { timesText } from './judgeRate.ts';
import { type Counts, otherValue, topOf } from './counts.ts';
import { percentText, type Seen } from './seen.ts';
import { changeOf, type Shift, shiftsOf } from './shifts.ts';

/** What requests have in common, in two times. */
export interface SharesSight {
  readonly before: Counts;
  readonly now: Counts;
  /** `in the hour before` */
  readonly label: string;
}

/** Fewer requests in either time say nothing about shares. */
export const fewestRequests = 100;
/** So much of all requests must have changed, and so many times. */
const limits = {
  paths: { change: 0.2, times: 2 },
  clientErrors: { change: 0.1, times: 2 },
  userAgents: { change: 0.2, times: 3 },
  oneClient: { share: 0.3, times: 5 },
  newClients: { times: 3, more: 50, newShare: 0.7 },
} as const;
const mostTold = 3;
const mostDetails = 12;

/** Which paths are asked for: another mix is suspicious. */
export function judgePaths(sight: SharesSight): Seen {
  return judge(sight, ({ change, times }) => isShift(change, times, limits.paths), 'are asked for as before');
}

/** Which software asks: another mix is suspicious. */
export function judgeUserAgents(sight: SharesSight): Seen {
  return judge(sight, ({ change, times }) => isShift(change, times, limits.userAgents), 'are as before', quoted);
}

/**
 * Which classes of status are answered. More of 4xx is suspicious: somebody asks for other things, or without being allowed. More
 * of 5xx is told, and is no unusual traffic: it is what the service makes of it, and checks 6 and 7 judge that.
 */
export function judgeStatuses(sight: SharesSight): Seen {
  const seen = judge(
    sight,
    ({ value, change, times, now, before }) =>
      value === '4xx' && now > before && isShift(change, times, limits.clientErrors),
    'are asked for as before',
  );
  const failed = shiftsOf(sight.before, sight.now).find(({ value }) => value === '5xx');
  if (seen.verdict !== 'ok') return seen;
  if (failed === undefined || failed.now < failed.before || changeOf(failed) < limits.clientErrors.change) {
    return { ...seen, text: `are as before: ${topText(sight.now)}` };
  }
  const text = `have more 5xx, ${shareText(failed, sight.label)}: what the service makes of its traffic, not other traffic`;
  return { ...seen, text };
}

/** Who asks. */
export interface ClientsSight extends SharesSight {
  /** The same by networks, as clients are shown. */
  readonly networks: { readonly before: Counts; readonly now: Counts };
  /** Different clients in each slice of time as long as *now*, before. */
  readonly perSlice: readonly number[];
}

/**
 * Who asks: one client (or one network) that makes much of all requests and did not before, or many new ones at once, is
 * suspicious: an attack, a scraper, a loop. Clients are only shown by their networks.
 */
export function judgeClients(sight: ClientsSight): Seen {
  const few = tooFew(sight);
  if (few !== undefined) return { verdict: 'notApplicable', text: few, details: [] };
  const ofNetworks = shiftsOf(sight.networks.before, sight.networks.now);
  const details = ofNetworks.slice(0, mostDetails).map((one) => detailOf(one, sight.label));
  const one = oneOf(shiftsOf(sight.before, sight.now));
  const network = oneOf(ofNetworks);
  const crowd = newClients(sight);
  const texts = [
    ...(one === undefined ? [] : [`one of ${shownClient(one.value)} makes ${shareText(one, sight.label)}`]),
    ...(one === undefined && network !== undefined
      ? [`those of ${network.value} make ${shareText(network, sight.label)}`]
      : []),
    ...(crowd === undefined ? [] : [crowd]),
  ];
  if (texts.length > 0) return { verdict: 'suspicious', text: `are unusual: ${texts.join('; ')}`, details };
  return {
    verdict: 'ok',
    text: `are as before: ${sight.now.counts.size} different, ${topText(sight.networks.now)}`,
    details,
  };
}

function oneOf(shifts: readonly Shift[]): Shift | undefined {
  const { share, times } = limits.oneClient;
  return shifts.find((one) => one.value !== otherValue && one.now > share && one.times >= times);
}

function newClients({ before, now, perSlice, label }: ClientsSight): string | undefined {
  const { times, more, newShare } = limits.newClients;
  const [count, usual] = [now.counts.size, median(perSlice)];
  if (Number.isNaN(usual) || count < times * usual || count < usual + more) return undefined;
  const fresh = [...now.counts.keys()].filter((client) => !before.counts.has(client)).length;
  if (fresh < newShare * count) return undefined;
  const than = usual === 0 ? `none ${label}` : `${timesText(count / usual)} as many as ${label} (${usual.toFixed(0)})`;
  return `${count} different ones at once, ${than}, ${fresh} of them new`;
}

type Judged = Shift & { readonly change: number };

function judge(
  sight: SharesSight,
  isUnusual: (shift: Judged) => boolean,
  fine: string,
  shown: (value: string) => string = (value) => value,
): Seen {
  const few = tooFew(sight);
  if (few !== undefined) return { verdict: 'notApplicable', text: few, details: [] };
  const shifts = shiftsOf(sight.before, sight.now).map((one) => ({ ...one, change: changeOf(one) }));
  const details = shifts.slice(0, mostDetails).map((one) => detailOf({ ...one, value: shown(one.value) }, sight.label));
  const unusual = shifts.filter(isUnusual);
  if (unusual.length === 0) return { verdict: 'ok', text: `${fine}: ${topText(sight.now, shown)}`, details };
  const told = unusual.slice(0, mostTold).map((one) => `${shown(one.value)} ${shareText(one, sight.label)}`);
  return { verdict: 'suspicious', text: `have shifted: ${told.join('; ')}`, details };
}

function isShift(change: number, times: number, limit: { readonly change: number; readonly times: number }): boolean {
  return change >= limit.change && (times >= limit.times || times <= 1 / limit.times);
}

function tooFew({ before, now, label }: SharesSight): string | undefined {
  if (before.total >= fewestRequests && now.total >= fewestRequests) return undefined;
  const counts = `${before.total.toFixed(0)} requests ${label}, ${now.total.toFixed(0)} now`;
  return `cannot be compared with fewer than ${fewestRequests} requests: ${counts}`;
}

function shareText({ now, before }: Shift, label: string): string {
  return `${percentText(now)} of requests (${percentText(before)} ${label})`;
}

function detailOf({ value, requests, ...shift }: Shift, label: string): string {
  return `${value}: ${percentText(shift.now)} now (${requests.toFixed(0)} requests), ${percentText(shift.before)} ${label}`;
}

function topText(counts: Counts, shown: (value: string) => string = (value) => value): string {
  const { total } = counts;
  return topOf(counts, mostTold)
    .map(([value, count]) => `${shown(value)} ${percentText(count / total)}`)
    .join(', ');
}

function quoted(userAgent: string): string {
  return `"${userAgent.length > 60 ? `${userAgent.slice(0, 59)}…` : userAgent}"`;
}
