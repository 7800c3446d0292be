import type { ChartTable } from '../../src/documents/chartTable.ts';
import { nearestIndex } from '../../src/documents/chartTable.ts';
import { chartTimeText } from '../../src/documents/chartTime.ts';
import { formatChartValue } from '../../src/documents/chartValue.ts';
import type { PanelMark } from '../../src/editor/charts/chartMessages.ts';
import type { CardContent } from './card.ts';
import { element } from './element.ts';

/** The numbers of a chart as a table, a row for each time, with what happened then. */
export function tableOf(
  { chart, words }: CardContent,
  { times, columns }: ChartTable,
  marks: readonly PanelMark[],
): HTMLTableElement {
  const happened = new Map<number, string[]>();
  for (const { atSeconds, label } of marks) {
    const index = nearestIndex(times, atSeconds);
    happened.set(index, [...(happened.get(index) ?? []), label]);
  }
  const head = [words.time, ...chart.lines.map(({ name }) => name), words.whatHappened];
  const rows = times.map((at, index) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, chartTimeText(at)),
      ...columns.map((column) =>
        // Where a line has no point of its own, there is nothing to say.
        element('td', {}, column[index] === undefined ? '' : formatChartValue(column[index], chart.unit)),
      ),
      element('td', {}, (happened.get(index) ?? []).join('; ')),
    ),
  );
  return element(
    'table',
    {},
    element('caption', {}, chart.title),
    element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows),
  );
}
