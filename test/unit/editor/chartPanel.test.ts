import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartTable, nearestIndex } from '../../../src/documents/chartTable.ts';
import { parsePanelContent, parsePanelRequest } from '../../../src/editor/charts/chartMessages.ts';
import { panelPage } from '../../../src/editor/charts/panelPage.ts';
import { filled } from '../../../src/editor/charts/panelWords.ts';
import { errorChart, pointsOf } from '../../support/builders/sampleCharts.ts';
import { sampleChecks, samplePanel } from '../../support/builders/samplePanel.ts';

describe('what the panel asks for', () => {
  it.each([
    [{ kind: 'ready' }, { kind: 'ready' }],
    [{ kind: 'investigate', more: 1 }, { kind: 'investigate' }],
    [
      { kind: 'exportChart', check: 'metrics', chart: 'a', incident: 'x' },
      { kind: 'exportChart', check: 'metrics', chart: 'a' },
    ],
    [
      { kind: 'openDashboard', service: 'a', name: 'b', link: 'command:x' },
      { kind: 'openDashboard', service: 'a', name: 'b' },
    ],
    [{ kind: 'exportChart', check: 'metrics' }, undefined],
    [{ kind: 'openDashboard', service: {}, name: 'b' }, undefined],
    [{ kind: 'openDashboard', service: 'x'.repeat(3000), name: 'b' }, undefined],
    [{ kind: 'runCommand', command: 'x' }, undefined],
    [[], undefined],
    [null, undefined],
    ['ready', undefined],
  ])('%j', (message, request) => {
    expect(parsePanelRequest(message)).toEqual(request);
  });

  it('is never anything else', () => {
    fc.assert(fc.property(fc.anything(), (value) => parsePanelRequest(value) === undefined));
    fc.assert(fc.property(fc.anything(), (value) => parsePanelContent(value) === undefined));
  });
});

describe('what the panel shows', () => {
  it('arrives as it was sent', () => {
    const sent: unknown = JSON.parse(JSON.stringify(samplePanel()));
    expect(parsePanelContent(sent)).toEqual(samplePanel());
  });

  it('says which charts the post-mortem has, and names dashboards without their addresses', () => {
    const { sections, dashboards } = samplePanel();
    expect(sections.flatMap(({ charts }) => charts.map(({ id, exported }) => [id, exported]))).toEqual([
      ['checkout/errors', true],
      ['checkout/latency', false],
    ]);
    expect(dashboards).toEqual([{ service: 'checkout', name: 'RED' }]);
  });

  it('is bounded, and has no credential in it', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const lines = Array.from({ length: 40 }, (_, index) => ({
      name: `${token} ${String(index)}`,
      points: pointsOf(0, 5000, (minute) => minute % 7),
    }));
    const [metrics] = sampleChecks();
    const charts = Array.from({ length: 60 }, () => ({ ...errorChart(), title: token, source: token, lines }));
    const { sections } = samplePanel([{ ...metrics!, name: token, charts, reason: token }]);
    expect(JSON.stringify(sections)).not.toContain(token);
    expect(sections[0]?.charts).toHaveLength(40);
    const [chart] = sections[0]!.charts;
    expect([chart?.lines.length, chart?.leftOut]).toEqual([12, 28]);
    expect(chart?.lines[0]?.points.length).toBeLessThanOrEqual(2000);
  });
});

describe('the page of the panel', () => {
  it('allows one script and style sheets of its own source, and has nothing inline', () => {
    const page = panelPage({
      ...{
        source: 'https://x.vscode-cdn.net',
        nonce: 'n0nce',
        script: 'https://x/chartPanel.js',
        style: 'https://x/a.css',
      },
      ...{ language: 'de"><script>', title: 'Charts <b>', loading: 'Reading "charts"…' },
    });
    expect(page).toContain(
      `content="default-src 'none'; style-src https://x.vscode-cdn.net; script-src 'nonce-n0nce'"`,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/\son\w+=|style=|<b>|unsafe/);
  });

  it('fills words', () => {
    expect(filled('{1} of {0}, {0}', 'a', 2)).toBe('2 of a, a');
    expect(filled('{0}', '{1}', 'b')).toBe('{1}');
  });
});

describe('lines over one list of times', () => {
  it('have a hole where another line has a point, and null where they have a gap', () => {
    const points = [
      [2, 1],
      [1, Number.NaN],
      [4, null],
      [Number.NaN, 5],
    ] as const;
    expect(chartTable([{ points }, { points: [[3, 7], [3, 8]] }])).toEqual({ times: [1, 2, 3, 4], columns: [[null, 1, undefined, null], [undefined, undefined, 8, undefined]] }); // prettier-ignore
    expect(chartTable([])).toEqual({ times: [], columns: [] });
  });

  it.each([
    [[], 5, -1],
    [[1], 5, 0],
    [[1, 3, 7], 2, 0],
    [[1, 3, 7], 5.1, 2],
    [[1, 3, 7], 99, 2],
    [[1, 3, 7], -1, 0],
    [[1, 3], Number.NaN, -1],
  ])('%j has %s nearest at %s', (times, at, index) => {
    expect(nearestIndex(times, at)).toBe(index);
  });
});
