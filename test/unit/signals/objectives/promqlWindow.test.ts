import { describe, expect, it } from 'vitest';
import { durationOf, queryOver, windowedQuery } from '../../../../src/signals/objectives/promqlWindow.ts';

describe('an expression for windows of any length', () => {
  it.each([
    ['its own place', 'sum(rate(a{code="500"}[$window]))', 'sum(rate(a{code="500"}[$window]))'],
    ["Sloth's place", 'sum(rate(a[{{.window}}]))', 'sum(rate(a[$window]))'],
    ["Sloth's place with spaces", 'sum(rate(a[{{ .window }}]))', 'sum(rate(a[$window]))'],
    ['a name', 'http_requests_total', 'sum(rate(http_requests_total[$window]))'],
    ['a selector', ' a{code=~"5..", x!=\'[1h]\'} ', 'sum(rate(a{code=~"5..", x!=\'[1h]\'}[$window]))'],
    ['matchers alone', '{__name__="a"}', 'sum(rate({__name__="a"}[$window]))'],
    ['no matchers', 'a{}', 'sum(rate(a{}[$window]))'],
    ['a brace in a value', 'a{x="}[5m]"}', 'sum(rate(a{x="}[5m]"}[$window]))'],
    ['a sum', 'sum(a{b="c"})', 'sum(rate(a{b="c"}[$window]))'],
    ['a sum by labels', 'sum by (job, code) (a)', 'sum(rate(a[$window]))'],
    ['a sum with labels behind', 'sum(a) by (job)', 'sum(rate(a[$window]))'],
    ['a range', 'sum(rate(a[5m]))', 'sum(rate(a[$window]))'],
    [
      'ranges, and brackets in strings and comments',
      'sum(rate(a{x="[5m]"}[5m])) - sum(increase(b[1h])) # [1d]',
      'sum(rate(a{x="[5m]"}[$window])) - sum(increase(b[$window])) # [1d]',
    ],
  ])('%s', (_, query, expected) => {
    expect(windowedQuery(query)).toEqual({ kind: 'query', query: expected });
  });

  it('what is no counter is summed over time', () => {
    expect(windowedQuery('sum(a)', { isCounter: false })).toEqual({
      kind: 'query',
      query: 'sum(sum_over_time(a[$window]))',
    });
  });

  it.each([
    ['sum(a) / sum(b)', 'has no range'],
    ['job:requests:rate5m * 2', 'has no range'],
    ['max_over_time(rate(a[5m])[1h:1m])', 'has a subquery'],
    ['a'.repeat(4001), 'is longer than 4000 characters'],
  ])('%s is not guessed at', (query, problem) => {
    expect(windowedQuery(query)).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining(problem) as string,
    });
  });

  it('is ready in no time, whatever it is', () => {
    for (const hostile of ['{'.repeat(4000), 'a{b="'.repeat(800), `sum(a{${'b="c",'.repeat(600)}`, '['.repeat(4000)]) {
      expect(windowedQuery(hostile).kind).toBe('problem');
    }
  });
});

it.each([
  [5, '5m'],
  [60, '1h'],
  [90, '90m'],
  [4320, '3d'],
  [30 * 1440, '30d'],
  [0.2, '1m'],
])('%d minutes are %s', (minutes, text) => {
  expect(durationOf(minutes)).toBe(text);
  expect(queryOver('rate(a[$window]) + rate(b[$window])', minutes)).toBe(`rate(a[${text}]) + rate(b[${text}])`);
});
