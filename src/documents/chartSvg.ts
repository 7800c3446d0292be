import { epochMsOf } from '../incident/isoTime.ts';
import { escapeXml } from '../safety/escapeXml.ts';
import { redactedLine } from '../safety/redactedLine.ts';
import type { Chart } from '../signals/metrics/chart.ts';
import type { ChartExtent } from './chartGeometry.ts';
import {
  badgeRows,
  chartExtent,
  drawablePoints,
  drawnLines,
  lineDashes,
  lineFigures,
  segmentsOf,
  thinnedPoints,
} from './chartGeometry.ts';
import type { ChartMark } from './chartMark.ts';
import { chartTimeText, timeTicks } from './chartTime.ts';
import { formatChartValue, unitNames } from './chartValue.ts';

const width = 800;
const plot = { left: 84, top: 118, width: 680, height: 250 } as const;
const rowHeight = 18;
const mostMarks = 30;

const ink = '#1f2328';
const faint = '#d0d7de';
const markInk = '#57606a';
/** Told apart by people who see colours differently, and dark enough on white. */
const colours = ['#0b5cad', '#b3400f', '#00705a', '#8a3ffc', '#9c2a6b', '#6b5800'];

/**
 * A chart with marks as an SVG of its own: it needs no style, font or script, has a white background of its own, and tells its
 * numbers in `<desc>`. Names are escaped, credentials taken out. Its size is bounded whatever the chart has: at most 12
 * lines of two points per pixel, and 30 marks; what is left out is said.
 */
