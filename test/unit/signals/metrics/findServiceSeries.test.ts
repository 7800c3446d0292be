import { describe, expect, it } from 'vitest';
import { findServiceSeries } from '../../../../src/signals/metrics/findServiceSeries.ts';

const signal = new AbortController().signal;
const serverOf = (series: Readonly<Record<string, readonly string[]>>) => ({
  names: (selector: string) => Promise.resolve(series[selector] ?? []),
});

describe('the series of a service', () => {
  it.each<[what: string, series: Record<string, readonly string[]>, selector: string | undefined]>([
    ['none', {}, undefined],
    [
      'the label that has requests',
      { '{service="shop"}': ['up'], '{job="shop"}': ['http_requests_total'] },
      'job="shop"',
    ],
    [
      'the first label with both',
      { '{service="shop"}': ['http_requests_total'], '{job="shop"}': ['http_requests_total'] },
      'service="shop"',
    ],
    ['no requests: the first label with any', { '{app="shop"}': ['up'], '{job="shop"}': ['up'] }, 'job="shop"'],
    ['a job with its namespace', { '{job=~".+/shop"}': ['http_requests_total'] }, 'job=~".+/shop"'],
  ])('%s', async (_what, series, selector) => {
    expect((await findServiceSeries(serverOf(series), { name: 'shop' }, signal))?.selector).toBe(selector);
  });

  it('of a selector alone, when there is one', async () => {
    const server = serverOf({ '{job="shop"}': ['http_requests_total'], '{job="web",env="prod"}': ['up'] });
    const service = { name: 'shop', metrics: { selector: 'job="web",env="prod"' } };
    expect(await findServiceSeries(server, service, signal)).toEqual({
      selector: 'job="web",env="prod"',
      names: ['up'],
    });
  });

  it('a name is text in them', async () => {
    const asked: string[] = [];
    const names = (selector: string) => Promise.resolve(asked.push(selector)).then(() => []);
    await findServiceSeries({ names }, { name: 'a"} or {b.c' }, signal);
    expect(asked[0]).toBe('{service="a\\"} or {b.c"}');
    expect(asked.at(-1)).toBe('{job=~".+/a\\"\\\\} or \\\\{b\\\\.c"}');
  });
});
