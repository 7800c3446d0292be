import { describe, expect, it } from 'vitest';
import { IncidentError } from '../../../src/incident/incidentError.ts';
import type { Observation } from '../../../src/signals/observation.ts';
import { observation } from '../../../src/signals/observation.ts';
import type { ObservationTask } from '../../../src/signals/observeAll.ts';
import { observeAll } from '../../../src/signals/observeAll.ts';

const at = '2026-11-30T10:00:00.000Z';
const label = (id: string) => ({ id, subject: 'shop', name: id, source: 'here' });
const fine = (id: string): Observation => ({ ...label(id), verdict: 'ok', text: 'is fine', at });
const task = (id: string, observe: ObservationTask['observe']): ObservationTask => ({ ...label(id), observe });
const good = (id: string) => task(id, () => Promise.resolve([fine(id)]));
const never = (id: string) => task(id, () => new Promise(() => undefined));
const limits = (more: object = {}) => ({ now: () => at, limitMs: 5000, signal: new AbortController().signal, ...more });

describe('looking at everything at once', () => {
  it('gives what was seen in the order of the tasks', async () => {
    const late = task('late', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [fine('late'), fine('late/2')];
    });
    expect((await observeAll([late, good('a')], limits())).map(({ id }) => id)).toEqual(['late', 'late/2', 'a']);
    expect(await observeAll([], limits())).toEqual([]);
  });

  it('what one fails at is what it saw, and the others go on', async () => {
    const failing = task('b', () =>
      Promise.reject(new IncidentError('outside', 'It refused.', { hint: 'Ask again.' })),
    );
    expect(await observeAll([failing, good('a')], limits())).toMatchObject([
      { id: 'b', verdict: 'unknown', text: 'is unknown: It refused. Ask again' },
      { id: 'a', verdict: 'ok' },
    ]);
  });

  it('what is not done within the limit says so, whether it listens or not', async () => {
    const listening = task(
      'b',
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
    );
    const text = 'is unknown: it was not done within 0.05 s';
    expect(await observeAll([never('a'), listening, good('c')], limits({ limitMs: 50 }))).toMatchObject([
      { id: 'a', verdict: 'unknown', text },
      { id: 'b', verdict: 'unknown', text },
      { id: 'c', verdict: 'ok' },
    ]);
  });

  it.each([['before'], ['while']])('is cancelled at once %s it looks', async (when) => {
    const ending = new AbortController();
    if (when === 'before') ending.abort();
    const looking = observeAll([never('a')], limits({ signal: ending.signal }));
    ending.abort();
    await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('what nobody foresaw is thrown', async () => {
    const broken = task('a', () => Promise.reject(new TypeError('undefined is no function')));
    await expect(observeAll([broken], limits())).rejects.toThrow(TypeError);
  });
});

it('an observation is harmless for a line, without credentials', () => {
  const hostile = observation({
    ...fine('shop/\u202ex\n'),
    ...{ text: 'x'.repeat(1000), details: Array.from({ length: 30 }, () => 'password=hunter2hunter2') },
  });
  expect(hostile.id).toBe('shop/x');
  expect(hostile.text.length).toBeLessThanOrEqual(300);
  expect(hostile.details).toHaveLength(20);
  expect(hostile.details?.join()).not.toContain('hunter2');
});