export function chartSvg(chart: Chart, marks: readonly ChartMark[] = []): string {
  const { lines, leftOut } = drawnLines(chart);
  const points = lines.map(drawablePoints);
  const extent = chartExtent(points);
  const placed = extent === undefined ? [] : placeMarks(marks, extent);
  const notes = notesOf(leftOut, placed.length, marks.length);
  const legend = lines.map(({ name }, index) => legendRow(name, points[index] ?? [], chart, index));
  const markRows = placed.slice(0, mostMarks).map(({ mark, number }) => markRow(mark, number));
  const rows = [...legend, ...markRows, ...notes.map((note) => ({ symbol: '', text: note }))];
  const top = plot.top + plot.height + 66;
  const height = top + rows.length * rowHeight + 30;
  const title = redactedLine(chart.title) || 'Chart without a title';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="12" fill="${ink}">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(descriptionOf(chart, points, extent, rows.slice(legend.length)), 20_000)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    textAt(20, 28, title, 'font-size="16" font-weight="600"'),
    textAt(20, 46, `${unitNames[chart.unit]}; times in UTC`, `fill="${markInk}"`),
    ...(extent === undefined ? [emptyPlot()] : drawnPlot(chart, points, extent, placed.slice(0, mostMarks))),
    ...rows.map(({ symbol, text }, index) => {
      const y = top + index * rowHeight;
      return `<g transform="translate(${plot.left} ${y})">${symbol}${textAt(40, 0, text)}</g>`;
    }),
    textAt(
      20,
      height - 12,
      `Source: ${redactedLine(chart.source, 140) || 'unknown'}`,
      `font-size="10" fill="${markInk}"`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

interface PlacedMark {
  readonly mark: ChartMark;
  readonly number: number;
  readonly x: number;
  /** Which of the rows above the plot its number stands in, so that numbers do not cover one another. */
  readonly row: number;
}

function placeMarks(marks: readonly ChartMark[], extent: ChartExtent): readonly PlacedMark[] {
  const inside = marks.filter(({ at }) => {
    const atSeconds = epochMsOf(at) / 1000;
    return atSeconds >= extent.fromSeconds && atSeconds <= extent.toSeconds;
  });
  const xs = inside.map(({ at }) => xOf(epochMsOf(at) / 1000, extent));
  const rows = badgeRows(xs, 18);
  return inside.map((mark, index) => ({ mark, number: index + 1, x: xs[index] ?? 0, row: rows[index] ?? 0 }));
}

function notesOf(leftOut: number, placed: number, marks: number): readonly string[] {
  const outside = marks - placed;
  return [
    ...(leftOut === 0 ? [] : [`${leftOut} more ${leftOut === 1 ? 'line is' : 'lines are'} not drawn.`]),
    ...(placed <= mostMarks ? [] : [`${placed - mostMarks} more marks are not drawn.`]),
    ...(outside === 0
      ? []
      : [`${outside} ${outside === 1 ? 'mark lies' : 'marks lie'} outside the time of this chart.`]),
  ];
}

function drawnPlot(
  chart: Chart,
  points: readonly ReturnType<typeof drawablePoints>[],
  extent: ChartExtent,
  marks: readonly PlacedMark[],
): readonly string[] {
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  return [
    ...extent.ticks.flatMap((tick) => {
      const y = yOf(tick, extent);
      return [
        `<line x1="${plot.left}" y1="${y}" x2="${right}" y2="${y}" stroke="${faint}"/>`,
        textAt(plot.left - 8, y + 4, formatChartValue(tick, chart.unit), 'text-anchor="end"'),
      ];
    }),
    ...timeTicks(extent.fromSeconds, extent.toSeconds).flatMap(({ atSeconds, time, date }) => {
      const x = xOf(atSeconds, extent);
      return [
        `<line x1="${x}" y1="${bottom}" x2="${x}" y2="${bottom + 5}" stroke="${ink}"/>`,
        textAt(x, bottom + 19, time === '' ? (date ?? '') : time, 'text-anchor="middle"'),
        ...(date === undefined || time === '' ? [] : [textAt(x, bottom + 34, date, 'text-anchor="middle"')]),
      ];
    }),
    `<line x1="${plot.left}" y1="${bottom}" x2="${right}" y2="${bottom}" stroke="${ink}"/>`,
    ...marks.map(
      ({ x, row }) =>
        `<line x1="${x}" y1="${plot.top - 10 - row * 18}" x2="${x}" y2="${bottom}" stroke="${markInk}" stroke-dasharray="3 3"/>`,
    ),
    ...points.map((line, index) => lineOf(line, extent, index)),
    ...marks.map(({ x, row, number }) => badge(x, plot.top - 10 - row * 18, number)),
  ];
}

function lineOf(points: ReturnType<typeof drawablePoints>, extent: ChartExtent, index: number): string {
  const colour = colours[index % colours.length] ?? ink;
  const segments = segmentsOf(thinnedPoints(points, plot.width));
  const path = segments
    .filter((segment) => segment.length > 1)
    .map((segment) => `M${segment.map(([at, value]) => `${xOf(at, extent)} ${yOf(value, extent)}`).join('L')}`)
    .join('');
  const dots = segments
    .flatMap((segment) => (segment.length === 1 ? segment : []))
    .map(([at, value]) => `<circle cx="${xOf(at, extent)}" cy="${yOf(value, extent)}" r="2.5" fill="${colour}"/>`);
  const drawn = path === '' ? '' : `<path d="${path}" ${strokeOf(index)}/>`;
  return `<g fill="none">${drawn}${dots.join('')}</g>`;
}

function strokeOf(index: number): string {
  const dashes = lineDashes[index % lineDashes.length] ?? [];
  const dash = dashes.length === 0 ? '' : ` stroke-dasharray="${dashes.join(' ')}"`;
  return `stroke="${colours[index % colours.length] ?? ink}" stroke-width="1.8" stroke-linejoin="round"${dash}`;
}

function legendRow(
  name: string,
  points: ReturnType<typeof drawablePoints>,
  { unit }: Chart,
  index: number,
): { readonly symbol: string; readonly text: string } {
  const figures = lineFigures(points);
  const said =
    figures === undefined
      ? 'no value'
      : `lowest ${formatChartValue(figures.lowest, unit)}, highest ${formatChartValue(figures.highest, unit)}, last ${formatChartValue(figures.last, unit)}`;
  const symbol = `<line x1="0" y1="-4" x2="32" y2="-4" ${strokeOf(index)}/>`;
  return { symbol, text: `${redactedLine(name, 70) || 'a line without a name'}: ${said}` };
}

function markRow(mark: ChartMark, number: number): { readonly symbol: string; readonly text: string } {
  const time = chartTimeText(Math.floor(epochMsOf(mark.at) / 1000));
  return { symbol: badge(16, -4, number), text: `${time}  ${redactedLine(mark.label, 80)}` };
}

function badge(x: number, y: number, number: number): string {
  return `<circle cx="${x}" cy="${y}" r="8" fill="#ffffff" stroke="${markInk}"/>${textAt(x, y + 4, String(number), 'text-anchor="middle" font-size="10"')}`;
}

function emptyPlot(): string {
  return textAt(
    plot.left,
    plot.top + plot.height / 2,
    'No values: none of the lines has one in this time.',
    `fill="${markInk}"`,
  );
}

function descriptionOf(
  chart: Chart,
  points: readonly ReturnType<typeof drawablePoints>[],
  extent: ChartExtent | undefined,
  others: readonly { readonly text: string }[],
): string {
  const time =
    extent === undefined
      ? 'No values.'
      : `From ${chartTimeText(extent.fromSeconds)} to ${chartTimeText(extent.toSeconds)}.`;
  const lines = drawnLines(chart).lines.map(
    ({ name }, index) => legendRow(name, points[index] ?? [], chart, index).text,
  );
  return [
    time,
    ...lines.map((line) => `${line}.`),
    ...others.map(({ text }) => (text.endsWith('.') ? text : `${text}.`)),
  ].join(' ');
}

function textAt(x: number, y: number, text: string, attributes = ''): string {
  return `<text x="${x}" y="${y}"${attributes === '' ? '' : ` ${attributes}`}>${escapeXml(text)}</text>`;
}

function xOf(atSeconds: number, { fromSeconds, toSeconds }: ChartExtent): number {
  return tenth(plot.left + ((atSeconds - fromSeconds) / (toSeconds - fromSeconds)) * plot.width);
}

function yOf(value: number, { ticks }: ChartExtent): number {
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  // Halves: the difference of two great doubles is infinite.
  return tenth(plot.top + plot.height - ((value / 2 - low / 2) / (high / 2 - low / 2)) * plot.height);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
