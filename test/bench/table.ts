import type { Measured } from './figure.ts';
import { formatNumber } from './figure.ts';

const heads = ['', 'value', 'middle half', 'reference', 'middle half', 'ratio', 'goal', 'met'];

/** The figures as a table for a terminal; numbers are medians. */
export function tableOf(figures: readonly Measured[]): string {
  const rows = [heads, ...figures.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function isNumber(column: number): boolean {
  return column > 0 && column < 6;
}

function cellsOf(figure: Measured): string[] {
  const { name, value, unit, reference, ratio, goal, met, spread, referenceSpread } = figure;
  return [
    name,
    `${formatNumber(value)} ${unit}`,
    spread,
    reference === null ? '' : `${formatNumber(reference)} ${unit}`,
    referenceSpread,
    ratio === null ? '' : `${ratio.toFixed(2)}×`,
    goal ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}
