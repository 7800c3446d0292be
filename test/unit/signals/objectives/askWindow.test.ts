import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import type { AskedObjective } from '../../../../src/signals/objectives/askedObjective.ts';
import { askWindow, badRatioOf, windowQuery } from '../../../../src/signals/objectives/askWindow.ts';

const objective: AskedObjective = {
  name: 'availability',
  target: 0.99,
  windowDays: 30,
  queries: { count: 'bad', query: 'bad[$window]', total: 'all[$window]' },
  notes: [],
};
const never = new AbortController().signal;

const answering = (parts: Readonly<Record<string, number>>) => ({
  instant: () =>
    Promise.resolve({
      series: Object.entries(parts).map(([part, value]) => ({ labels: { part }, points: [[0, value]] as const })),
      warnings: ['odd'],
    }),
});

it('asks for all parts of a window at once', () => {
  expect(windowQuery(objective, 360)).toBe(
    'label_replace(sum(all[6h]), "part", "total", "", "") or ' +
      'label_replace(sum(bad[6h]), "part", "counted", "", "") or ' +
      'label_replace(count_over_time((sum(all[5m]))[6h:2m]), "part", "data", "", "")',
  );
});

describe('a window', () => {
  it.each([
    ['seen', { total: 10, counted: 1, data: 180 }, { kind: 'seen', burn: 10 }],
    ['nothing bad', { total: 10, data: 180 }, { kind: 'seen', burn: 0 }],
    ['a gap of a restart', { total: 10, data: 171 }, { kind: 'seen' }],
    ['half of it', { total: 10, counted: 1, data: 90 }, { kind: 'partial', burn: 10, coveredMinutes: 180 }],
    ['no data', {}, { kind: 'unknown', reason: 'no data in the last 6 h' }],
    ['no requests', { total: 0, counted: 0, data: 180 }, { kind: 'unknown', reason: 'no requests in the last 6 h' }],
    ['more bad than all', { total: 1, counted: 2, data: 180 }, { kind: 'unknown' }],
    ['NaN', { total: NaN, counted: NaN, data: 180 }, { kind: 'unknown' }],
    ['infinity', { total: Infinity, counted: 1, data: 180 }, { kind: 'unknown' }],
    ['a negative rate', { total: 1, counted: -1, data: 180 }, { kind: 'unknown' }],
  ])('%s', async (_, parts, burn) => {
    const asked = await askWindow(answering(parts), objective, 360, never);
    if ('burn' in burn) expect(asked.burn).toMatchObject({ ...burn, burn: expect.closeTo(burn.burn, 9) as number });
    else expect(asked.burn).toMatchObject(burn);
    expect(asked.warnings).toEqual(['odd']);
  });

  it('that fails says why; cancelling is passed on', async () => {
    const failing = (error: Error) => ({ instant: () => Promise.reject(error) });
    const refused = new IncidentError('outside', 'shop refused.', { hint: 'Ask again.' });
    expect((await askWindow(failing(refused), objective, 360, never)).burn).toEqual({
      kind: 'unknown',
      reason: 'shop refused. Ask again',
    });
    const cancelled = new IncidentError('cancelled', 'Cancelled.');
    await expect(askWindow(failing(cancelled), objective, 360, never)).rejects.toBe(cancelled);
    await expect(askWindow(failing(new TypeError('bug')), objective, 360, never)).rejects.toThrow('bug');
  });
});

it('the share of bad requests is one from 0 to 1, or unknown, whatever a server tells', () => {
  const value = fc.oneof(fc.double(), fc.constant(undefined), fc.double({ min: 0, max: 10 }));
  fc.assert(
    fc.property(fc.constantFrom('bad', 'good'), value, value, (count, total, counted) => {
      const ratio = badRatioOf(count, total, counted);
      if (ratio === undefined) return;
      expect(ratio).toBeGreaterThanOrEqual(0);
      expect(ratio).toBeLessThanOrEqual(1);
    }),
  );
});
