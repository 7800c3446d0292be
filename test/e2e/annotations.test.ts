import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup } from '../support/cleanup.ts';
import { projectRoot } from '../support/run.mjs';
import { declare } from './declare.ts';
import { openDrill } from './openDrill.ts';
import { openFile } from './openFile.ts';
import { eventually } from './pages/eventually.ts';
import { marksOf, type Marks } from './pages/marks.ts';
import type { Workbench } from './pages/workbench.ts';
import type { WalkedDrill } from './walkStep.ts';

const colours = { changed: '#f0883e', removed: '#ff7b72' };

/** What a person sees in the code of a drill once its incident is declared; the pictures are in out/e2e/annotations. */
describe('what changed, in the code of a drill', () => {
  const cleanup = createCleanup();
  let window: Workbench;
  let drill: WalkedDrill;
  let marks: Marks;

  beforeAll(async () => {
    ({ workbench: window, drill } = await openDrill(cleanup, new AbortController().signal));
    marks = marksOf(window.page);
  });
  afterAll(() => cleanup.run());

  const picture = (name: string): Promise<void> =>
    window.screenshot(join(projectRoot, 'out/e2e/annotations', `${name}.png`));

  it('is not marked while there is no incident', async () => {
    await openFile(window, 'checkout.js');
    await window.editors.waitForText('export');
    expect(await marks.rulerPoints(colours.changed)).toBe(0);
  });

  it('is marked in the gutter and the overview ruler of the file that broke', async () => {
    await window.openView('Incidents');
    await declare(window, 'Checkout requests fail');
    await openFile(window, 'checkout.js');
    expect(await marks.glyphs(/marks(\/|%2F)changed-/)).toBeGreaterThan(2);
    await eventually('the overview ruler', async () =>
      (await marks.rulerPoints(colours.changed)) > 0 ? true : undefined,
    );
  });

  it('is told line by line, by keyboard', async () => {
    await window.editors.goToLine(1);
    await window.press('Alt+I');
    await window.press('J');
    await window.statusBar.find(/^Changed line 1 of \d+: \S/);
    const text = await marks.hover('Open Diff');
    await picture('hover');
    expect(text).toMatch(/Write stock and order in one transaction/);
    expect(text).toContain(drill.badCommit.slice(0, 8));
    expect(text).toMatch(/Jonas Lindqvist · reached \S+ 4\d min/);
    expect(text).toMatch(/Deployed|Assumed to be deployed/);
    expect(text).toMatch(/Open Diff · Show Commit · Pin as Finding/);
  });

  it('opens as a diff at the line', async () => {
    await marks.followLink('Open Diff');
    await window.editors.waitForActive(/checkout\.js \([0-9a-f]{8} ↔ [0-9a-f]{8}\)/);
    const { original, modified } = await eventually('both sides', async () => {
      const diff = await window.editors.diff();
      return diff.modified.includes('beginTransaction') ? diff : undefined;
    });
    expect(original).not.toContain('beginTransaction');
    expect(modified).toContain('beginTransaction');
    await picture('diff');
  });

  it('is badged in the Explorer', async () => {
    await window.openView('Explorer');
    await window.runCommand('File: Reveal Active File in Explorer View').catch(() => undefined);
    await openFile(window, 'checkout.js');
    const said = await marks.explorerFile('checkout.js', 'Changed in the change window');
    expect(said).toContain('Write stock and order in one transaction');
    await marks.explorerFile('transaction.js', 'Changed in the change window');
    await picture('explorer');
  });

  it('is told to run since a release, once somebody asked what runs', async () => {
    await window.openView('Incidents');
    await window.runCommand('Incident: Investigate');
    await window.tree('Incidents').find(/^Running checkout/);
    await openFile(window, 'checkout.js');
    await window.editors.goToLine(5);
    expect(await marks.hover(/Deployed since/)).toContain('v1.9.0');
    await picture('deployed');
  });

  it('is gone when it is switched off', async () => {
    await window.runCommand('Incident: Toggle Change Marks');
    await eventually('no marks', async () => ((await marks.rulerPoints(colours.changed)) === 0 ? true : undefined));
    await window.runCommand('Incident: Toggle Change Marks');
    expect(await marks.glyphs(/marks(\/|%2F)changed-/)).toBeGreaterThan(2);
  });
});
