import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFile } from './openFile.ts';
import { eventually } from './pages/eventually.ts';
import { marksOf } from './pages/marks.ts';
import type { Workbench } from './pages/workbench.ts';
import type { WalkStep } from './walkStep.ts';

const investigation = [/^SEV2 Checkout requests fail/, 'Investigation'] as const;
const deployments = [...investigation, '1 Recent deployments'] as const;
const deploy = [...deployments, /^checkout v1\.9\.0 tagged 3\d min ago · 8 commits$/] as const;
const configuration = [...investigation, '2 Recent configuration changes'] as const;
const badCommit = 'Write stock and order in one transaction';

/** What changed, from the list of what was deployed to the line that threw. */
export const walkThroughChanges: readonly WalkStep[] = [
  {
    name: 'recent deployments',
    run: async (workbench) => {
      const tree = workbench.tree('Incidents');
      await workbench.runCommand('Incident: Investigate');
      await tree.expand(deploy);
      await tree.find([...deployments, /^origin\/main last fetched .* · Fetch…$/]);
      await tree.find([...deployments, /^Running checkout: [0-9a-f]{7} from http:.*\/health\/live \(commit\) · read /]);
      await tree.find([...deployments, /^After impact began 2 commits/]);
      for (const commit of [
        /^Release 1\.9\.0 configuration · dependencies · Maren Holt · .* · 3 files · \+4 −4$/,
        /^Write stock and order in one transaction Jonas Lindqvist · 4\d min ago · 3 files · \+47 −13$/,
        /^Merge branch 'gift-notes' .* · 1 commit · 2 files/,
        /^Turn the volume discount on configuration · Adaeze Okafor/,
        /^Bump @types\/node to 24 and typescript to 5\.9 configuration · dependencies · Priya Nair/,
        /^Drop the coupon column migration · Jonas Lindqvist/,
        /^Ask for fewer database connections configuration · Tomás Rivera/,
      ]) {
        await tree.find([...deploy, commit]);
      }
    },
  },
  {
    name: 'commit in the multi-diff editor',
    run: async (workbench) => {
      await workbench.tree('Incidents').click([...deploy, badCommit]);
      const files = await eventually('a diff of more than one file', async () => {
        const seen = await workbench.editors.multiDiff();
        return seen.length > 1 ? seen : undefined;
      });
      const added = files.map(({ modified }) => modified).join('\n');
      if (!added.includes('beginTransaction')) throw new Error(`The diff does not show what was added:\n${added}`);
    },
  },
  {
    name: 'suspect',
    run: async (workbench) => {
      await workbench.tree('Incidents').inlineAction([...deploy, badCommit], 'Judge Suspect…');
      await workbench.input.choose(/^suspected/i);
      await workbench.input.waitFor('Why?');
      await workbench.input.type('A refused order never gives its connection back');
      await workbench.input.accept();
      await workbench.tree('Incidents').find(/^Suspect: Write stock and order/);
    },
  },
  {
    name: 'configuration radar',
    run: async (workbench) => {
      const tree = workbench.tree('Incidents');
      await tree.collapse(deployments);
      await tree.expand(configuration);
      for (const difference of [
        /^env LOYALTY_URL newly read by [0-9a-f]{8} in src\/receipts\.js:1, set nowhere in the repository suspicious/,
        /^migration 0007 drops column orders\.coupon_code \(irreversible\) migrations\/0007_drop_coupon_code\.sql/,
        /^flag volume-discount: off → on config\/flags\.json · [0-9a-f]{8} Turn the volume discount on · .* · deployed/,
        /^image checkout: 1\.8\.2 → 1\.9\.0 \(Deployment shop\/checkout\) deploy\/checkout\.yaml/,
      ]) {
        await tree.find([...configuration, difference]);
      }
      await tree.find([...configuration, 'config/production.yaml', 'database.poolSize: 12 → 8']);
      await tree.find([...configuration, 'config/production.yaml', 'database.acquireTimeout: 3s → 300ms']);
      await tree.find([...configuration, 'package-lock.json', 'typescript 5.8.3 → 5.9.2 (minor, direct)']);
    },
  },
  {
    name: 'difference in its file',
    run: async (workbench) => {
      const row = [...configuration, 'config/production.yaml', 'database.poolSize: 12 → 8'];
      await workbench.tree('Incidents').click(row);
      await workbench.editors.waitForActive(/^production\.yaml \([0-9a-f]{8} ↔ [0-9a-f]{8}\)/);
      await eventually('both sides of the pool', async () => {
        const { original, modified } = await workbench.editors.diff();
        return original.includes('poolSize: 12') && modified.includes('poolSize: 8') ? true : undefined;
      });
    },
  },
  {
    name: 'changed lines and their hover',
    run: async (workbench, drill) => {
      const marks = marksOf(workbench.page);
      await workbench.openView('Explorer');
      await openFile(workbench, 'checkout.js');
      const marked = await marks.glyphs(/marks(\/|%2F)changed-/);
      if (marked < 3) throw new Error(`Only ${String(marked)} lines are marked.`);
      await marks.explorerFile('checkout.js', 'Changed in the change window');
      await workbench.editors.goToLine(19);
      await workbench.press('Alt+I');
      await workbench.press('J');
      await workbench.statusBar.find(/^Changed line \d+ of \d+: \S/);
      const told = await marks.hover('Open Diff');
      for (const part of [badCommit, drill.badCommit.slice(0, 8), 'Jonas Lindqvist', 'Deployed', 'Pin as Finding']) {
        if (!told.includes(part)) throw new Error(`The hover lacks “${part}”:\n${told}`);
      }
    },
  },
  {
    name: 'trace to code',
    run: async (workbench, drill) => {
      await workbench.press('Escape');
      await workbench.openView('Incidents');
      await workbench.setClipboard(await loggedError(drill.directory));
      await workbench.runCommand('Incident: Trace to Code…');
      await workbench.input.choose('Clipboard');
      await workbench.input.waitFor(/^Files as in [0-9a-f]{8}, told by http:.*\/health\/live \(commit\)\.$/);
      const frame = await eventually('the frame that takes a connection', async () =>
        (await workbench.input.itemsInSight()).find(({ label }) => label.includes('placeOrder')),
      );
      const told = `${frame.description} ${frame.detail}`;
      if (!/src\/checkout\.js:\d+ changed in the window .*Write stock and order/.test(told)) {
        throw new Error(`The frame says: ${told}`);
      }
      await progressToGo(workbench);
    },
  },
  {
    name: 'frame as it runs',
    run: async (workbench) => {
      await workbench.input.choose(/placeOrder/);
      await workbench.input.waitForClose();
      await workbench.editors.waitForActive(/^checkout\.js \([0-9a-f]{8}\)/);
      await workbench.editors.waitForText('beginTransaction(db.pool)');
    },
  },
  {
    name: 'history of the line',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Investigate This Line');
      await workbench.input.waitFor(/changes? of src\/checkout\.js:\d+/);
      const [newest] = await workbench.input.items();
      if (newest?.label !== badCommit || !newest.description.includes('in the change window')) {
        throw new Error(`The newest change is: ${JSON.stringify(newest)}`);
      }
      await progressToGo(workbench);
    },
  },
  {
    name: 'what changed there',
    run: async (workbench) => {
      await workbench.input.choose(badCommit);
      await workbench.input.waitForClose();
      await workbench.editors.waitForActive(new RegExp(badCommit));
      await eventually('both sides of the line', async () => {
        const { original, modified } = await workbench.editors.diff();
        return modified.includes('beginTransaction') && !original.includes('beginTransaction') ? true : undefined;
      });
    },
  },
];

/** VS Code shows it a moment longer than the work takes. */
async function progressToGo({ notifications }: Workbench): Promise<void> {
  await eventually('no notification', async () => ((await notifications.all()).length === 0 ? true : undefined));
}

/** The last error in the log of the drill's service, as a person copies its line. */
function loggedError(directory: string): Promise<string> {
  return eventually('an error with a stack in the log of the service', async () => {
    const lines = (await readFile(join(directory, 'logs/checkout.log'), 'utf8').catch(() => '')).split('\n');
    return lines.findLast((line) => line.includes('"level":"error"') && line.includes('checkout.js'));
  });
}
