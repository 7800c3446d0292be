import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateOnDisk } from '../support/builders/journal.ts';
import { createCleanup } from '../support/cleanup.ts';
import { projectRoot } from '../support/run.mjs';
import { git } from '../support/testWorkspace.ts';
import { screenshotName } from './autoDemo.ts';
import { openDrill } from './openDrill.ts';
import { eventually } from './pages/eventually.ts';
import type { TreeRow } from './pages/treeView.ts';
import type { Workbench } from './pages/workbench.ts';
import { walk } from './walk.ts';
import type { WalkedDrill } from './walkStep.ts';

/** What else is to be seen after a step, beside what the step itself waits for. */
const sights: Readonly<Record<string, (window: Workbench) => Promise<void>>> = {
  'recent deployments': (window) => expectWordsForAll(window),
  'configuration radar': (window) => expectWordsForAll(window),
  'initial notification': async ({ statusBar }) => {
    const item = await statusBar.find(/^SEV2 /);
    expect(item.text).toMatch(/^SEV2 Next update in 1[45] min$/);
    expect(item.ariaLabel).toMatch(/^Incident SEV2, Next update due in 1[45] min, 1 open/);
    expect(item.background).toBe('normal');
  },
  'copied, then posted': async (window) => {
    expect(await window.clipboard()).toContain('Channel: #incident-');
    await window.statusBar.find(/^SEV2 Next update in (30|29) min$/);
  },
  closed: async (window) => {
    const items = await window.statusBar.items();
    expect(items.filter(({ text }) => text.includes('SEV2'))).toEqual([]);
    expect(await badgeOf(window)).toBe('Incidents');
    expect(await window.tree('Action Items').text()).toMatch(
      /^Return connections in a finally block, and test the refused order {2}Ana Ruiz · due in \d+ d .* · \d{4}-\d\d-\d\d · Checkout requests fail$/,
    );
  },
};

