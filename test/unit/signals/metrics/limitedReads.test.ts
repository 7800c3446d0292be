import { expect, it } from 'vitest';
import { limitedReads } from '../../../../src/signals/metrics/limitedReads.ts';
import type { Answer, ReadsMetrics } from '../../../../src/signals/metrics/readsMetrics.ts';

const never = new AbortController().signal;

function slowServer() {
  const open: { query: string; end: () => void; fail: () => void }[] = [];
  const instant = (query: string) =>
    new Promise<Answer>((resolve, reject) => {
      const fail = () => {
        reject(new Error(query));
      };
      open.push({
        query,
        end: () => {
          resolve({ series: [], warnings: [query] });
        },
        fail,
      });
    });
  const reads = { name: 'shop', shown: 'shop', instant } as unknown as ReadsMetrics;
  return { open, limited: limitedReads(reads, 2) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('asks two at a time, in their order, and goes on when one fails', async () => {
  const { open, limited } = slowServer();
  const asked = ['a', 'b', 'c', 'd'].map((query) => limited.instant(query, { signal: never }));
  const settled = Promise.allSettled(asked);
  await settle();
  expect(open.map(({ query }) => query)).toEqual(['a', 'b']);
  open[0]?.fail();
  await settle();
  open[1]?.end();
  await settle();
  expect(open.map(({ query }) => query)).toEqual(['a', 'b', 'c', 'd']);
  open[2]?.end();
  open[3]?.end();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

it('asks nothing more once it is cancelled', async () => {
  const { open, limited } = slowServer();
  const controller = new AbortController();
  const settled = Promise.allSettled(['a', 'b', 'c'].map((query) => limited.instant(query, controller)));
  await settle();
  controller.abort();
  open[0]?.end();
  open[1]?.end();
  expect((await settled).at(2)).toMatchObject({ status: 'rejected', reason: { reason: 'cancelled' } });
  expect(open).toHaveLength(2);
});
