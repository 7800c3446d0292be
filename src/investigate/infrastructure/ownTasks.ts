import { definedFields } from '../../incident/definedFields.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import { recognisedResources } from '../../signals/infrastructure/recognisedResources.ts';
import type { Reading, Resource } from '../../signals/infrastructure/resource.ts';
import type { ReadableScrapes } from '../../signals/infrastructure/scrapedReadings.ts';
import { readableScrapes, scrapedReadings } from '../../signals/infrastructure/scrapedReadings.ts';
import { tellReadings } from '../../signals/infrastructure/tellReadings.ts';
import type { Scrape, ScrapePair, ScrapesServices } from '../../signals/metrics/scrape.ts';
import { processBetween } from '../../signals/metrics/scrapeRates.ts';
import type { Observation } from '../../signals/observation.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import { unseen } from '../../signals/observeAll.ts';
import type { SignalContext, TargetService } from '../signalCheck.ts';

type Measured = Pick<TargetService, 'name' | 'metrics'>;

/** What services themselves expose. */
export function ownTasks(
  services: readonly Measured[],
  scrapes: ScrapesServices,
  context: Pick<SignalContext, 'clock' | 'impactStart'>,
): readonly ObservationTask[] {
  return services.flatMap(({ name, metrics }): readonly ObservationTask[] => {
    const endpoint = metrics?.endpoint;
    if (endpoint === undefined) return [];
    const address = webAddressOf(endpoint.url);
    const source = address === undefined ? endpoint.url : shownAddress(address);
    const basis = { id: `${name}/metrics`, subject: name, name: 'metrics', source };
    return [
      {
        ...basis,
        observe: async (signal) => {
          const pair = await scrapes.pair(endpoint, signal).catch((error: unknown) => {
            // Nobody said that it has metrics there.
            if (endpoint.assumed === true && isNotThere(error)) return undefined;
            throw error;
          });
          if (pair === undefined) return [];
          const before = scrapesBefore(scrapes.remembered(endpoint), context.impactStart);
          const seen = tellScrapes(name, source, pair, before, context);
          const problem = pair.later.problem ?? anotherText(pair);
          return problem === undefined ? seen : [...seen, unseen(basis, pair.later.at, problem)];
        },
      },
    ];
  });
}

function anotherText(pair: ScrapePair): string | undefined {
  const isAnother = processBetween(pair) === 'another';
  return isAnother ? 'another instance answered than before: nothing is told of what grows between them' : undefined;
}

/** The last two scrapes before impact, where this window remembers them. */
function scrapesBefore(remembered: readonly Scrape[], impactStart: IsoTime): ReadableScrapes | undefined {
  const [earlier, later] = remembered.filter(({ at }) => at < impactStart).slice(-2);
  if (earlier === undefined) return undefined;
  return readableScrapes({ earlier, later: later ?? earlier });
}

function tellScrapes(
  service: string,
  source: string,
  pair: ScrapePair,
  before: ReadableScrapes | undefined,
  { clock, impactStart }: Pick<SignalContext, 'clock' | 'impactStart'>,
): readonly Observation[] {
  const at = clock();
  const scrapes = readableScrapes(pair);
  // When something started is told by the service's own clock.
  const aheadMs = pair.later.clockAheadMs ?? 0;
  const moment = {
    nowSeconds: (epochMsOf(at) + aheadMs) / 1000,
    impactSeconds: (epochMsOf(impactStart) + aheadMs) / 1000,
  };
  return recognisedResources.flatMap((resource) => {
    const readings = scrapedReadings(resource, scrapes).map((reading) => ({
      ...reading,
      ...moment,
      ...definedFields({ before: valuesBefore(resource, reading, before) }),
    }));
    return tellReadings(resource, readings, { prefix: service, service, source, at });
  });
}

function valuesBefore(
  resource: Resource,
  { labels }: Pick<Reading, 'labels'>,
  before: ReadableScrapes | undefined,
): Reading['before'] | undefined {
  if (before === undefined) return undefined;
  const key = JSON.stringify(labels);
  return scrapedReadings(resource, before).find((reading) => JSON.stringify(reading.labels) === key)?.values;
}

/** True for an answer that says: no metrics here. No answer at all is something else. */
function isNotThere(error: unknown): boolean {
  const failures: readonly unknown[] = [
    'notFound',
    'otherStatus',
    'malformed',
    'unauthorized',
    'forbidden',
    'redirect',
  ];
  return isIncidentError(error, 'outside') && 'failure' in error && failures.includes(error.failure);
}
