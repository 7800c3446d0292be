import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { answerPrompts } from './answerPrompts.ts';
import { call, callOnRow, stateOf, withIncident } from './host.ts';

describe('an action item', () => {
  it('is edited, completed, reopened and dropped from its row', () =>
    withIncident({}, async ({ incident }) => {
      await call('addActionItem', { incident, title: 'Alert on the pool' });
      const [added] = (await stateOf(incident)).actions;
      assert.ok(added);
      const dueOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
      const row = { incident, action: added.id, deadline: `actionItem-${added.id}` };

      await answerPrompts([/^Title$/, 'Alert on pool saturation'], () => callOnRow('editActionItem', row));
      await answerPrompts([/^Due date$/, dueOn], () => callOnRow('editActionItem', row));
      assert.deepEqual(await itemOf(incident), {
        ...added,
        title: 'Alert on pool saturation',
        dueOn,
      });

      await callOnRow('completeActionItem', row);
      assert.equal((await itemOf(incident))?.outcome.kind, 'completed');
      await answerPrompts(['it went off for nothing'], () => callOnRow('reopenActionItem', row));
      assert.equal((await itemOf(incident))?.outcome.kind, 'open');
      await answerPrompts(['the pool is gone'], () => callOnRow('dropActionItem', row));
      assert.deepEqual((await itemOf(incident))?.outcome, {
        ...(await itemOf(incident))?.outcome,
        kind: 'dropped',
        reason: 'the pool is gone',
      });
    }));

  it('outlives its incident, and says what is to be done about one that is not there', () =>
    withIncident({}, async ({ incident }) => {
      await assert.rejects(call('completeActionItem', { incident, action: '0'.repeat(26) }), /action item/i);
      await call('addActionItem', { incident, title: 'Load test the pool' });
      await call('closeIncident', { incident, outcome: 'falseAlarm', reason: 'a test' });
      const item = await itemOf(incident);
      await callOnRow('completeActionItem', { incident, action: item?.id });
      assert.equal((await itemOf(incident))?.outcome.kind, 'completed');
    }));
});

async function itemOf(incident: string) {
  return (await stateOf(incident)).actions[0];
}
