import { describe, expect, it } from 'vitest';
import { HttpError } from '../../../src/connect/httpError.ts';
import { IncidentError } from '../../../src/incident/incidentError.ts';
import { comparisonLimits, lookPart } from '../../../src/signals/lookPart.ts';

const never = () => new Promise<never>(() => undefined);
const limits = (signal = new AbortController().signal) => comparisonLimits('Prometheus', 100, signal);

describe('a part of a look', () => {
  it('is told', async () => {
    expect(await lookPart(() => Promise.resolve(7), limits())).toEqual({ kind: 'told', value: 7 });
  });

  it('that fails is missing, with the reason', async () => {
    const error = new HttpError('otherStatus', 'Prometheus answered 422.', { hint: 'Ask for less.' });
    expect(await lookPart(() => Promise.reject(error), limits())).toEqual({
      kind: 'missing',
      why: 'Prometheus answered 422. Ask for less',
    });
  });

  it('that is silent is missing when its share of the time is over, whether it listens or not', async () => {
    const startedMs = performance.now();
    const shared = limits();
    expect(await lookPart(never, shared)).toEqual({ kind: 'missing', why: 'Prometheus took too long' });
    expect(performance.now() - startedMs).toBeLessThan(1000);
    let asked = false;
    const late = await lookPart(() => Promise.resolve((asked = true)), shared);
    expect([late.kind, asked]).toEqual(['missing', false]);
  });

  it('ends the look when a person cancels it, or when nobody foresaw what happened', async () => {
    const cancel = new AbortController();
    const cancelled = new IncidentError('cancelled', 'It was cancelled.');
    const listening = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(cancelled);
        });
      });
    const looking = lookPart(listening, limits(cancel.signal));
    cancel.abort();
    await expect(looking).rejects.toBe(cancelled);
    const bug = new TypeError('x is not a function');
    await expect(lookPart(() => Promise.reject(bug), limits())).rejects.toBe(bug);
  });
});
