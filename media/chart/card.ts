import { chartExtent, drawablePoints } from '../../src/documents/chartGeometry.ts';
import { lineDashes } from '../../src/documents/chartGeometry.ts';
import type { ChartTable } from '../../src/documents/chartTable.ts';
import { chartTable, nearestIndex } from '../../src/documents/chartTable.ts';
import { chartTimeText } from '../../src/documents/chartTime.ts';
import { formatChartValue, unitNames } from '../../src/documents/chartValue.ts';
import type { PanelChart, PanelMark } from '../../src/editor/charts/chartMessages.ts';
import type { PanelWords } from '../../src/editor/charts/panelWords.ts';
import { filled } from '../../src/editor/charts/panelWords.ts';
import { button, element } from './element.ts';
import type { Plot } from './plot.ts';
import { createPlot, lineColour } from './plot.ts';
import { tableOf } from './table.ts';
import type { Theme } from './theme.ts';

/** What of a card a person chose, kept when the panel is hidden. */
export interface CardState {
  readonly atSeconds?: number;
  readonly table: boolean;
}

/** What a card is of. */
export interface CardContent {
  readonly chart: PanelChart;
  readonly marks: readonly PanelMark[];
  readonly words: PanelWords;
  readonly canAct: boolean;
}

export interface CardTools {
  theme(): Theme;
  /** Tells a screen reader. */
  say(text: string): void;
  export(chart: PanelChart): void;
  /** The cursor of this card moved; the others follow. */
  onCursor(atSeconds: number | undefined): void;
  onState(state: CardState): void;
}

/** One chart with its marks, its values at the cursor, and its table. */
export interface Card {
  readonly root: HTMLElement;
  /** Takes other content, which `redraw` shows; cursor, table and focus stay. */
  update(content: CardContent): void;
  /** Puts the cursor where that of another card is. */
  follow(atSeconds: number | undefined): void;
  /** Shows the content and draws the chart, with the width and the theme of now. */
  redraw(): void;
  destroy(): void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};

let lastId = 0;

