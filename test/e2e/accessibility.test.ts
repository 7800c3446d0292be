/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { projectRoot } from '../support/run.mjs';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import { eventually } from './pages/eventually.ts';
import type { PageElement } from './pages/list.ts';
import type { TreeRow } from './pages/treeView.ts';
import type { Workbench } from './pages/workbench.ts';
import { openRecord, type ScriptedRecord } from './scriptedRecord.ts';
import { startSharedHost } from './sharedHost.ts';
import { test as plainTest } from './test.ts';

const test = plainTest
  .extend('repository', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { folder, remove } = await createTestWorkspace();
    onCleanup(remove);
    return folder;
  })
  .extend('host', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const host = await startSharedHost(browser, { settings: { 'workbench.colorTheme': 'Default High Contrast' } });
    onCleanup(() => host.stop());
    return host;
  })
  .extend('window', { scope: 'file' }, async ({ host, repository }) => {
    const window = await host.openWindow(repository);
    await window.openView('Incidents');
    return window;
  });

describe('in high contrast and without a mouse', () => {
  test.afterEach(({ task, host }) => host.keepEvidence(task));

  test('an incident is declared and its message posted with the keyboard alone', async ({ window }) => {
    const { page, input, editors } = window;
    await eventually('what the empty view offers', async () =>
      (await window.tree('Incidents').welcome()).includes('Declare Incident') ? true : undefined,
    );
    await eventually('the command palette', async () => {
      await page.keyboard.press('F1');
      return (await input.isOpen()) ? true : undefined;
    });
    await page.keyboard.type('Incident: Declare Incident');
    await eventually('the command', async () =>
      (await input.itemsInSight())[0]?.label === 'Incident: Declare Incident' ? true : undefined,
    );
    await page.keyboard.press('Enter');
    await input.waitFor('What is wrong, in a few words?');
    await page.keyboard.type('Orders fail');
    await page.keyboard.press('Enter');
    await input.waitFor('How bad is it?');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await input.waitFor('Who or what is affected');
    await page.keyboard.type('A third of the customers');
    await page.keyboard.press('Enter');
    await editors.waitForText('INCIDENT [SEV-2]: Orders fail');
    await eventually('the focus in the message', async () =>
      (await page.locator('.editor-instance .monaco-editor.focused').count()) > 0 ? true : undefined,
    );
    await page.keyboard.press('Control+Enter');
    await window.tree('Incidents').find([/^SEV2 Orders fail/, /^Communication 1 sent/]);
  });

  test('a step is opened and its items are verified with the keyboard alone', async ({ window }) => {
    const { page, input } = window;
    await window.runCommand('View: Show Incidents');
    await page.keyboard.press('Home');
    for (let row = 0; row < 5; row++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const tree = window.tree('Incidents');
    await tree.find([/^SEV2/, 'Verification', /^User flows verified not verified$/]);
    const boxes = page.locator('.pane').getByRole('checkbox');
    expect(await boxes.evaluateAll(readLabels)).toEqual([
      'Health checks pass (/health/live, /health/ready)',
      'Error rate back to baseline',
      'Latency back to baseline',
      'Synthetic monitors green',
      'User flows verified',
    ]);
    await window.runCommand('Incident: Verify Recovery…');
    await input.waitFor('Tick what you have seen to be so');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    const verified = await tree.find([/^SEV2/, 'Verification', /^Health checks pass .*Robin Case/]);
    expect(verified).toMatchObject({ checked: true });
    expect(verified.ariaLabel).toMatch(/^Health checks pass .*, verified by Robin Case/);
  });

  test('every row says in words what its icon and colour say', async ({ window, repository, host }) => {
    const record = await openRecord(repository, host.globalStorage);
    await recordSomethingOfEverything(record);
    await record.close();
    await window.tree('Incidents').find(/^SEV1 Checkout is down/);
    const rows = await expandFirst(window);
    expect(rows.length).toBeGreaterThan(60);
    const icons = new Set(rows.map(({ icon }) => icon));
    expect(Object.keys(meanings).filter((icon) => !icons.has(icon))).toEqual([]);
    for (const row of rows) {
      for (const part of wordsOf(row)) expect.soft(row.ariaLabel).toContain(part);
      expect.soft(`${row.label} ${row.description}`).toMatch(meanings[row.icon] ?? /./);
    }
    await window.screenshot(join(projectRoot, 'out/e2e/accessibility/high-contrast.png'));
  });

  test('the status bar says the severity, what is due and how many are open', async ({ window }) => {
    const item = await window.statusBar.find(/^SEV1 Next update in 1[45] min · 2 open$/);
    expect(item.ariaLabel).toMatch(/^Incident SEV1, Next update due in 1[45] min, 2 open/);
  });
});

/** What icons that stand for a state must be said with. */
const meanings: Readonly<Record<string, RegExp>> = {
  flame: /^SEV[12] .* (Investigating|Mitigating)|Declared as SEV-[12]/,
  warning: /not filled|suspicious|due in|may be missing/,
  error: /bad|overdue/,
  pass: /met|ok|Investigating|Mitigating|notification/,
  'circle-slash': /missed|no effect/,
  question: /unknown/,
  'circle-large-outline': /a manual check|not run yet/,
  sync: /running/,
  dash: /not applicable|not filled/,
  watch: /due in/,
};

/** What a row shows, without what only orders it. */
function wordsOf({ label, description }: TreeRow): readonly string[] {
  const name = label.replace(/^\d (?=[A-Z])/, '').replace(/^(\d\d-\d\d \d\d:\d\d UTC) /, '$1 · ');
  return [...name.split(' · '), ...description.split(' · ')];
}

/** Opens the first incident with everything in it, and gives its rows. */
async function expandFirst({ tree }: Workbench): Promise<readonly TreeRow[]> {
  const incidents = tree('Incidents');
  // From the last, so that what is to be opened stays in sight.
  const steps = [
    'Timeline',
    'Post-incident',
    'Verification',
    'Communication',
    'Mitigation',
    'Investigation',
    'Response',
  ];
  for (const step of steps) await incidents.expand([/^SEV1/, step]);
  for (const label of ['6 Error logs', 'Moments']) await incidents.expand(label);
  const rows = await incidents.rows();
  const own = rows.slice(
    0,
    rows.findIndex(({ level }, index) => index > 0 && level === 1),
  );
  expect(own.filter(({ expanded }) => expanded === false)).toEqual([]);
  return own;
}

async function recordSomethingOfEverything(record: ScriptedRecord): Promise<void> {
  const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const { incident } = await record.run('declareIncident', {
    title: 'Checkout is down',
    severity: 'SEV1',
    impact: 'everybody',
    detected: minutesAgo(14),
    impactStart: minutesAgo(40),
  });
  await record.run('investigate', { incident });
  for (const [check, verdict] of [
    ['configuration', 'ok'],
    ['dependencies', 'bad'],
    ['traffic', 'notApplicable'],
  ] as const) {
    await record.run('completeCheck', { incident, check, verdict, summary: 'as seen on the board' });
  }
  await record.run('addFinding', { incident, check: 'logs', text: 'pool exhausted' });
  await record.run('runMitigation', { incident, what: 'Restarted the pods', outcome: 'noEffect' });
  await record.run('runMitigation', { incident, what: 'Scale out', outcome: 'running' });
  await record.run('addActionItem', { incident, title: 'Alert on the pool' });
  await record.run('postUpdate', { incident, sent: true });
  await record.run('postUpdate', { incident, sent: false });
  await record.run('handOver', { incident, to: 'Ana Ruiz', situation: 'Down since an hour' });
}

/** Runs in the page. */
function readLabels(elements: readonly PageElement[]): (string | null)[] {
  return elements.map((element) => element.getAttribute('aria-label'));
}
