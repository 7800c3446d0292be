import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownSeries } from '../../../../src/signals/metrics/exposition.ts';
import { parseExposition } from '../../../../src/signals/metrics/exposition.ts';
import { metricTypeOf } from '../../../../src/signals/metrics/metricType.ts';
import type { ScrapedSample } from '../../../../src/signals/metrics/scrape.ts';

const at = '2026-03-04T14:07:09.000Z';
const samplesOf = async (text: string) => (await parseExposition(text, at)).samples;

describe('a line of the text format', () => {
  // Tried in every way it could be parted, one such line would take a second, and a scrape may have eighty.
  it('with as much white space as it may have is passed over at once', async () => {
    const line = `up{a${' '.repeat(60_000)}x} 1\n`;
    const scrape = await parseExposition(line.repeat(40), at);
    expect(scrape.problem).toMatch(/^40 lines could not be read/);
  });

  it.each<[line: string, name: string, labels: Record<string, string>, value: number]>([
    ['up 1', 'up', {}, 1],
    ['  up   1  ', 'up', {}, 1],
    ['up\t1', 'up', {}, 1],
    ['up 1\r', 'up', {}, 1],
    ['up{} 1', 'up', {}, 1],
    ['up {a="b"} 1', 'up', { a: 'b' }, 1],
    ['up{a="b",} 1', 'up', { a: 'b' }, 1],
    ['up{ a = "b" , c = "d" } 1', 'up', { a: 'b', c: 'd' }, 1],
    ['up{a="b"}1', 'up', { a: 'b' }, 1],
    ['up{a="x\\\\y\\"z\\nw"} 1', 'up', { a: 'x\\y"z\nw' }, 1],
    ['up{a="} # , ="} 1', 'up', { a: '} # , =' }, 1],
    ['up{a="ü"} 1', 'up', { a: 'ü' }, 1],
    ['up 1 1700000000000', 'up', {}, 1],
    ['up_total 3 1700000000.5 # {trace_id="a"} 0.5 1700000000', 'up_total', {}, 3],
    ['x_bucket{le="+Inf"} 3 # {trace_id="}"} 0.67', 'x_bucket', { le: '+Inf' }, 3],
    ['a:b:rate5m 0.5', 'a:b:rate5m', {}, 0.5],
    ['x 1.5e-7', 'x', {}, 1.5e-7],
    ['x 1.7e+09', 'x', {}, 1.7e9],
    ['x .5', 'x', {}, 0.5],
    ['x +Inf', 'x', {}, Infinity],
    ['x -Inf', 'x', {}, -Infinity],
    ['x Nan', 'x', {}, NaN],
    ['{"my.name",a="b"} 1', 'my.name', { a: 'b' }, 1],
    ['{"my.name","service.name"="b"} 1', 'my.name', { 'service.name': 'b' }, 1],
    ['http.requests{a="b"} 1', 'http.requests', { a: 'b' }, 1],
  ])('%s', async (line, name, labels, value) => {
    expect(await samplesOf(`# a comment\n${line}\n`)).toEqual([{ name, labels, value }]);
  });

  it.each([
    'up',
    'up x',
    'up{a="b" 1',
    'up{a="b} 1',
    'up{a} 1',
    '{} 1',
    '{a="b"} 1',
    '7up 1',
    'up 0x10',
    '<html>',
    'up{a="b"} ',
  ])('is none, and said to be none: %s', async (line) => {
    const scrape = await parseExposition(`a 1\n${line}\nb 2\n`, at);
    expect(scrape.samples.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(scrape.problem).toMatch(/^1 line could not be read, the first one ".*"\.$/);
  });
});

describe('an exposition', () => {
  it('tells types, in both formats', async () => {
    const scrape = await parseExposition(
      [
        '# HELP http_requests_total Requests.',
        '# TYPE http_requests_total counter',
        '# TYPE sessions counter',
        '# UNIT http_request_duration_seconds seconds',
        '# TYPE http_request_duration_seconds histogram',
        '# TYPE build info',
        '# TYPE odd whatever',
        'sessions_total 1',
        '# EOF',
        'behind 1',
      ].join('\n'),
      at,
    );
    const typeOf = (name: string) => metricTypeOf(scrape, name);
    expect(typeOf('http_requests_total')).toBe('counter');
    expect(typeOf('sessions_total')).toBe('counter');
    expect(typeOf('http_request_duration_seconds_bucket')).toBe('histogram');
    expect([typeOf('build'), typeOf('odd'), typeOf('nobody')]).toEqual(['gauge', 'untyped', 'untyped']);
    expect(scrape.samples).toEqual([{ name: 'sessions_total', labels: {}, value: 1 }]);
    expect(scrape.problem).toBeUndefined();
  });

  it('comes back as it was written, whatever labels hold', async () => {
    const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/);
    const sample: fc.Arbitrary<ScrapedSample> = fc.record({
      name,
      labels: fc.dictionary(name, fc.string({ unit: 'grapheme', maxLength: 30 }), { maxKeys: 5 }),
      value: fc.double(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { maxLength: 20 }), async (samples) => {
        const scrape = await parseExposition(samples.map(written).join('\n'), at);
        expect(scrape.problem).toBeUndefined();
        expect(scrape.samples).toEqual(samples.map((one) => ({ ...one, labels: { ...one.labels }, value: one.value })));
      }),
    );
  });

  it('is read whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await parseExposition(text, at)).at).toBe(at);
      }),
    );
  });

  it.each<[what: string, text: string, samples: number, problem: RegExp]>([
    ['too many samples', 'a 1\n'.repeat(200_100), 200_000, /KB behind the first 200000 samples were left out/],
    [
      'too large',
      `a{b="${'c'.repeat(20_000)}"} 1\n`.repeat(400),
      262,
      /2\.6 MB behind the first 262 samples were left out/,
    ],
    ['too long a line', `a{b="${'c'.repeat(70_000)}"} 1\nb 1\n`, 1, /1 line longer than 64 KB was left out/],
    ['one line that never ends', 'a'.repeat(6_000_000), 0, /5\.7 MB behind the first 0 samples/],
  ])('%s: is read as far as it goes, and that is said', async (_what, text, samples, problem) => {
    const scrape = await parseExposition(text, at);
    expect(scrape.samples).toHaveLength(samples);
    expect(scrape.problem).toMatch(problem);
  });

  it('names the series of an earlier text by the same values', async () => {
    const known: KnownSeries = new Map();
    const [first] = (await parseExposition('a{b="c"} 1\n', at, known)).samples;
    const [second] = (await parseExposition('a{b="c"} 2\n', at, known)).samples;
    expect(second?.labels).toBe(first?.labels);
  });
});

function written({ name, labels, value }: ScrapedSample): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  const number = Number.isFinite(value)
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : value > 0
      ? '+Inf'
      : value < 0
        ? '-Inf'
        : 'NaN';
  return `${name}{${inside.join(',')}} ${number}`;
}
