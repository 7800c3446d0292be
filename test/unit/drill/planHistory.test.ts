import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDrillHistory, type DrillHistory } from '../../../src/drill/drillHistory.ts';
import { planHistory, type HistoryPlan, type PlannedCommit } from '../../../src/drill/planHistory.ts';
import { epochMsOf, hourMs, minuteMs } from '../../../src/incident/isoTime.ts';
import { drillNow, templatesDirectory } from './drillFixture.ts';

let history: DrillHistory;
let plan: HistoryPlan;

beforeAll(async () => {
  history = await readDrillHistory(templatesDirectory);
  plan = planHistory(history.commits, history.finalTree, drillNow);
});

const minutesAgo = (commit: PlannedCommit): number =>
  (epochMsOf(drillNow) - commit.date.epochSeconds * 1000) / minuteMs;
const onMain = (): readonly PlannedCommit[] => plan.commits.filter(({ branch }) => branch === 'main');
const inWindow = (): readonly PlannedCommit[] => onMain().filter((commit) => minutesAgo(commit) <= 4 * 60);
const touching = (pattern: RegExp): readonly string[] =>
  inWindow()
    .filter(({ changes }) => changes.some(({ path }) => pattern.test(path)))
    .map(({ message }) => message.split('\n')[0] ?? '');

describe('the history of the drill', () => {
  it('has a few dozen commits of five people over six days', () => {
    expect(plan.commits.length).toBeGreaterThanOrEqual(35);
    expect(plan.commits.length).toBeLessThanOrEqual(45);
    expect(new Set(plan.commits.map(({ author }) => author)).size).toBe(5);
    expect(Math.max(...plan.commits.map(minutesAgo)) / (24 * 60)).toBeGreaterThan(5.5);
  });

  it('changes files in every commit, each time to something new', () => {
    for (const { changes, message } of plan.commits) expect(changes, message).not.toHaveLength(0);
  });

  it('holds in the last four hours what an investigation looks for', () => {
    expect(touching(/^config\/production\.yaml$/)).toEqual(['Ask for fewer database connections']);
    expect(touching(/^config\/flags\.json$/)).toEqual(['Turn the volume discount on']);
    expect(touching(/^migrations\//)).toEqual(['Drop the coupon column']);
    expect(touching(/^package-lock\.json$/)).toEqual(['Bump @types/node to 24 and typescript to 5.9', 'Release 1.9.0']);
    expect(touching(/^src\/receipts\.js$/)).toContain('Link the loyalty points in the receipt');
    expect(inWindow().some(({ parents }) => parents.length === 2)).toBe(true);
  });

  it('begins to read an environment variable that is set nowhere', () => {
    const readers = [...plan.head.tree].filter(([, text]) => text.includes('LOYALTY_URL')).map(([path]) => path);
    expect(readers).toEqual(['src/receipts.js']);
  });

  it('breaks about 40 minutes ago, with innocent commits after it and nothing that gives it away', () => {
    expect(minutesAgo(plan.cause)).toBe(43);
    const later = onMain().slice(onMain().indexOf(plan.cause) + 1);
    expect(later.length).toBeGreaterThanOrEqual(2);
    expect(plan.cause.message).not.toMatch(/drill|leak|pool|connection|break|bug/i);
  });

  it('releases the cause', () => {
    expect(onMain().flatMap(({ tag }) => tag ?? [])).toEqual(['v1.8.0', 'v1.8.1', 'v1.8.2', 'v1.9.0']);
    expect(plan.commits.find(({ tag }) => tag === 'v1.9.0')?.parents).toEqual([plan.cause.id]);
  });

  it('names the commit that a revert takes back', () => {
    const [revert] = plan.commits.filter(({ message }) => message.startsWith('Revert'));
    const reverted = plan.commits.find(({ name }) => name === '20-retry-payments');
    expect(revert?.message).toContain(`This reverts commit ${reverted?.id}.`);
  });

  it('says nowhere that it is an exercise, but for the folder it keeps its state in', () => {
    for (const { tree, message } of plan.commits) {
      const everything = [message, ...tree.values()].join('\n').replaceAll('.drill', '');
      expect(everything).not.toMatch(/mayday|incident response|exercise/i);
    }
  });

  it('runs forward in time on main, whatever the moment it is made at', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (date) => {
          const { commits } = planHistory(history.commits, history.finalTree, date.toISOString());
          const times = commits.filter(({ branch }) => branch === 'main').map((commit) => commit.date.epochSeconds);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(Math.max(...times) * 1000).toBeLessThanOrEqual(date.getTime());
          expect(date.getTime() - Math.min(...times) * 1000).toBeLessThan(7 * 24 * hourMs);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the same for the same moment, and another for another', () => {
    const again = planHistory(history.commits, history.finalTree, drillNow);
    expect(again.commits.map(({ id }) => id)).toEqual(plan.commits.map(({ id }) => id));
    const other = planHistory(history.commits, history.finalTree, '2026-03-04T14:07:10.000Z');
    expect(other.head.id).not.toBe(plan.head.id);
  });

  it('names the commit that does not fit the last revision', () => {
    const tree = new Map([...history.finalTree, ['src/routes.js', 'export const routes = {};\n']]);
    expect(() => planHistory(history.commits, tree, drillNow)).toThrow('44-cache-products.diff does not fit');
  });
});
