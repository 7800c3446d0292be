import uPlot from 'uplot';
import { badgeRows, chartExtent, drawablePoints, lineDashes } from '../../src/documents/chartGeometry.ts';
import type { ChartTable } from '../../src/documents/chartTable.ts';
import { timeTicks } from '../../src/documents/chartTime.ts';
import { formatChartValue, valueTicks } from '../../src/documents/chartValue.ts';
import type { PanelChart, PanelMark } from '../../src/editor/charts/chartMessages.ts';
import type { Theme } from './theme.ts';

/** A drawn chart. */
export interface Plot {
  /** Puts the cursor on a point, or away. */
  point(index: number | undefined): void;
  resize(width: number): void;
  destroy(): void;
}

export interface PlotOptions {
  readonly chart: PanelChart;
  readonly table: ChartTable;
  /** Those within the chart's time, numbered in their order. */
  readonly marks: readonly PanelMark[];
  readonly width: number;
  theme(): Theme;
  /** The mouse moved to a point, or away. */
  onPoint(index: number | undefined): void;
}

const height = 260;
const badgeSize = 16;

/** Draws a chart into an element. */
export function createPlot(parent: HTMLElement, options: PlotOptions): Plot {
  const { chart, table, marks, theme } = options;
  /** The point that the cursor is on. */
  let shown: number | undefined;
  const place = (plot: uPlot): void => {
    const at = shown === undefined ? undefined : table.times[shown];
    const left = at === undefined ? -10 : plot.valToPos(at, 'x');
    plot.setCursor({ left, top: at === undefined ? -10 : 0 }, false);
  };
  const drawn = new uPlot(
    {
      width: options.width,
      height,
      padding: [marks.length === 0 ? 8 : 3 * badgeSize + 8, 16, 0, 0],
      legend: { show: false },
      // The browser's own zone must not show: every time is UTC.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: {
        x: { time: true, range: (_, from, to) => timesOf(chart, from, to) },
        y: { range: (_, from, to) => rangeOf(from, to) },
      },
      axes: [timeAxis(theme), valueAxis(chart, theme)],
      series: [
        {},
        ...chart.lines.map(({ name }, index) => ({
          label: name,
          width: 1.8,
          stroke: () => lineColour(theme(), index),
          dash: [...(lineDashes[index % lineDashes.length] ?? [])].map((length) => length * 1.8),
          points: { show: false },
          spanGaps: false,
        })),
      ],
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 8 } },
      hooks: {
        draw: [
          (plot) => {
            drawLonePoints(plot, theme());
            drawMarks(plot, marks, theme());
            // Only now it is known where a point is: at first, and with a new width.
            place(plot);
          },
        ],
      },
    },
    [[...table.times], ...table.columns.map((column) => [...column])] as uPlot.AlignedData,
    parent,
  );
  const follow = (index: number | undefined): void => {
    shown = index;
    options.onPoint(index);
  };
  drawn.over.addEventListener('mousemove', ({ offsetX }) => {
    follow(drawn.posToIdx(offsetX));
  });
  drawn.over.addEventListener('mouseleave', () => {
    follow(undefined);
  });
  return {
    point: (index) => {
      shown = index;
      if (drawn.status === 1) place(drawn);
    },
    resize: (width) => {
      drawn.setSize({ width, height });
    },
    destroy: () => {
      drawn.destroy();
    },
  };
}

/** The colour of a line, by its place. */
export function lineColour({ lines, ink }: Theme, index: number): string {
  return lines[index % lines.length] ?? ink;
}

/** As the picture of the chart has them. */
function timesOf({ lines }: PanelChart, from: number, to: number): uPlot.Range.MinMax {
  const extent = chartExtent(lines.map(drawablePoints));
  return extent === undefined ? [from, to] : [extent.fromSeconds, extent.toSeconds];
}

function rangeOf(from: number | null, to: number | null): uPlot.Range.MinMax {
  const ticks = valueTicks(Math.min(0, from ?? 0), Math.max(0, to ?? 0));
  return [ticks[0] ?? 0, ticks.at(-1) ?? 1];
}

function timeAxis(theme: () => Theme): uPlot.Axis {
  return {
    stroke: () => theme().ink,
    font: theme().font,
    grid: { show: false },
    ticks: { stroke: () => theme().ink, width: 1, size: 5 },
    splits: (_, __, from, to) => timeTicks(from, to).map(({ atSeconds }) => atSeconds),
    values: (plot, splits) => {
      const { min = 0, max = 0 } = plot.scales['x'] ?? {};
      const byTime = new Map(timeTicks(min, max).map((tick) => [tick.atSeconds, tick]));
      return splits.map((at) => {
        const { time = '', date } = byTime.get(at) ?? {};
        return date === undefined ? time : time === '' ? date : `${time}\n${date}`;
      });
    },
  };
}

function valueAxis({ unit }: PanelChart, theme: () => Theme): uPlot.Axis {
  return {
    stroke: () => theme().ink,
    font: theme().font,
    size: 80,
    grid: { stroke: () => theme().faint, width: 1 },
    ticks: { show: false },
    splits: (_, __, from, to) => [...valueTicks(from, to)],
    values: (_, splits) => splits.map((value) => formatChartValue(value, unit)),
  };
}

/** A value between two gaps has no line to be on. */
function drawLonePoints(plot: uPlot, theme: Theme): void {
  const { ctx } = plot;
  plot.data.slice(1).forEach((values, line) => {
    ctx.fillStyle = lineColour(theme, line);
    values.forEach((value, index) => {
      if (value == null || values[index - 1] != null || values[index + 1] != null) return;
      if (values[index - 1] === undefined && index > 0) return;
      ctx.beginPath();
      ctx.arc(
        plot.valToPos(plot.data[0][index] ?? 0, 'x', true),
        plot.valToPos(value, 'y', true),
        3 * uPlot.pxRatio,
        0,
        7,
      );
      ctx.fill();
    });
  });
}

function drawMarks(plot: uPlot, marks: readonly PanelMark[], theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const xs = marks.map(({ atSeconds }) => plot.valToPos(atSeconds, 'x', true));
  const rows = badgeRows(xs, (badgeSize + 2) * ratio);
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = `${10 * ratio}px ${theme.font.replace(/^\S+ /, '')}`;
  marks.forEach(({ kind }, index) => {
    // In the middle of a pixel, where a line of one pixel is sharp.
    const x = Math.floor(xs[index] ?? 0) + (Math.round(ratio) % 2) / 2;
    const y = bbox.top - (badgeSize / 2 + 4 + (rows[index] ?? 0) * badgeSize) * ratio;
    ctx.strokeStyle = theme.marks[kind];
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.background;
    ctx.beginPath();
    ctx.arc(x, y, (badgeSize / 2 - 1) * ratio, 0, 7);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = theme.ink;
    ctx.fillText(String(index + 1), x, y + ratio / 2);
  });
  ctx.restore();
}
