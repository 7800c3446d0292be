import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Workbench } from './pages/workbench.ts';
import { eventually } from './pages/eventually.ts';
import { walkThroughChanges } from './walkThroughChanges.ts';
import { walkThroughSignals } from './walkThroughSignals.ts';
import { widenSideBar } from './widenSideBar.ts';
import type { WalkStep } from './walkStep.ts';

const run = promisify(execFile);
const incident = /^SEV2 Checkout requests fail/;

/** A whole incident, from the page to the closed record, by keyboard and mouse in the real workbench. */
export const walk: readonly WalkStep[] = [
  {
    name: 'empty view',
    run: async (workbench) => {
      await workbench.openView('Incidents');
      // Rows say a lot: a person who works in them all night makes the side bar wider.
      await widenSideBar(workbench, 210);
      const welcome = await eventually('the welcome text', async () => {
        const text = await workbench.tree('Incidents').welcome();
        return text.includes('Declare Incident') ? text : undefined;
      });
      if (!welcome.includes('Start a drill')) throw new Error(`The welcome text offers no drill: ${welcome}`);
    },
  },
  {
    name: 'declare: title',
    run: async ({ runCommand, input }) => {
      await runCommand('Incident: Declare Incident');
      await input.waitFor('What is wrong, in a few words?');
      await input.type('Checkout requests fail');
    },
  },
  {
    name: 'declare: severity',
    run: async ({ input }) => {
      await input.accept();
      await input.waitFor('How bad is it?');
      const items = await input.items();
      const sev2 = items.find(({ label }) => label === 'SEV2');
      if (sev2?.detail.includes('within 15 min') !== true)
        throw new Error(`SEV2 does not say its deadlines: ${JSON.stringify(items)}`);
    },
  },
  {
    name: 'declare: impact',
    run: async ({ input }) => {
      await input.choose('SEV2');
      await input.waitFor('Who or what is affected');
      await input.type('Customers cannot place orders; products and carts still work');
    },
  },
  {
    name: 'initial notification',
    run: async (workbench) => {
      await workbench.input.accept();
      const text = await workbench.editors.waitForText('🔴 INCIDENT [SEV-2]: Checkout requests fail');
      expectInOrder(text, ['Status', 'Impact', 'IC', 'Channel', 'Next update']);
      await workbench.tree('Incidents').find(incident);
    },
  },
  {
    name: 'copied, then posted',
    run: async (workbench) => {
      await workbench.runCommand('View: Focus Active Editor Group');
      await workbench.press('Control+Shift+C');
      await eventually('the message on the clipboard', async () =>
        (await workbench.clipboard()).includes('INCIDENT [SEV-2]') ? true : undefined,
      );
      await workbench.press('Control+Enter');
      await waitForDraftToClose(workbench);
      await workbench.tree('Incidents').find([incident, /^Communication 1 sent/]);
    },
  },
  {
    name: 'when it began',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Set When It Began, Was Detected or Ended…');
      await workbench.input.choose(/^impact start/i);
      await workbench.input.waitFor('When was impact start?');
      await workbench.input.type('38m ago');
      await workbench.input.accept();
      await workbench.input.waitFor('How is that known?');
      await workbench.input.type('the first 503 in the log');
      await workbench.input.accept();
      await workbench.input.waitForClose();
    },
  },
  {
    name: 'roles',
    run: async (workbench) => {
      for (const [role, person] of [
        ['Technical Lead', 'Ana Ruiz'],
        ['Communications Lead', 'Ben Okafor'],
        ['Scribe', 'Chiara Neri'],
      ] as const) {
        await workbench.runCommand('Incident: Assign Roles…');
        await workbench.input.choose(role);
        await workbench.input.waitFor(/Who\?/);
        await workbench.input.type(person);
        await workbench.input.choose(person);
        await workbench.input.waitForClose();
      }
      await workbench.tree('Incidents').expand([incident, 'Response']);
      await workbench.tree('Incidents').find([incident, /^Response 4 people, 4 roles/]);
    },
  },
  {
    name: 'symptom',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Edit Title, Impact, Symptom or Ticket…');
      await workbench.input.choose('Symptom');
      await workbench.input.choose('High error rate');
      await workbench.tree('Incidents').collapse([incident, 'Response']);
      await workbench.tree('Incidents').expand([incident, 'Investigation']);
      await workbench.tree('Incidents').find(/High error rate: look here first/);
    },
  },
  ...walkThroughChanges,
  ...walkThroughSignals,
  {
    name: 'a check by hand',
    run: async (workbench) => {
      await workbench.openView('Incidents');
      await workbench.runCommand('Incident: Complete a Check…');
      await workbench.input.choose(/Error logs/);
      await workbench.input.choose(/^bad/i);
      await workbench.input.waitFor('What did you see');
      await workbench.input.type('PoolTimeout on every order since the release');
      await workbench.input.accept();
      await workbench.tree('Incidents').find(/Error logs bad: PoolTimeout/i);
    },
  },
  {
    name: 'mitigation',
    run: async (workbench, drill) => {
      await workbench.runCommand('Incident: Run Mitigation…');
      await workbench.input.choose('Bad deploy');
      await workbench.input.waitFor('What exactly is done?');
      await workbench.input.type(`git revert ${drill.badCommit.slice(0, 8)}`);
      await run(
        'git',
        ['-c', 'user.name=Drill', '-c', 'user.email=drill@example.org', 'revert', '--no-edit', drill.badCommit],
        {
          cwd: drill.directory,
        },
      );
      await eventually('the service to be ready again', async () => {
        const answer = await fetch(`${drill.url}/health/ready`).catch(() => undefined);
        return answer?.status === 200 ? true : undefined;
      });
      await workbench.input.accept();
      await workbench.input.choose(/^worked/i);
      await workbench.tree('Incidents').find([incident, /^Mitigation mitigated/]);
    },
  },
  {
    name: 'update',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Post Update…');
      await workbench.input.choose('Monitoring');
      const text = await workbench.editors.waitForText('🟡 UPDATE [SEV-2]: Checkout requests fail');
      expectInOrder(text, ['Status', 'Findings', 'Actions', 'Next steps', 'Next update']);
    },
  },
  {
    name: 'update posted',
    run: async (workbench) => {
      await workbench.runCommand('View: Focus Active Editor Group');
      await workbench.press('Control+Enter');
      await waitForDraftToClose(workbench);
      await workbench.tree('Incidents').find([incident, /^Communication 2 sent/]);
    },
  },
  {
    name: 'verified',
    run: async (workbench) => {
      const tree = workbench.tree('Incidents');
      await tree.collapse([incident, 'Investigation']);
      await tree.expand([incident, 'Verification']);
      const items = [/^Health checks pass/, /^Error rate back/, /^Latency back/, /^Synthetic monitors/, /^User flows/];
      for (const [index, item] of items.entries()) {
        await tree.toggle([incident, 'Verification', item]);
        await tree.find([incident, new RegExp(`^Verification ${String(index + 1)} of 5`)]);
      }
    },
  },
  {
    name: 'resolved',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Resolve…');
      await workbench.input.waitFor('Root cause in a line');
      await workbench.input.type('A refused order kept its database connection');
      await workbench.input.accept();
      const text = await workbench.editors.waitForText('🟢 RESOLVED [SEV-2]: Checkout requests fail');
      expectInOrder(text, ['Duration', 'Impact', 'Root cause', 'Follow-up']);
    },
  },
  {
    name: 'resolution posted',
    run: async (workbench) => {
      await workbench.runCommand('View: Focus Active Editor Group');
      await workbench.press('Control+Enter');
      await waitForDraftToClose(workbench);
      await workbench.tree('Incidents').find([incident, /^Communication 3 sent/]);
    },
  },
  {
    name: 'action item',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Add Action Item…');
      await workbench.input.waitFor('What is to be done?');
      await workbench.input.type('Return connections in a finally block, and test the refused order');
      await workbench.input.accept();
      await workbench.input.waitFor('Who owns it?');
      await workbench.input.type('Ana Ruiz');
      await workbench.input.choose('Ana Ruiz');
      await workbench.input.waitFor('Due on which date?');
      await workbench.input.accept();
      await workbench.tree('Action Items').find(/^Return connections/);
    },
  },
  {
    name: 'post-mortem',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Write Post-mortem');
      await workbench.editors.waitForText('# Post-mortem: Checkout requests fail');
      await workbench.editors.goToLine(48);
    },
  },
  {
    name: 'post-mortem as a reader sees it',
    run: async (workbench) => {
      await workbench.runCommand('Markdown: Open Preview');
      await workbench.editors.waitForActive(/^Preview post-mortem\.md/);
      await workbench.page
        .frameLocator('iframe.webview.ready')
        .frameLocator('iframe#active-frame')
        .getByRole('heading', { name: 'Durations' })
        .scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'all steps',
    run: async (workbench) => {
      const tree = workbench.tree('Incidents');
      for (const step of ['Response', 'Mitigation', 'Communication', 'Post-incident'])
        await tree.expand([incident, step]);
      await tree.click([incident, 'Post-incident', /^Post-mortem/]);
      await workbench.editors.waitForActive(/^post-mortem/);
    },
  },
  {
    name: 'closed',
    run: async (workbench) => {
      await workbench.runCommand('Incident: Complete Post-mortem');
      await workbench.input.waitFor('still to be filled in');
      await workbench.input.choose('Complete it as it is');
      await workbench.input.waitForClose();
      await workbench.tree('Incidents').find([incident, /^Post-incident post-mortem completed/]);
      await workbench.runCommand('Incident: Record Review…');
      await workbench.input.waitFor('When was it held?');
      await workbench.input.accept();
      await workbench.input.waitFor('Who was there?');
      await workbench.input.type('Ana Ruiz, Ben Okafor');
      await workbench.input.accept();
      await workbench.input.waitFor('What came out of it?');
      await workbench.input.accept();
      await workbench.runCommand('Incident: Close, or End as False Alarm, Cancelled or Duplicate…');
      await workbench.input.choose(/^completed/i);
      await workbench.tree('Incidents').find(/^SEV2 Checkout requests fail .*closed/i);
    },
  },
];

/** Whoever goes on while an editor closes has the focus taken away. */
async function waitForDraftToClose({ editors }: Workbench): Promise<void> {
  await eventually('the draft to be closed', async () => {
    const tabs = await editors.tabs();
    return tabs.some(({ label }) => /^(initial|update|resolved)-\w{6}\.md$/.test(label)) ? undefined : true;
  });
}

function expectInOrder(text: string, fields: readonly string[]): void {
  let from = 0;
  for (const field of fields) {
    const found = text.indexOf(field, from);
    if (found < 0) throw new Error(`The message lacks “${field}” in its place:\n${text}`);
    from = found + field.length;
  }
}
