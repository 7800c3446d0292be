import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import { recogniseRequests } from '../../../../src/signals/metrics/recogniseRequests.ts';
import { requestFamilies } from '../../../../src/signals/metrics/requestFamilies.ts';
import { requestQueries, requestsByRoute } from '../../../../src/signals/metrics/requestQueries.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../../support/prometheusServers.ts';

const hasServer = await hasPrometheus();
const signal = new AbortController().signal;

/** The names that a family has in each of the three forms of durations. */
function formsOf(duration: string | undefined): readonly (readonly string[])[] {
  if (duration === undefined) return [[]];
  return [[`${duration}_bucket`, `${duration}_count`], [duration, `${duration}_count`], [duration]];
}

describe.skipIf(!hasServer)('the queries of every family', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPrometheus({ jobs: {} });
  }, 60_000);
  afterAll(() => server.stop());

  it.each(requestFamilies.map((family) => [family.counter ?? family.duration ?? '', family] as const))(
    '%s: are understood by a real Prometheus',
    async (_name, { counter, duration }) => {
      const prometheus = createPrometheus(confirmedEndpoints(), { name: 'shop', url: server.url });
      for (const names of formsOf(duration)) {
        const found = recogniseRequests([...names, ...(counter === undefined ? [] : [counter])]);
        if (found === undefined) throw new Error(`not recognised: ${names.join(', ')}`);
        const queries = { ...requestQueries(found, 'job="shop"', '5m'), ...requestsByRoute(found, 'job="shop"', '5m') };
        for (const query of Object.values(queries)) {
          expect((await prometheus.instant(query, { signal })).series).toEqual([]);
        }
      }
    },
  );
});
