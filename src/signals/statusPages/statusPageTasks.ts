import type { StatusPage } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { webAddressOf, shownAddress } from '../../safety/webAddress.ts';
import type { ObservationTask } from '../observeAll.ts';
import { unseen } from '../observeAll.ts';
import type { Observation } from '../observation.ts';
import { observation } from '../observation.ts';
import { judgeStatusPage } from './judgeStatusPage.ts';
import type { StatusPageReading } from './readStatusPage.ts';
import { readStatusPage } from './readStatusPage.ts';
import type { FetchesPages } from './statusPageSight.ts';

/** What status pages are read and judged with. */
export interface PageTools {
  readonly pages: FetchesPages;
  readonly clock: () => IsoTime;
  readonly impactStart: IsoTime;
  /** For the whole check. */
  readonly limitMs: number;
}

/** Whose state is looked for on a page. */
export interface PageUse {
  /** `checkout/stripe/status` */
  readonly id: string;
  readonly subject: string;
  readonly page: StatusPage;
  /** The components that matter; all when empty. */
  readonly components: readonly string[];
}

const mostTimeoutMs = 5000;
/** Of the limit of the check: so that it can say what it waited for. */
const mostOfLimit = 0.8;

/** One look at each use of a page; a page that several use is fetched once. */
export function statusPageTasks(uses: readonly PageUse[], tools: PageTools): readonly ObservationTask[] {
  const reads = new Map<string, Promise<StatusPageReading>>();
  const timeoutMs = Math.min(mostTimeoutMs, tools.limitMs * mostOfLimit);
  const read = ({ url, kind }: StatusPage, signal: AbortSignal): Promise<StatusPageReading> => {
    const key = `${kind ?? ''} ${url}`;
    const known = reads.get(key);
    if (known !== undefined) return known;
    const page = kind === undefined ? { url } : { url, kind };
    const reading = readStatusPage(page, tools.pages, tools.clock(), { timeoutMs, signal });
    reads.set(key, reading);
    return reading;
  };
  return uses.map((use) => {
    const label = { id: use.id, subject: use.subject, name: 'status page', source: sourceOf(use.page) };
    return { ...label, observe: async (signal) => seen(use, label, await read(use.page, signal), tools) };
  });
}

function seen(
  { id, subject, page, components }: PageUse,
  label: Pick<ObservationTask, 'id' | 'subject' | 'name' | 'source'>,
  reading: StatusPageReading,
  { clock, impactStart }: PageTools,
): readonly Observation[] {
  const at = clock();
  if (reading.kind === 'unread') return [unseen(label, at, reading.reason)];
  return judgeStatusPage(reading, components, { now: at, impactStart }).map(({ key, ...finding }) =>
    observation({
      ...finding,
      ...{ id: key === '' ? id : `${id}/${key}`, subject, source: label.source, at },
      link: finding.link ?? page.url,
    }),
  );
}

function sourceOf({ url }: StatusPage): string {
  const address = webAddressOf(url);
  return address === undefined ? 'mayday.yaml' : shownAddress(address);
}
