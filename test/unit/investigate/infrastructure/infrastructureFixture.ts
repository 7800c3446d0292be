import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { createInfrastructureCheck } from '../../../../src/investigate/infrastructure/infrastructureCheck.ts';
import type { InfrastructureTools } from '../../../../src/investigate/infrastructure/infrastructureTools.ts';
import type {
  SignalContext,
  SignalResult,
  SignalTargets,
  TargetService,
} from '../../../../src/investigate/signalCheck.ts';
import type { MachineReading } from '../../../../src/signals/infrastructure/readsMachine.ts';
import { judgeObservations, observationSentence } from '../../../../src/signals/judgeObservations.ts';
import type { ReadsMetrics, Series } from '../../../../src/signals/metrics/readsMetrics.ts';
import type { Scrape, ScrapesServices } from '../../../../src/signals/metrics/scrape.ts';
import { parseExposition } from '../../../../src/signals/metrics/exposition.ts';
import { justDeclared } from '../../../support/builders/state.ts';

export const never = new AbortController().signal;
export const now = '2026-03-04T14:07:00.000Z';
export const impactStart = '2026-03-04T13:50:00.000Z';

export const wellMachine: MachineReading = {
  ...{ system: 'Linux', cores: 4, load: 0.4 },
  memory: { availableBytes: 8 * 1024 ** 3, totalBytes: 16 * 1024 ** 3 },
  disk: { freeBytes: 50 * 1024 ** 3, totalBytes: 100 * 1024 ** 3 },
};

export function service(name: string, more: Partial<TargetService> = {}): TargetService {
  return { name, paths: [], hosts: [], folder: '/shop', ...more };
}

/** Tools that reach nothing, but for those given. */
export function tools(own: Partial<InfrastructureTools> = {}): InfrastructureTools {
  const nobody = () => Promise.reject(new Error('was not to be asked'));
  return {
    metricsFor: () => ({
      ...{ name: 'Prometheus', shown: 'Prometheus (http://prometheus.example.org)' },
      ...{ instant: nobody, range: nobody, names: nobody, labelValues: nobody },
    }),
    scrapes: { pair: nobody, remembered: () => [] },
    machine: { read: () => Promise.resolve(wellMachine) },
    hosts: { resolve: nobody },
    ...own,
  };
}

export interface Look extends SignalResult {
  readonly verdict: string;
  readonly summary: string;
  /** `bad: checkout database connections 8 of 8 in use`, one each. */
  readonly lines: readonly string[];
}

/** What check 4 comes to. */
export async function look(
  own: Partial<InfrastructureTools>,
  targets: Partial<SignalTargets>,
  more: Partial<SignalContext> = {},
  signal: AbortSignal = never,
): Promise<Look> {
  const all = { services: [], statusPages: [], dataSources: { prometheus: [], alertmanager: [] }, ...targets };
  const context = { state: justDeclared(), now, clock: () => now, targets: all, impactStart, limitMs: 10_000, ...more };
  const result = await createInfrastructureCheck(tools(own)).observe(context, signal);
  const lines = result.observations.map((one) => `${one.verdict}: ${observationSentence(one)}`);
  return { ...result, ...judgeObservations(result.observations, result.nothing), lines };
}

/** Scrapes of services by address: texts in the format of Prometheus, a second apart. */
export function scraping(
  texts: Readonly<Record<string, readonly [string, string]>>,
  older: readonly Scrape[] = [],
): ScrapesServices {
  return {
    pair: async ({ url }) => {
      const [earlier = '', later = ''] = texts[url] ?? [];
      const before = isoTimeOf(Date.parse(now) - 1000);
      return { earlier: await parseExposition(earlier, before), later: await parseExposition(later, now) };
    },
    remembered: () => older,
  };
}

/** A Prometheus that has answers to expressions that contain a text. */
export function storing(
  names: readonly string[],
  answers: Readonly<Record<string, readonly Series[]>>,
  more: Partial<ReadsMetrics> = {},
): ReadsMetrics & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    ...{ name: 'Prometheus', shown: 'Prometheus (http://prometheus.example.org)', asked },
    instant: (query, { at }) => {
      asked.push(query);
      const key = Object.keys(answers).find(
        (text) => query.includes(text.replace(/^before /, '')) && text.startsWith('before ') === (at !== undefined),
      );
      return Promise.resolve({ series: key === undefined ? [] : (answers[key] ?? []), warnings: [] });
    },
    range: () => Promise.reject(new Error('no ranges')),
    names: (selector) =>
      Promise.resolve(
        /job="|service="|app="|service_name=|io_name=|container="|pod=|name=~"\(|compose|job=~/.test(
          selector.replace(/__name__=~"[^"]*",?/, ''),
        )
          ? selector.includes('job="checkout"')
            ? names
            : []
          : names,
      ),
    labelValues: () => Promise.reject(new Error('no values')),
    ...more,
  };
}

export function series(labels: Readonly<Record<string, string>>, value: number): Series {
  return { labels, points: [[Date.parse(now) / 1000, value]] };
}

export const prometheusSource = {
  dataSources: { prometheus: [{ name: 'Prometheus', url: 'http://prometheus.example.org' }], alertmanager: [] },
};