/** What `npm run demo -- --auto` does, a test for each step; the pictures are in out/e2e/walk. */
describe('a whole incident on a drill', () => {
  const cleanup = createCleanup();
  let window: Workbench;
  let drill: WalkedDrill;
  let failed = false;

  beforeAll(async () => {
    ({ workbench: window, drill } = await openDrill(cleanup, new AbortController().signal));
  });
  afterAll(() => cleanup.run());

  /** A test that makes no sense after one that failed. */
  const step = (name: string, run: () => Promise<void>): void => {
    it(name, async ({ skip, onTestFailed }) => {
      if (failed) skip('Not tried: an earlier step failed.');
      failed = true;
      onTestFailed(() => window.screenshot(join(projectRoot, 'out/e2e', `${name.replaceAll(/\W+/g, '-')}.png`)));
      await run();
      failed = false;
    });
  };

  for (const [index, { name, run }] of walk.entries()) {
    step(name, async () => {
      try {
        await run(window, drill);
      } finally {
        await window.screenshot(join(projectRoot, 'out/e2e/walk', screenshotName(index, name)));
      }
      await sights[name]?.(window);
    });
  }

  step('says the same after the window was reloaded', async () => {
    const tree = window.tree('Incidents');
    const before = await tree.rows();
    await window.reload();
    await window.openView('Incidents');
    const incident = /^SEV2 Checkout requests fail Closed/;
    for (const { label } of before.filter(({ level, expanded }) => level === 2 && expanded)) {
      await tree.expand([incident, label]);
    }
    const words = (rows: readonly TreeRow[]): string[] => rows.map(({ ariaLabel }) => ariaLabel);
    expect(words(await tree.rows())).toEqual(words(before));
  });

  step('is in the record, in the order it happened', async () => {
    const state = await stateOnDisk(await recordOf(drill));
    expect(state.problems).toEqual([]);
    expect(state).toMatchObject({
      title: 'Checkout requests fail',
      severity: 'SEV2',
      status: 'closed',
      resolution: { rootCause: 'A refused order kept its database connection' },
      closed: { outcome: 'completed' },
      symptom: 'highErrorRate',
    });
    expect(state.deploys.map(({ name, source }) => `${source} ${name}`)).toEqual([
      "merge Merge branch 'gift-notes'",
      'tag v1.9.0',
    ]);
    expect(state.findings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^PoolTimeout: .* Changed in the change window: src\/transaction\.js:\d+ by [0-9a-f]{8} Write/,
      ),
    ]);
    // Checks end as they end: each is recorded then.
    const checked = state.entries.flatMap(({ event }) => (event.type === 'check.completed' ? [event.data] : []));
    expect(checked.map(({ check, manual }) => `${check}${manual ? ' by hand' : ''}`).sort()).toEqual([
      ...['configuration', 'dependencies', 'deployments', 'infrastructure', 'logs by hand', 'metrics', 'traffic'],
    ]);
    const types = state.entries
      .map(({ event }) => event.type)
      .filter((type) => type !== 'writer.opened' && type !== 'check.completed');
    expect(types).toEqual([
      ...['incident.declared', 'role.assigned', 'incident.acknowledged', 'update.copied', 'update.sent'],
      ...['moment.corrected', 'role.assigned', 'role.assigned', 'role.assigned', 'incident.edited'],
      ...['deploy.observed', 'deploy.observed', 'change.inspected', 'suspect.judged'],
      ...['finding.added', 'mitigation.finished', 'update.sent'],
      ...Array.from({ length: 5 }, () => 'verification.checked'),
      ...['incident.resolved', 'update.sent', 'action.added', 'postMortem.written'],
      ...['postMortem.completed', 'postMortem.written', 'review.recorded', 'incident.closed', 'postMortem.written'],
    ]);
    expect(await readdir(join(await recordOf(drill), 'drafts'))).toEqual([]);
  });

  step('left its documents in the work tree', async () => {
    const documents = documentsOf(drill, await nameOf(drill));
    const postMortem = await readFile(join(documents, 'post-mortem.md'), 'utf8');
    const parts = ['# Post-mortem: Checkout requests fail', '## Summary', '## Impact', '## Durations', '## Roles'];
    expectInOrder(postMortem, [...parts, '## Timeline', '## Suspects and changes looked at', '## Five whys']);
    expect(postMortem).toContain(`| \`${drill.badCommit.slice(0, 8)}\` | Write stock and order in one transaction |`);
    expect(postMortem).toContain('| Technical Lead | Ana Ruiz |');
    expect(postMortem).toContain('Return connections in a finally block, and test the refused order');

    const timeline = await readFile(join(documents, 'timeline.md'), 'utf8');
    const links = [...postMortem.matchAll(/\]\(timeline\.md#([\w-]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(15);
    const headings = [...timeline.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(links.filter((anchor = '') => !headings.includes(anchor))).toEqual([]);

    const updates = await readdir(join(documents, 'updates'));
    const kinds = updates.map((name) => name.replace(/^[0-9A-Z]{26}-/, ''));
    expect(kinds).toEqual(['initial.md', 'update.md', 'resolved.md']);
    const [initial = ''] = updates;
    expect(await readFile(join(documents, 'updates', initial), 'utf8')).toContain('IC: @Robin Case');
  });

  step('links every document and piece of evidence to a file that is there', async () => {
    const documents = documentsOf(drill, await nameOf(drill));
    for (const document of ['post-mortem.md', 'timeline.md']) {
      const text = await readFile(join(documents, document), 'utf8');
      const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
      for (const target of new Set(targets)) await readFile(join(documents, target));
    }
  });

  step('is done with once its action item is, in the view of those', async () => {
    const items = window.tree('Action Items');
    await items.inlineAction(/^Return connections/, 'Complete Action Item');
    await items.waitForGone(/^Return connections/);
    expect(await items.welcome()).toMatch(/^No open action items\./);
    const [item] = (await stateOnDisk(await recordOf(drill))).actions;
    expect(item?.outcome.kind).toBe('completed');
  });

  step('outlives a clean of the work tree and a checkout of another revision', async () => {
    const record = await recordOf(drill);
    const before = await stateOnDisk(record);
    await git(drill.directory, 'clean', '-fdxq', '--exclude=.drill');
    await git(drill.directory, 'checkout', '--quiet', 'HEAD~20');
    expect(await stateOnDisk(record)).toEqual(before);
    await window.runCommand('Incident: Write Post-mortem');
    const document = join(documentsOf(drill, await nameOf(drill)), 'post-mortem.md');
    await eventually('the post-mortem written again', async () => {
      const text = await readFile(document, 'utf8').catch(() => '');
      return text.includes('A refused order kept its database connection') ? true : undefined;
    });
  });
});

/** A screen reader says what every row shows. */
async function expectWordsForAll(window: Workbench): Promise<void> {
  for (const { label, ariaLabel } of await window.tree('Incidents').rows()) {
    expect.soft(ariaLabel).toContain(label.replace(/^\d (?=[A-Z])/, ''));
  }
}

async function nameOf({ directory }: WalkedDrill): Promise<string> {
  const names = await readdir(join(directory, '.git/mayday/incidents'));
  expect(names).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d-checkout-requests-fail$/)]);
  return names[0] ?? '';
}

async function recordOf(drill: WalkedDrill): Promise<string> {
  return join(drill.directory, '.git/mayday/incidents', await nameOf(drill));
}

function documentsOf({ directory }: WalkedDrill, name: string): string {
  return join(directory, '.incidents', name);
}

/** What the icon in the activity bar says. */
async function badgeOf({ page }: Workbench): Promise<string> {
  const label = page.locator('.activitybar .action-label[aria-label^="Incidents"]');
  return (await label.getAttribute('aria-label')) ?? '';
}

function expectInOrder(text: string, parts: readonly string[]): void {
  const places = parts.map((part) => text.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
}