/** Makes a card; nothing is drawn before it is in the page and `redraw` is called. */
export function createCard(first: CardContent, chosen: CardState, tools: CardTools): Card {
  let content = first;
  let state = chosen;
  let table: ChartTable = chartTable(first.chart.lines);
  let plot: Plot | undefined;
  const id = `card-${String((lastId += 1))}`;

  const heading = element('h3', { id });
  const about = element('p', { class: 'about' });
  const area = element('div', { class: 'plot', tabindex: '0', role: 'application', 'aria-labelledby': id, 'aria-describedby': `${id}-keys` }); // prettier-ignore
  const keys = element('p', { id: `${id}-keys`, class: 'keys' });
  const readout = element('p', { class: 'readout' });
  const legend = element('ul', { class: 'legend' });
  const marks = element('div', { class: 'marks' });
  const data = element('div', { class: 'data', hidden: true, tabindex: '0', role: 'region', 'aria-labelledby': id });
  const source = element('p', { class: 'source' });
  const toggle = button('', {}, () => {
    choose({ ...state, table: !state.table });
    showChosen();
  });
  const exporting = button('', {}, () => {
    tools.export(content.chart);
  });
  const root = element(
    'article',
    { class: 'card', 'aria-labelledby': id },
    element('header', {}, element('div', {}, heading, about), element('div', { class: 'actions' }, toggle, exporting)),
    ...[area, keys, readout, legend, marks, data, source],
  );
  const observer = new ResizeObserver(() => {
    if (!state.table && area.clientWidth > 0) plot?.resize(area.clientWidth);
  });
  observer.observe(area);

  const choose = (next: CardState): void => {
    state = next;
    tools.onState(next);
  };
  const cursorIndex = (): number | undefined => {
    const index = state.atSeconds === undefined ? -1 : nearestIndex(table.times, state.atSeconds);
    return index === -1 ? undefined : index;
  };
  const moveTo = (index: number | undefined, by: 'mouse' | 'keys' | 'mark'): void => {
    const atSeconds = index === undefined ? undefined : table.times[index];
    const { atSeconds: _before, ...rest } = state;
    choose(atSeconds === undefined ? rest : { ...rest, atSeconds });
    if (by !== 'mouse') plot?.point(index);
    showValues();
    if (by !== 'mouse') tools.say(index === undefined ? '' : sentenceAt(index));
    tools.onCursor(atSeconds);
  };

  area.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.atSeconds !== undefined) moveTo(undefined, 'keys');
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || table.times.length === 0) return;
    event.preventDefault();
    const last = table.times.length - 1;
    // The first key shows where the chart ends: that is what is now.
    const from = cursorIndex() ?? (step === 1 || step === -1 ? last - step : last);
    moveTo(Math.min(last, Math.max(0, from + step)), 'keys');
  });

  const marksInside = (): readonly PanelMark[] => {
    const extent = chartExtent(content.chart.lines.map(drawablePoints));
    if (extent === undefined) return [];
    const { fromSeconds, toSeconds } = extent;
    return content.marks.filter(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds <= toSeconds);
  };
  const marksAt = (index: number): readonly PanelMark[] =>
    marksInside().filter(({ atSeconds }) => nearestIndex(table.times, atSeconds) === index);
  const valueAt = (line: number, index: number): string =>
    formatChartValue(table.columns[line]?.[index], content.chart.unit);
  const sentenceAt = (index: number): string =>
    [
      chartTimeText(table.times[index] ?? Number.NaN),
      ...content.chart.lines.map(({ name }, line) => `${name}: ${valueAt(line, index)}`),
      ...marksAt(index).map(({ label }) => label),
    ].join('. ');

  const showValues = (): void => {
    const { words } = content;
    const at = cursorIndex();
    const index = at ?? table.times.length - 1;
    const time = chartTimeText(table.times[index] ?? Number.NaN);
    const happened = at === undefined ? [] : marksAt(at).map(({ label }) => label);
    readout.textContent =
      index < 0 ? words.noValues : [filled(at === undefined ? words.last : words.at, time), ...happened].join(' · ');
    [...legend.querySelectorAll('.value')].forEach((value, line) => {
      value.textContent = index < 0 ? '' : valueAt(line, index);
    });
  };
  const showLegend = (): void => {
    const theme = tools.theme();
    legend.replaceChildren(
      ...content.chart.lines.map(
        ({ name }, index) =>
        element('li', {}, swatch(index, lineColour(theme, index)), element('span', { class: 'name' }, name), ' ', element('span', { class: 'value' })), // prettier-ignore
      ),
      ...(content.chart.leftOut === 0
        ? []
        : [element('li', {}, filled(content.words.linesLeftOut, content.chart.leftOut))]),
    );
  };
  const showMarks = (): void => {
    const { words } = content;
    const inside = marksInside();
    const outside = content.marks.length - inside.length;
    const notes = [...(inside.length === 0 ? [words.noMarks] : []), ...(outside === 0 ? [] : [filled(words.marksOutside, outside)])]; // prettier-ignore
    const list = inside.map(
      (mark, index) =>
      element('li', {}, markButton(mark, index + 1, () => { moveTo(nearestIndex(table.times, mark.atSeconds), 'mark'); })), // prettier-ignore
    );
    marks.replaceChildren(
      ...(list.length === 0 ? [] : [element('ol', { 'aria-label': words.marks }, ...list)]),
      ...notes.map((note) => element('p', { class: 'note' }, note)),
    );
  };
  const showChosen = (): void => {
    toggle.textContent = state.table ? content.words.showChart : content.words.showTable;
    toggle.setAttribute('aria-expanded', String(state.table));
    for (const part of [area, keys]) part.hidden = state.table;
    data.hidden = !state.table;
    const { scrollTop } = data;
    data.replaceChildren(...(state.table ? [tableOf(content, table, marksInside())] : []));
    data.scrollTop = scrollTop;
    if (!state.table) draw();
  };
  const draw = (): void => {
    plot?.destroy();
    plot = undefined;
    if (table.times.length === 0 || area.clientWidth === 0) return;
    plot = createPlot(area, {
      ...{ chart: content.chart, table, marks: marksInside(), width: area.clientWidth, theme: tools.theme },
      onPoint: (index) => {
        moveTo(index, 'mouse');
      },
    });
    plot.point(cursorIndex());
  };
  const show = (): void => {
    const { chart, words, canAct } = content;
    heading.textContent = chart.title;
    about.textContent = `${filled(words.unit, unitNames[chart.unit])} · ${words.times}`;
    keys.textContent = words.keys;
    source.textContent = filled(words.source, chart.source);
    exporting.textContent = chart.exported ? words.exportAgain : words.exportChart;
    exporting.hidden = !canAct;
    showLegend();
    showMarks();
    showChosen();
    showValues();
  };

  return {
    root,
    update: (next) => {
      content = next;
      table = chartTable(next.chart.lines);
    },
    follow: (atSeconds) => {
      const { atSeconds: _before, ...rest } = state;
      choose(atSeconds === undefined ? rest : { ...rest, atSeconds });
      plot?.point(cursorIndex());
      showValues();
    },
    redraw: show,
    destroy: () => {
      observer.disconnect();
      plot?.destroy();
    },
  };
}

function markButton(mark: PanelMark, number: number, press: () => void): HTMLButtonElement {
  const time = chartTimeText(Math.floor(mark.atSeconds));
  const made = button('', { class: `mark ${mark.kind}`, title: `${time}: ${mark.label}` }, press);
  made.append(element('span', { class: 'badge' }, String(number)), ` ${time.slice(-12)} ${mark.label}`);
  return made;
}

/** A piece of a line as it is drawn, beside its name. */
function swatch(index: number, colour: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(namespace, 'svg');
  const line = document.createElementNS(namespace, 'line');
  for (const [name, value] of Object.entries({ width: '32', height: '8', 'aria-hidden': 'true' })) picture.setAttribute(name, value); // prettier-ignore
  const dash = (lineDashes[index % lineDashes.length] ?? []).map((length) => length * 1.8).join(' ');
  const drawn = {
    x1: '0',
    y1: '4',
    x2: '32',
    y2: '4',
    stroke: colour,
    'stroke-width': '1.8',
    'stroke-dasharray': dash,
  };
  for (const [name, value] of Object.entries(drawn)) line.setAttribute(name, value);
  picture.append(line);
  return picture;
}
