import type { Workbench } from './pages/workbench.ts';

/** Drags the edge of the side bar to the right. */
export async function widenSideBar({ page }: Workbench, pixels: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (bar === null) throw new Error('The side bar is not shown.');
  const edge = { x: bar.x + bar.width, y: bar.y + bar.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + pixels, edge.y, { steps: 4 });
  await page.mouse.up();
}
