import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { addActionItem, decideAddActionItem } from '../../../src/learn/addActionItem.ts';
import { completeActionItem, decideCompleteActionItem } from '../../../src/learn/completeActionItem.ts';
import { decideDropActionItem, dropActionItem } from '../../../src/learn/dropActionItem.ts';
import { decideEditActionItem, editActionItem } from '../../../src/learn/editActionItem.ts';
import { decideRecordReview, recordReview } from '../../../src/learn/recordReview.ts';
import { decideCompletePostMortem } from '../../../src/learn/completePostMortem.ts';
import { decideReopenActionItem, reopenActionItem } from '../../../src/learn/reopenActionItem.ts';
import { carriedOut, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';

const day = 24 * 60;
const action = '01JD0000000000000000000001';
const add = (args: object = {}) =>
  decideAddActionItem(addActionItem.args.parse({ title: 'Alert on pools', ...args }), action);
const edit = (args: object) => decideEditActionItem(editActionItem.args.parse({ action, ...args }));
const complete = decideCompleteActionItem(completeActionItem.args.parse({ action }));
const drop = decideDropActionItem(dropActionItem.args.parse({ action, reason: 'Replaced by another' }));
const reopen = decideReopenActionItem(reopenActionItem.args.parse({ action, reason: 'It broke again' }));

function resolved(zone = 'UTC'): EventLog {
  const log = eventLog();
  log.open();
  log.declare('SEV1', { policy: builtInPolicy(zone) });
  log.resolve({ at: 60 });
  return log;
}

function withAction(): EventLog {
  const log = resolved();
  carriedOut(add({ dueOn: '2026-12-01' }), log, 70);
  return log;
}

const actionOf = (log: EventLog) => log.state().actions[0];

describe('when an action item is due', () => {
  it.each([
    ['two sprints after the resolution', 70, {}, '2026-12-21'],
    ['the day that is asked for', 70, { dueOn: '2026-12-01' }, '2026-12-01'],
    ['today', 70, { dueOn: '2026-11-23' }, '2026-11-23'],
    ['the last possible day', 70, { dueOn: '2026-12-21' }, '2026-12-21'],
    ['today, when it is found too late', 40 * day, {}, '2027-01-02'],
  ])('%s', (_case, minutes, args, dueOn) => {
    const log = resolved();
    carriedOut(add(args), log, minutes);
    expect(actionOf(log)?.dueOn).toBe(dueOn);
  });

  it('counts from now while nothing is resolved, in the policy’s zone', () => {
    const log = eventLog();
    log.declare('SEV1', { policy: builtInPolicy('Pacific/Auckland') });
    // 20:00 in UTC is the next morning in Auckland.
    carriedOut(add(), log, 14 * 60);
    expect(actionOf(log)?.dueOn).toBe('2026-12-22');
  });

  it.each([
    ['2026-12-22', 'An action item is due 2026-12-21 at the latest: 2 sprints of 14 days after the resolution.'],
    ['2026-11-22', 'An action item cannot be due on 2026-11-22: today is 2026-11-23.'],
  ])('%s is refused', (dueOn, message) => {
    expect(refusalOf(() => decided(add({ dueOn }), resolved(), 70))).toBe(`refused: ${message}`);
    expect(refusalOf(() => decided(edit({ dueOn }), withAction(), 70))).toBe(`refused: ${message}`);
  });
});

describe('the life of an action item', () => {
  it('goes on after the incident has ended', () => {
    const log = withAction();
    log.add('incident.closed', { outcome: 'completed' }, { at: 80 });
    carriedOut(edit({ owner: 'Grace', title: 'Alert on pools', dueOn: '2026-12-02', reason: 'Holiday' }), log, 90);
    expect(log.events.at(-1)?.data).toEqual({ action, owner: 'Grace', dueOn: '2026-12-02', reason: 'Holiday' });
    carriedOut(complete, log, 2 * day);
    expect(actionOf(log)?.outcome).toMatchObject({ kind: 'completed', at: after(2 * day) });
    carriedOut(reopen, log, 3 * day);
    expect(actionOf(log)?.outcome).toEqual({ kind: 'open' });
    carriedOut(drop, log, 4 * day);
    expect(actionOf(log)?.outcome).toMatchObject({ kind: 'dropped', reason: 'Replaced by another' });
  });

  it('keeps a due date that has passed when something else is edited', () => {
    const log = withAction();
    carriedOut(edit({ owner: 'Grace', dueOn: '2026-12-01' }), log, 20 * day);
    expect(actionOf(log)).toMatchObject({ owner: 'Grace', dueOn: '2026-12-01' });
  });

  it.each([
    ['edited without a wish', [], edit({}), /^invalidArgument: Nothing to change/],
    ['edited when done', [complete], edit({ owner: 'Grace' }), /^refused: “Alert on pools” is completed already/],
    ['completed twice', [complete], complete, /^refused: “Alert on pools” is completed already/],
    ['dropped when done', [complete], drop, /^refused: “Alert on pools” is completed already/],
    ['reopened when open', [], reopen, /^refused: “Alert on pools” is open already/],
    ['completed when dropped', [drop], complete, /^refused: “Alert on pools” is dropped already/],
  ])('is not %s', (_case, before, wish, message) => {
    const log = withAction();
    for (const decision of before) carriedOut(decision, log, 80);
    expect(refusalOf(() => decided(wish, log, 90))).toMatch(message);
  });

  it('needs an item that is there', () => {
    expect(refusalOf(() => decided(complete, resolved(), 90))).toBe(`notFound: There is no action item ${action}.`);
  });
});

describe('the review', () => {
  const review = (args: object = {}) => decideRecordReview(recordReview.args.parse(args));

  it('stops its clock when it was held', () => {
    const log = resolved();
    const state = carriedOut(review({ heldAt: after(3 * day), attendees: ['Ada', 'Grace', 'Ada'] }), log, 9 * day);
    expect(state.review).toMatchObject({ heldAt: after(3 * day), attendees: ['Ada', 'Grace'] });
    expect(log.ledger('review')[0]?.outcome).toEqual({ kind: 'met', at: after(3 * day) });
    expect(refusalOf(() => decided(review(), log, 10 * day))).toMatch(/^refused: A review is recorded/);
  });

  it('is not recorded before it was held or the incident resolved', () => {
    expect(refusalOf(() => decided(review({ heldAt: after(day) }), resolved(), 90))).toMatch(/in the future/);
    const log = eventLog();
    log.declare('SEV1');
    expect(refusalOf(() => decided(review(), log, 90))).toBe('refused: The incident is not resolved.');
  });
});

describe('completing the post-mortem', () => {
  it('needs one, after the resolution, once', () => {
    const log = resolved();
    const wish = decideCompletePostMortem();
    expect(refusalOf(() => decided(wish, log, 90))).toBe('refused: There is no post-mortem yet.');
    log.add('postMortem.written', { document: 'x/post-mortem.md', sha256: 'a'.repeat(64) }, { at: 90 });
    const state = carriedOut(wish, log, 100);
    expect(state.postMortem).toMatchObject({ document: 'x/post-mortem.md', completedAt: after(100) });
    expect(log.ledger('postMortem')[0]?.outcome.kind).toBe('met');
    expect(refusalOf(() => decided(wish, log, 110))).toBe(
      'refused: The post-mortem was completed 2026-11-23 07:40 UTC.',
    );
  });
});
