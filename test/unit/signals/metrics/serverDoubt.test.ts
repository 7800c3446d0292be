import { describe, expect, it } from 'vitest';
import { redObservations } from '../../../../src/signals/metrics/redObservations.ts';
import { serverDoubt } from '../../../../src/signals/metrics/serverDoubt.ts';
import { observeObjective } from '../../../../src/signals/objectives/observeObjective.ts';
import { after } from '../../../support/builders/events.ts';
import { trafficObservations } from '../../../../src/investigate/traffic/trafficObservations.ts';

const clock = 'The clock of shop (http://127.0.0.1:9090) is 1 h ahead of this machine’s.';

it.each([
  [[], 'matters', undefined],
  [['PromQL info: metric might not be a counter'], 'matters', undefined],
  [['PromQL info: x', 'a store is away.'], 'harmless', 'the server warns: a store is away'],
  [[clock], 'matters', `the server warns: ${clock.slice(0, -1)}`],
  [[clock], 'harmless', undefined],
] as const)('%j, where the clock %s', (warnings, how, doubt) => {
  expect(serverDoubt(warnings, { clock: how })).toBe(doubt);
});

describe('what a server warned of is never ok', () => {
  const warning = 'a store is away';
  const doubt = `the server warns: ${warning}`;
  const source = 'shop (http://127.0.0.1:9090)';

  it('requests', () => {
    const now = { over: 'in the last 5 min', requests: 1000, perSecond: 4, failed: 0, errorRatio: 0 };
    const sight = { service: 'checkout', now, windowSeconds: 300, source, at: after(0) };
    const errors = (told: object) => redObservations({ ...sight, ...told }).find(({ name }) => name === 'error rate');
    expect(errors({})).toMatchObject({ verdict: 'ok' });
    expect(errors({ doubt })).toMatchObject({
      verdict: 'unknown',
      text: expect.stringMatching(/^is 0 %.*, but the server warns: a store is away$/) as string,
    });
    const failing = { ...now, failed: 500, errorRatio: 0.5 };
    expect(errors({ doubt, now: failing })).toMatchObject({ verdict: 'bad' });
  });

  it('traffic', () => {
    const rate = { verdict: 'ok', text: 'are at 4/s', details: [] } as const;
    const view = { source, seen: { rate }, notes: [], problems: [], doubt };
    expect(trafficObservations('checkout', view, after(0))).toMatchObject([
      { verdict: 'unknown', text: 'are at 4/s, but the server warns: a store is away' },
    ]);
  });

  it('objectives', async () => {
    const queries = { count: 'bad', query: 'bad[$window]', total: 'total[$window]' } as const;
    const parts = { total: 1000, counted: 0, data: 100_000 };
    const series = Object.entries(parts).map(([part, value]) => ({ labels: { part }, points: [[0, value] as const] }));
    const objective = { name: 'availability', target: 0.999, windowDays: 30, queries, notes: [] };
    const seenWith = (warnings: readonly string[]) =>
      observeObjective(
        {
          ...{ objective, id: 'x', subject: 'checkout', now: () => after(0) },
          metrics: {
            shown: source,
            instant: () => Promise.resolve({ series, warnings }),
          },
        },
        new AbortController().signal,
      );
    expect((await seenWith([clock])).verdict).toBe('ok');
    expect(await seenWith([warning])).toMatchObject({
      verdict: 'unknown',
      text: expect.stringMatching(/, but the server warns: a store is away$/) as string,
    });
  });
});
