/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { stateOnDisk } from '../support/builders/journal.ts';
import { createTestWorkspace } from '../support/testWorkspace.ts';
import { eventually } from './pages/eventually.ts';
import type { Notification } from './pages/notifications.ts';
import type { Workbench } from './pages/workbench.ts';
import { openRecord, type ScriptedRecord } from './scriptedRecord.ts';
import { startSharedHost } from './sharedHost.ts';
import { test as plainTest } from './test.ts';

/** The first message is near at once, and due after seconds. */
const policy = `policy:
  warnAtPercent: 1
  severities:
    SEV1: { respond: 0.1, mitigate: 400d, communicate: 1h }
`;

const test = plainTest
  .extend('repository', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { folder, remove } = await createTestWorkspace();
    onCleanup(remove);
    await mkdir(join(folder, '.incidents'));
    await writeFile(join(folder, '.incidents/mayday.yaml'), policy);
    return folder;
  })
  .extend('host', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const host = await startSharedHost(browser);
    onCleanup(() => host.stop());
    return host;
  })
  .extend('windows', { scope: 'file' }, async ({ host, repository }) => {
    const windows = await Promise.all([host.openWindow(repository), host.openWindow(repository)] as const);
    for (const window of windows) await window.openView('Incidents');
    return windows;
  })
  /** Somebody who is at none of the windows. */
  .extend('colleague', { scope: 'file' }, async ({ host, repository }, { onCleanup }) => {
    const record = await openRecord(repository, host.globalStorage);
    onCleanup(() => record.close());
    return record;
  });

describe('reminders', () => {
  test.afterEach(({ task, host }) => host.keepEvidence(task));

  test('come in one of the windows, when a deadline is near and when it is due', async ({ windows, colleague }) => {
    await declareBy(colleague, 'Orders fail');
    for (const { statusBar } of windows) {
      const item = await statusBar.find(/^SEV1 Next update overdue by under a minute$/);
      expect(item.background).toBe('error');
    }
    const toasts = await eventually('both reminders', async () => {
      const seen = await toastsOf(windows);
      return seen.length >= 2 ? seen : undefined;
    });
    const buttons = ['Post Update…', 'Snooze…'];
    expect(toasts).toHaveLength(2);
    expect(toasts).toContainEqual({
      severity: 'info',
      message: 'SEV1 Orders fail: Next update due in under a minute',
      buttons,
    });
    expect(toasts).toContainEqual({
      severity: 'warning',
      message: 'SEV1 Orders fail: Next update overdue by under a minute',
      buttons,
    });
    for (const window of windows) await window.page.getByLabel('Incidents - 1 deadline overdue').first().waitFor();
  });

  test('are not repeated after a reload', async ({ windows, host }) => {
    const [window, other] = windows;
    await host.closeWindow(other);
    await window.reload();
    await window.openView('Incidents');
    await window.statusBar.find(/^SEV1 Next update overdue by/);
    // What would be repeated is shown with the status bar.
    await window.page.waitForTimeout(500);
    expect(await window.notifications.all()).toEqual([]);
  });

  test('wait until a question is answered', async ({ windows: [window], colleague }) => {
    await window.runCommand('Incident: Declare Incident');
    await window.input.waitFor('What is wrong, in a few words?');
    await declareBy(colleague, 'Payments fail');
    await window.tree('Incidents').find(/^SEV1 Payments fail .*next update overdue by/);
    expect(await window.notifications.all()).toEqual([]);
    await window.input.cancel();
    await window.notifications.find('SEV1 Payments fail: Next update overdue by');
  });

  test('are quiet after a snooze with its reason', async ({ windows: [window], colleague, repository }) => {
    await window.notifications.click('SEV1 Payments fail', 'Snooze…');
    await window.input.waitFor('Quiet until when? The deadline itself stays.');
    await window.input.accept();
    await window.input.waitFor('Why?');
    await window.input.type('On the phone with the bank');
    await window.input.accept();
    const tree = window.tree('Incidents');
    await tree.expand([/^SEV1 Payments fail/, 'Response']);
    await tree.find([/^SEV1 Payments fail/, 'Response', /^Next update overdue by .* · quiet until /]);
    const incidents = join(repository, '.git/mayday/incidents');
    const [name = ''] = (await readdir(incidents)).filter((folder) => folder.endsWith('payments-fail'));
    expect(Object.values((await stateOnDisk(join(incidents, name))).snoozes)).toEqual([
      { until: expect.any(String) as string, reason: 'On the phone with the bank' },
    ]);

    const { incident, deadlines } = await declareBy(colleague, 'Mail is late');
    const deadline = deadlines.find(({ kind }) => kind === 'communicate')?.id ?? '';
    await colleague.run('snoozeDeadline', { incident, deadline, minutes: 15, reason: 'nobody reads it at night' });
    await tree.find(/^SEV1 Mail is late .*next update overdue by/);
    await window.page.waitForTimeout(500);
    const messages = (await window.notifications.all()).map(({ message }) => message);
    expect(messages.filter((message) => message.includes('Mail is late: Next update overdue'))).toEqual([]);
  });

  test('have their list behind the status bar, the most urgent first', async ({ windows: [window] }) => {
    await window.statusBar.click(/^SEV1 Next update overdue by/);
    await window.input.waitFor('What do you want to do?');
    const items = await window.input.items();
    const due = items.flatMap(({ description }) => /^(Next update overdue|Mitigate due)/.exec(description)?.[1] ?? []);
    expect(due.filter((word) => word === 'Next update overdue')).toHaveLength(6);
    expect(due).toEqual(due.toSorted().reverse());
    expect(items.slice(-3).map(({ label }) => label.replace(/^\W*/, ''))).toEqual(
      expect.arrayContaining(['Show SEV1 Orders fail', 'Show SEV1 Payments fail', 'Show SEV1 Mail is late']),
    );
    await window.input.cancel();
  });
});

function declareBy(record: ScriptedRecord, title: string) {
  return record.run('declareIncident', {
    title,
    severity: 'SEV1',
  });
}

async function toastsOf(windows: readonly Workbench[]): Promise<readonly Notification[]> {
  return (await Promise.all(windows.map(({ notifications }) => notifications.all()))).flat();
}
