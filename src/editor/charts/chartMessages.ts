import type { ChartMarkKind } from '../../documents/chartMark.ts';
import type { ChartLine, ChartUnit } from '../../signals/metrics/chart.ts';
import type { PanelWords } from './panelWords.ts';

/** A chart as the panel draws it. All texts are lines without credentials. */
export interface PanelChart {
  readonly check: string;
  /** Its id in the record. */
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly source: string;
  readonly lines: readonly ChartLine[];
  /** How many lines are not drawn because there are too many. */
  readonly leftOut: number;
  /** Whether the post-mortem shows it. */
  readonly exported: boolean;
}

/** The charts of a check, or why there are none. */
export interface PanelSection {
  readonly check: string;
  readonly name: string;
  readonly reason?: string;
  readonly charts: readonly PanelChart[];
}

export interface PanelMark {
  readonly atSeconds: number;
  readonly kind: ChartMarkKind;
  readonly label: string;
}

export interface PanelDashboard {
  readonly service: string;
  readonly name: string;
}

/** What the panel shows: the whole of it, whenever something of it changed. */
export interface PanelContent {
  readonly kind: 'charts';
  readonly title: string;
  readonly sections: readonly PanelSection[];
  readonly marks: readonly PanelMark[];
  readonly dashboards: readonly PanelDashboard[];
  /** False in Restricted Mode: nothing is exported, opened or run. */
  readonly canAct: boolean;
  /** The check to bring into view, once. */
  readonly reveal?: string;
  readonly words: PanelWords;
}

/** What a person does in the panel. */
export type PanelRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'investigate' }
  | { readonly kind: 'exportChart'; readonly check: string; readonly chart: string }
  | { readonly kind: 'openDashboard'; readonly service: string; readonly name: string };

/** What the panel asks for; undefined for anything else: a page is never trusted. */
export function parsePanelRequest(value: unknown): PanelRequest | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, check, chart, service, name } = value;
  if (kind === 'ready' || kind === 'investigate') return { kind };
  if (kind === 'exportChart' && isText(check) && isText(chart)) return { kind, check, chart };
  if (kind === 'openDashboard' && isText(service) && isText(name)) return { kind, service, name };
  return undefined;
}

/** What the panel is to show; undefined for a message that is not the extension's. */
export function parsePanelContent(value: unknown): PanelContent | undefined {
  if (!isRecord(value) || value['kind'] !== 'charts' || !isText(value['title'])) return undefined;
  const { sections, marks, dashboards, words } = value;
  const isWhole =
    isListOf(sections, isSection) &&
    isListOf(marks, isMark) &&
    isListOf(dashboards, (one) => isText(one['service']) && isText(one['name'])) &&
    isRecord(words) &&
    Object.values(words).every((word) => typeof word === 'string');
  return isWhole ? (value as unknown as PanelContent) : undefined;
}

function isSection({ check, name, charts }: Readonly<Record<string, unknown>>): boolean {
  return isText(check) && isText(name) && isListOf(charts, isChart);
}

function isChart({ check, id, title, unit, source, lines }: Readonly<Record<string, unknown>>): boolean {
  const texts = [check, id, title, unit, source].every((text) => typeof text === 'string');
  return texts && isListOf(lines, ({ name, points }) => typeof name === 'string' && Array.isArray(points));
}

function isMark({ atSeconds, kind, label }: Readonly<Record<string, unknown>>): boolean {
  return typeof atSeconds === 'number' && typeof kind === 'string' && typeof label === 'string';
}

function isListOf(value: unknown, fits: (element: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((element) => isRecord(element) && fits(element));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2000;
}
