import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { dayMs, plusMs } from '../../incident/isoTime.ts';
import { saysOver, standingIn } from './feedWords.ts';
import type { FeedEntry } from './readFeed.ts';
import { readFeed } from './readFeed.ts';
import type { PageIncident, StatusPageSight } from './statusPageSight.ts';

/** Few feeds say that something is over: what nobody wrote of for a week is taken to be. */
const tellsForDays = 7;

/** What an RSS or Atom feed of a status page says; undefined for what is no feed. */
export function parseFeed(xml: string, now: IsoTime): StatusPageSight | undefined {
  const entries = readFeed(xml);
  if (entries === undefined) return undefined;
  const newest = entries
    .flatMap((entry) => lastTime(entry) ?? [])
    .filter((time) => time <= now)
    .sort()
    .at(-1);
  return {
    ...{ kind: 'feed', components: [] },
    incidents: entries.flatMap((entry, index) => incidentOf(entry, String(index), now)),
    ...definedFields({ newest }),
  };
}

function incidentOf(entry: FeedEntry, position: string, now: IsoTime): readonly PageIncident[] {
  const { title, text, published, link } = entry;
  const last = lastTime(entry);
  // Maintenance is dated when it begins.
  const isFresh = last !== undefined && last <= now && last >= plusMs(now, -tellsForDays * dayMs);
  const status = standingIn(text);
  if (!isFresh || saysOver(title, text) || status === 'scheduled' || (published !== undefined && published > now))
    return [];
  const state = /\bmaintenance\b/i.test(title) ? ('maintenance' as const) : ('degraded' as const);
  return [
    {
      ...{
        key: entry.id ?? link ?? (title || position),
        title: title || 'an entry without a title',
        state,
        components: [],
      },
      ...definedFields({ status, since: published ?? last, message: text === '' ? undefined : text, link }),
    },
  ];
}

function lastTime({ published, updated }: FeedEntry): IsoTime | undefined {
  return updated ?? published;
}
