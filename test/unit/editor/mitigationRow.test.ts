import { describe, expect, it } from 'vitest';
import { mitigationRow } from '../../../src/editor/rows/workRows.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

function tried(outcome: 'worked' | 'noEffect'): EventLog {
  const log = eventLog();
  log.open();
  log.declare('SEV2');
  log.add('mitigation.finished', { mitigation: ulidOf(after(5), 77), what: 'Roll back', outcome }, { at: 6 });
  return log;
}

function rowOf(log: EventLog) {
  const state = log.state();
  const now = after(45);
  const { description, children = [] } = mitigationRow({
    id: toIncidentId(ulidOf(monday, 20))!,
    ...{
      state,
      now,
      zone: 'UTC',
      deadlines: deadlinesOf(state, now).deadlines,
      problems: [],
      drafts: [],
      changes: undefined,
      configuration: undefined,
    },
  });
  return { description, suggestions: children.filter(({ icon }) => icon?.id === 'lightbulb').length };
}

describe('the row of step 4', () => {
  it('says mitigated, and suggests nothing more, once something worked', () => {
    expect(rowOf(tried('worked'))).toEqual({ description: 'mitigated', suggestions: 0 });
  });

  it('suggests what to try while nothing worked', () => {
    expect(rowOf(tried('noEffect'))).toEqual({ description: '1 tried, none worked', suggestions: 5 });
  });

  it('suggests again what to try when it was reopened, and is not called mitigated', () => {
    const log = tried('worked');
    log.resolve({ at: 30 });
    expect(rowOf(log)).toEqual({ description: 'mitigated', suggestions: 0 });
    log.add('incident.reopened', { reason: 'Slow again', due: [] }, { at: 40 });
    expect(rowOf(log)).toEqual({ description: '1 tried, and it goes on', suggestions: 5 });
  });

  it('does so too when the status went back by hand', () => {
    const log = tried('worked');
    log.add('status.changed', { to: 'investigating' }, { at: 20 });
    expect(rowOf(log)).toEqual({ description: '1 tried, and it goes on', suggestions: 5 });
  });
});
