import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartMarks } from '../../../src/documents/chartMarks.ts';
import { chartSvg } from '../../../src/documents/chartSvg.ts';
import type { Chart } from '../../../src/signals/metrics/chart.ts';
import { redact } from '../../../src/safety/redact.ts';
import { after } from '../../support/builders/events.ts';
import { errorChart, latencyChart, pointsOf } from '../../support/builders/sampleCharts.ts';
import { wholeIncident } from '../../support/builders/state.ts';
import { expectGolden } from '../../support/golden.ts';

const chartOf = (points: Chart['lines'][number]['points'], more: Partial<Chart> = {}): Chart => ({
  ...{ id: 'a/b', title: 'Requests', unit: 'perSecond', source: 'Prometheus' },
  lines: [{ name: 'all', points }],
  ...more,
});

/** Throws for what is no well-formed XML of elements, attributes and text: enough for what a picture is made of. */
function elementsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z][a-zA-Z0-9:-]*="[^"<]*")*)(\/?)>/g,
    (_, close: string, name: string, _attributes: string, empty: string) => {
      if (close === '/') expect(open.pop()).toBe(name);
      else {
        seen.push(name);
        if (empty === '') open.push(name);
      }
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  expect(rest).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|[\ufffe\uffff]/u);
  return seen;
}

const numbersOf = (svg: string): readonly string[] => [...svg.matchAll(/ d="([^"]*)"/g)].map(([, path]) => path!);

describe('a chart as a picture', () => {
  it('of errors with the marks of an incident', async () => {
    const configuration = [{ at: after(-20), label: '3f2a1b9c Lower the pool size to 2' }];
    const svg = chartSvg(errorChart(), chartMarks(wholeIncident(), configuration));
    elementsOf(svg);
    await expectGolden('chart-errors.svg', svg);
  });

  it('of latency without marks', async () => {
    await expectGolden('chart-latency.svg', chartSvg(latencyChart()));
  });

  it('without values', async () => {
    const svg = chartSvg(chartOf(pointsOf(0, 3, () => null)));
    elementsOf(svg);
    await expectGolden('chart-empty.svg', svg);
  });

  it('says its numbers to those who do not see it', () => {
    const description = /<desc id="desc">([^<]*)/.exec(chartSvg(errorChart(), chartMarks(wholeIncident())))?.[1];
    expect(description).toContain('From 2026-11-23 05:00:00 UTC to 2026-11-23 06:40:00 UTC.');
    expect(description).toContain('errors: lowest 0.2 %, highest 39 %, last 0.2 %.');
    expect(description).toContain('2026-11-23 05:49:00 UTC Impact start.');
  });

  it('has nothing in it that the record would take out as a credential', () => {
    const svg = chartSvg(errorChart(), chartMarks(wholeIncident()));
    expect(redact(svg)).toBe(svg);
  });

  it('leaves a gap where values are missing, and draws a value that stands alone as a dot', () => {
    const values = [1, 2, null, 3, null, Number.NaN, Infinity, 4, 5];
    const svg = chartSvg(chartOf(pointsOf(0, 8, (minute) => values[minute] ?? null)));
    expect(numbersOf(svg)).toHaveLength(1);
    expect(numbersOf(svg)[0]?.match(/M/g)).toHaveLength(2);
    expect(svg.match(/<circle [^>]*r="2.5"/g)).toHaveLength(1);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it.each<[string, Chart]>([
    ['no lines', chartOf([], { lines: [] })],
    ['a line without points', chartOf([])],
    ['one point', chartOf(pointsOf(0, 0, () => 5))],
    ['all values zero', chartOf(pointsOf(0, 9, () => 0))],
    ['all values equal', chartOf(pointsOf(0, 9, () => 7))],
    ['negative values', chartOf(pointsOf(0, 9, (minute) => minute - 20))],
    [
      'the smallest and greatest of doubles',
      chartOf(pointsOf(0, 3, (minute) => [5e-324, 1.7e308, -1.7e308, 0][minute]!)),
    ],
    ['times out of order', chartOf(pointsOf(0, 9, (minute) => minute).toReversed())],
    ['the same time twice', chartOf([...pointsOf(0, 1, () => 1), ...pointsOf(1, 2, () => 2)])],
    [
      'times that are none',
      chartOf([
        [Number.NaN, 1],
        [Infinity, 2],
        [1e18, 3],
        [0, 4],
      ]),
    ],
  ])('of %s is well-formed and has numbers only', (_, chart) => {
    const svg = chartSvg(chart, chartMarks(wholeIncident()));
    expect(elementsOf(svg)).toContain('title');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('keeps a peak among 2,000 points, in bounded space', () => {
    const minutes = pointsOf(0, 1999, (minute) => (minute === 1234 ? 100 : 1));
    const svg = chartSvg(chartOf(minutes));
    const heights = [...(numbersOf(svg)[0] ?? '').matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength([...new Set(heights)].length === 2 ? heights.length : -1);
    expect(Math.min(...heights)).toBe(118);
    expect(heights.length).toBeLessThanOrEqual(1400);
    const huge = Array.from({ length: 40 }, (__, index) => ({ name: `line ${String(index)}`, points: pointsOf(0, 4000, (minute) => Math.sin(minute * (index + 1))) })); // prettier-ignore
    const all = chartSvg(chartOf([], { lines: huge }), chartMarks(wholeIncident()));
    expect(all.length).toBeLessThan(300_000);
    expect(all).toContain('28 more lines are not drawn.');
  });

  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '</text><script>alert(1)</script>',
      '" onload="alert(1)',
      "' x='",
      '&lt;&amp;&#0;',
      ']]><!-- -->',
      '\u202e\u0000\ud800\ufffe',
      'x'.repeat(100_000),
      '',
    ),
  );
  it('shows names of strangers and does nothing else with them', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (title, source, name, label) => {
        const chart = { ...chartOf(pointsOf(0, 2, () => 1)), title, source };
        const svg = chartSvg({ ...chart, lines: [{ ...chart.lines[0]!, name }] }, [
          { at: after(1), kind: 'deploy', label },
        ]);
        const known = ['svg', 'title', 'desc', 'rect', 'text', 'line', 'g', 'path', 'circle'];
        expect(elementsOf(svg).filter((element) => !known.includes(element))).toEqual([]);
        expect(svg.replace(/>[^<]*</g, '><')).not.toMatch(/\son\w+=|href|style=/);
        expect(svg.length).toBeLessThan(20_000);
      }),
    );
  });

  it('has no credential in it', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const svg = chartSvg(
      chartOf(
        pointsOf(0, 2, () => 1),
        { title: `key ${token}`, source: `https://x/?t=${token}` },
      ),
    );
    expect(svg).not.toContain(token);
  });
});
