import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';

/** The part of an element's interface that code inside the page uses here. */
export interface PageElement {
  readonly textContent: string | null;
  readonly className: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** A list or tree of VS Code keeps only the rows in sight in the page; `index` counts all of them. */
export interface Indexed {
  readonly index: number;
}

/** Reads the rows of a list that are in sight; none when the list is not there. */
export function readRowsInSight<T extends Indexed>(
  list: Locator,
  read: (rows: readonly PageElement[]) => T[],
): Promise<T[]> {
  return list.locator('.monaco-list-rows > .monaco-list-row').evaluateAll(read);
}

/** Reads all rows of a list from top to bottom, scrolling as far as needed. `read` runs in the page, on its own. */
export async function readAllRows<T extends Indexed>(
  list: Locator,
  read: (rows: readonly PageElement[]) => T[],
): Promise<T[]> {
  const rows = new Map<number, T>();
  const { rowsHeight, height } = await geometryOf(list);
  // A list that is just being laid out, or is about to go, shows nothing; and no step of its height leads anywhere.
  if (height === 0) return [];
  const step = height / 2;
  for (let top = 0; top === 0 || top < rowsHeight - height + step; top += step) {
    await scrollTo(list, top);
    for (const row of await readRowsInSight(list, read)) rows.set(row.index, row);
  }
  await scrollTo(list, 0);
  return [...rows.values()].sort((one, other) => one.index - other.index);
}

/** The row with an index, scrolled into sight. */
export async function rowAt(list: Locator, index: number): Promise<Locator> {
  const row = list.locator(`.monaco-list-rows > .monaco-list-row[data-index="${index}"]`);
  if (await isWhollyInside(row, list)) return row;
  const { rowsHeight, height } = await geometryOf(list);
  const step = Math.max(1, height / 2);
  for (let top = 0; top < rowsHeight; top += step) {
    await scrollTo(list, top);
    if (await isWhollyInside(row, list)) return row;
  }
  throw new Error(`There is no row ${index}.`);
}

async function isWhollyInside(row: Locator, list: Locator): Promise<boolean> {
  if ((await row.count()) === 0) return false;
  const [inner, outer] = [await row.boundingBox(), await list.boundingBox()];
  if (!inner || !outer) return false;
  return inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}

interface Geometry {
  /** How far the rows are scrolled, in pixels. */
  readonly top: number;
  /** Of all rows. */
  readonly rowsHeight: number;
  /** Of what is in sight. */
  readonly height: number;
}

async function geometryOf(list: Locator): Promise<Geometry> {
  const style = (await list.locator('.monaco-list-rows').first().getAttribute('style')) ?? '';
  const pixels = (property: string): number =>
    Number(new RegExp(`\\b${property}: (-?[\\d.]+)px`).exec(style)?.[1] ?? 0);
  return { top: -pixels('top'), rowsHeight: pixels('height'), height: (await list.boundingBox())?.height ?? 0 };
}

/** Scrolls until the list shows what is `wanted` pixels from its top, or its end. */
async function scrollTo(list: Locator, wanted: number): Promise<void> {
  const { top, rowsHeight, height } = await geometryOf(list);
  const reachable = Math.max(0, Math.min(wanted, rowsHeight - height));
  if (Math.abs(reachable - top) < 1) return;
  // A real wheel moves a list by 50 pixels for each event, which is a `wheelDeltaY` of 120.
  const wheelDeltaY = ((top - reachable) / 50) * 120;
  await list
    .locator('.monaco-scrollable-element')
    .first()
    .dispatchEvent('wheel', { wheelDeltaY, deltaY: -wheelDeltaY });
  await eventually('the list to scroll', async () => ((await geometryOf(list)).top === top ? undefined : true));
}
