import './language.ts';
import type { PanelContent, PanelRequest, PanelSection } from '../../src/editor/charts/chartMessages.ts';
import { parsePanelContent } from '../../src/editor/charts/chartMessages.ts';
import { filled } from '../../src/editor/charts/panelWords.ts';
import type { Card, CardContent, CardState } from './card.ts';
import { createCard } from './card.ts';
import { button, element } from './element.ts';
import { onThemeChange, readTheme } from './theme.ts';
import 'uplot/dist/uPlot.min.css';
import './chart.css';

declare function acquireVsCodeApi(): {
  postMessage(message: PanelRequest): void;
  getState(): unknown;
  setState(state: Readonly<Record<string, CardState>>): void;
};

const host = acquireVsCodeApi();
const main = element('main', { id: 'charts' });
document.querySelector('#charts')?.replaceWith(main);
const said = document.querySelector('#said');
const cards = new Map<string, Card>();
let states: Record<string, CardState> = savedStates();
let theme = readTheme();

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const content = parsePanelContent(event.data);
  if (content !== undefined) show(content);
});
onThemeChange(() => {
  theme = readTheme();
  for (const card of cards.values()) card.redraw();
});
host.postMessage({ kind: 'ready' });

function show(content: PanelContent): void {
  document.title = content.title;
  const shown = new Set<string>();
  const focus = rememberFocus();
  main.replaceChildren(headerOf(content), ...content.sections.map((section) => sectionOf(section, content, shown)));
  for (const [key, card] of cards) {
    if (shown.has(key)) continue;
    card.destroy();
    cards.delete(key);
  }
  // Now they have a width.
  for (const card of cards.values()) card.redraw();
  focus();
  if (content.reveal !== undefined) document.getElementById(`check-${content.reveal}`)?.scrollIntoView();
}

/** Remembers which control of which card has the focus; what it gives puts it there again after all was shown anew. */
function rememberFocus(): () => void {
  const controls = 'button, [tabindex]';
  const focused = document.activeElement;
  const owner = focused?.closest('.card, header.page');
  const index = focused === null || owner == null ? -1 : [...owner.querySelectorAll(controls)].indexOf(focused);
  return () => {
    const now = owner?.isConnected === true ? owner : main.querySelector('header.page');
    const control = index === -1 ? undefined : now?.querySelectorAll(controls)[index];
    if (control instanceof HTMLElement && control !== document.activeElement) control.focus({ preventScroll: true });
  };
}

function headerOf({ title, dashboards, words, canAct }: PanelContent): HTMLElement {
  const links = dashboards.map(({ service, name }) =>
    button(filled(words.openDashboard, `${service}: ${name}`), {}, () => {
      host.postMessage({ kind: 'openDashboard', service, name });
    }),
  );
  return element('header', { class: 'page' }, element('h1', {}, title), ...(canAct ? links : []));
}

function sectionOf(section: PanelSection, content: PanelContent, shown: Set<string>): HTMLElement {
  const { check, name, reason, charts } = section;
  const investigate = button(content.words.investigate, {}, () => {
    host.postMessage({ kind: 'investigate' });
  });
  return element(
    'section',
    { 'aria-labelledby': `check-${check}` },
    element('h2', { id: `check-${check}` }, name),
    ...(reason === undefined ? [] : [element('p', { class: 'reason' }, reason)]),
    ...(reason === undefined || !content.canAct ? [] : [investigate]),
    ...charts.map((chart) => cardOf(`${check} ${chart.id}`, { ...content, chart }, shown).root),
  );
}

function cardOf(key: string, { chart, marks, words, canAct }: CardContent, shown: Set<string>): Card {
  const content = { chart, marks, words, canAct };
  shown.add(key);
  const known = cards.get(key);
  if (known !== undefined) {
    known.update(content);
    return known;
  }
  const card = createCard(content, states[key] ?? { table: false }, {
    theme: () => theme,
    say: (text) => {
      if (said !== null) said.textContent = text;
    },
    export: ({ check, id }) => {
      host.postMessage({ kind: 'exportChart', check, chart: id });
    },
    onCursor: (atSeconds) => {
      for (const [other, follower] of cards) if (other !== key) follower.follow(atSeconds);
    },
    onState: (state) => {
      states = { ...states, [key]: state };
      saveSoon();
    },
  });
  cards.set(key, card);
  return card;
}

let saving: number | undefined;

/** A mouse moves often, and every saving is a message. */
function saveSoon(): void {
  saving ??= window.setTimeout(() => {
    saving = undefined;
    host.setState(states);
  }, 200);
}

function savedStates(): Record<string, CardState> {
  const saved = host.getState();
  if (typeof saved !== 'object' || saved === null) return {};
  const known = Object.entries(saved as Record<string, unknown>).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    const { atSeconds, table } = value as Record<string, unknown>;
    return [[key, { table: table === true, ...(typeof atSeconds === 'number' ? { atSeconds } : {}) }] as const];
  });
  return Object.fromEntries(known);
}
