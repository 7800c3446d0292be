import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { answerPrompts } from './answerPrompts.ts';
import type { Brief } from './host.ts';
import { call, callOnRow, folder, recordedEvents, stateOf, withIncident } from './host.ts';

const minutes = 60_000;

describe('what a person is asked', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('by Declare Incident: a title that can be taken, help with the severity, and when it was noticed', async () => {
    let declared: (Brief & { readonly channel: string }) | undefined;
    const asked = await answerPrompts(
      [
        'x'.repeat(301),
        '\u200b',
        'Payroll was read',
        /Help me choose/,
        /^Not sure$/,
        { leaveBy: /noticed earlier/ },
        '20m',
        { press: /Somebody else/ },
        'Everybody',
      ],
      async () => {
        declared = await callOnRow<Brief & { readonly channel: string }>('declareIncident', {});
      },
    );
    assert.match(asked.join('\n'), /A title has at most 300 characters/);
    assert.match(asked.join('\n'), /An incident needs a title/);
    assert.ok(declared !== undefined);
    const { incident, name, channel } = declared;
    assert.doesNotMatch(JSON.stringify(declared), /payroll/i, 'in doubt it is confidential');
    assert.ok(channel.endsWith(name));
    // The record itself: the API for other extensions does not know it.
    const [declaration] = recordedEvents(name).filter(({ type }) => type === 'incident.declared');
    const { severity, confidential, impact, detected } = declaration?.data ?? {};
    assert.deepEqual([severity, confidential, impact], ['SEV1', true, 'Everybody']);
    const ago = Date.now() - Date.parse(String(detected));
    assert.ok(ago > 19 * minutes && ago < 22 * minutes, String(detected));
    assert.ok(!recordedEvents(name).some(({ type }) => type === 'incident.acknowledged'));
    await call('closeIncident', { incident, outcome: 'cancelled', reason: 'a test' });
  });

  it('by Record Mitigation: who did it and when', () =>
    withIncident({ detected: new Date(Date.now() - 60 * minutes).toISOString() }, async ({ incident }) => {
      await answerPrompts(
        [
          'Rolled back',
          { leaveBy: /Somebody else did it/ },
          /^Robin Case$/,
          { leaveBy: /earlier/ },
          '10m',
          /^worked$/i,
        ],
        () => callOnRow('recordMitigation', { incident }),
      );
      const state = await stateOf(incident);
      const [mitigation] = state.mitigations;
      assert.deepEqual([mitigation?.what, mitigation?.outcome], ['Rolled back', 'worked']);
      assert.match(mitigation?.by ?? '', /^Robin Case/);
      const ago = Date.now() - Date.parse(state.moments.mitigated ?? '');
      assert.ok(ago > 9 * minutes && ago < 12 * minutes, state.moments.mitigated);
      assert.equal(state.status, 'monitoring');
    }));

  it('by Record Mitigation: one that still runs, and later its outcome', () =>
    withIncident({}, async ({ incident }) => {
      await answerPrompts(['Scaling out', /^still running$/i], () => callOnRow('recordMitigation', { incident }));
      assert.equal((await stateOf(incident)).status, 'mitigating');
      await answerPrompts([/^Scaling out$/, /^no effect$/i], () => callOnRow('recordMitigation', { incident }));
      const { mitigations } = await stateOf(incident);
      assert.deepEqual(
        mitigations.map(({ what, outcome }) => [what, outcome]),
        [['Scaling out', 'noEffect']],
      );
    }));

  it('by Set a Moment: when somebody saw it, if nobody said so until now', () =>
    withIncident(
      { acknowledge: false, detected: new Date(Date.now() - 30 * minutes).toISOString() },
      async (declared) => {
        const { incident, name } = declared;
        await answerPrompts(['25m'], () => callOnRow('correctMoment', { incident, moment: 'acknowledged' }));
        const [acknowledged] = recordedEvents(name).filter(({ type }) => type === 'incident.acknowledged');
        assert.ok(acknowledged !== undefined);
        const { moments } = await stateOf(incident);
        const ago = Date.now() - Date.parse(moments.acknowledged ?? '');
        assert.ok(ago > 24 * minutes && ago < 27 * minutes, moments.acknowledged);
      },
    ));

  it('by I Posted It Earlier: when; the next clock runs from then', () =>
    withIncident({ detected: new Date(Date.now() - 30 * minutes).toISOString() }, async ({ incident }) => {
      const { update } = await call<{ readonly update: string }>('postUpdate', { incident, kind: 'initial' });
      await answerPrompts(['10m'], () => callOnRow('sendUpdateEarlier', { incident, update }));
      const { updates, ledger } = await stateOf(incident);
      const due = ledger.find(({ kind, outcome }) => kind === 'communicate' && outcome.kind === 'pending')?.dueAt;
      assert.equal(Date.parse(due ?? '') - Date.parse(updates[0]?.at ?? ''), 30 * minutes);
      const ago = Date.now() - Date.parse(updates[0]?.at ?? '');
      assert.ok(ago > 9 * minutes && ago < 12 * minutes, updates[0]?.at);
    }));

  it('by I Posted It: nothing, and it never takes another incident’s draft for one that waits no more', () =>
    withIncident({ title: 'Search is slow' }, ({ incident: other }) =>
      withIncident({}, async ({ incident }) => {
        await call('postUpdate', { incident: other, kind: 'initial' });
        const gone = await call<{ readonly update: string; readonly draft: string }>('postUpdate', {
          incident,
          kind: 'initial',
        });
        await call('openDocument', { path: gone.draft });
        await call('sendUpdate', { incident, update: gone.update });
        const told = await errorsTold(() => callOnRow('sendUpdate', { incident, update: gone.update }));
        assert.match(told.join('\n'), /This message does not wait to be posted any more/);
        assert.deepEqual((await stateOf(other)).updates, []);
      }),
    ));

  it('by Change Severity: whether the level was wrong', () =>
    withIncident({ severity: 'SEV1' }, async ({ incident, name }) => {
      await answerPrompts([/^SEV3$/, 'a few users', /^It was misclassified$/], () =>
        callOnRow('changeSeverity', { incident }),
      );
      assert.equal((await stateOf(incident)).severity, 'SEV3');
      const changed = recordedEvents(name).find(({ type }) => type === 'severity.changed')?.data ?? {};
      assert.deepEqual([changed['to'], changed['reason'], changed['misclassified']], ['SEV3', 'a few users', true]);
    }));

  it('by Hand Over: which roles, to whom, and what is going on', () =>
    withIncident({}, async ({ incident }) => {
      await answerPrompts([/Incident Commander/, 'Ben Okafor', 'Errors go on', 'Restarting', ''], () =>
        callOnRow('handOver', { incident }),
      );
      const [handover] = (await stateOf(incident)).handovers;
      assert.deepEqual(
        [handover?.roles, handover?.to, handover?.situation, handover?.tried, handover?.outcome.kind],
        [['incidentCommander'], 'Ben Okafor', 'Errors go on', 'Restarting', 'offered'],
      );
    }));

  it('by Add Finding: what the selected lines show', () =>
    withIncident({}, async ({ incident }) => {
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(join(folder, 'checkout.js')));
      editor.selection = new vscode.Selection(0, 0, 0, 10);
      await answerPrompts(['Three retries'], () => callOnRow('addFinding', { incident, check: 'logs' }));
      const [finding] = (await stateOf(incident)).findings;
      assert.deepEqual([finding?.text, finding?.place], ['Three retries', 'checkout.js:1']);
    }));

  it('by Resolve: why, where something is not verified; by Reopen and Close: why', () =>
    withIncident({}, async ({ incident }) => {
      const asked = await answerPrompts(['nobody is awake to try', 'a leak'], () => callOnRow('resolve', { incident }));
      assert.match(asked[0] ?? '', /^Not verified: /);
      assert.equal((await stateOf(incident)).resolution?.rootCause, 'a leak');
      await answerPrompts(['it is back'], () => callOnRow('reopenIncident', { incident }));
      assert.equal((await stateOf(incident)).status, 'investigating');
      await answerPrompts([/false alarm/i, 'a probe was wrong'], () => callOnRow('closeIncident', { incident }));
      const { closed } = await stateOf(incident);
      assert.deepEqual([closed?.outcome, closed?.reason], ['falseAlarm', 'a probe was wrong']);
    }));

  it('about people: those of earlier incidents are suggested', () =>
    withIncident({}, async ({ incident: earlier }) => {
      await call('assignRole', { incident: earlier, role: 'scribe', person: 'Zoe Quist <zoe@example.org>' });
      await call('closeIncident', { incident: earlier, outcome: 'cancelled', reason: 'a test' });
      await withIncident({}, async ({ incident }) => {
        await answerPrompts([/^Zoe Quist$/], () => callOnRow('assignRole', { incident, role: 'scribe' }));
        assert.equal((await stateOf(incident)).roles.scribe, 'Zoe Quist <zoe@example.org>');
      });
    }));
});

/** What a person is told of errors while `run` goes on. */
async function errorsTold(run: () => Promise<unknown>): Promise<readonly string[]> {
  const window = vscode.window as { showErrorMessage: unknown };
  const { showErrorMessage } = window;
  const told: string[] = [];
  window.showErrorMessage = (message: string) => {
    told.push(message);
    return Promise.resolve(undefined);
  };
  try {
    await run();
  } finally {
    window.showErrorMessage = showErrorMessage;
  }
  return told;
}
