import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { answerPrompts } from './answerPrompts.ts';
import { call, callOnRow, recordedEvents, stateOf, withIncident, type Brief } from './host.ts';

const ben = 'Ben Okafor <ben@example.org>';

describe('a handover', () => {
  it('changes the roles when the taker accepts, not before', () =>
    withIncident({}, async ({ incident }) => {
      const commander = (await stateOf(incident)).roles.incidentCommander;
      const { handover, document } = await call<Brief & { handover: string; document: string }>('handOver', {
        incident,
        to: ben,
        situation: 'Errors go on',
        tried: 'Restarting the pods',
        next: 'Roll back',
      });
      assert.equal((await stateOf(incident)).roles.incidentCommander, commander);
      const offered = readFileSync(document, 'utf8');
      for (const words of ['Errors go on', 'Restarting the pods', 'Roll back']) assert.ok(offered.includes(words));

      const asked = await answerPrompts([/^No, leave it open$/], () =>
        callOnRow('acceptHandover', { incident, handover }),
      );
      assert.match(asked.join(), /It is Ben Okafor who accepts/);
      assert.equal((await stateOf(incident)).roles.incidentCommander, commander);
      await answerPrompts([/^Yes, Ben Okafor accepts$/], () => callOnRow('acceptHandover', { incident, handover }));
      const state = await stateOf(incident);
      assert.equal(state.roles.incidentCommander, ben);
      assert.deepEqual(
        state.roleTerms.filter(({ role }) => role === 'incidentCommander').map(({ person }) => person),
        [commander, ben],
      );
      const accepted = readFileSync(document, 'utf8');
      assert.match(accepted, /^- \*\*Standing:\*\* accepted by Robin Case for Ben Okafor/m);
      assert.ok(accepted.includes('Restarting the pods'));
    }));

  it('declined leaves the roles, with the reason on record', () =>
    withIncident({}, async ({ incident, name }) => {
      const commander = (await stateOf(incident)).roles.incidentCommander;
      const { handover } = await call<Brief & { handover: string }>('handOver', {
        incident,
        to: ben,
        situation: 'Errors go on',
      });
      await answerPrompts(['asleep'], () => callOnRow('declineHandover', { incident, handover }));
      assert.equal((await stateOf(incident)).roles.incidentCommander, commander);
      const declined = recordedEvents(name).find(({ type }) => type === 'handover.declined');
      assert.equal(declined?.data['reason'], 'asleep');
    }));
});
