import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/incident/words.ts';
import { verdicts } from '../../../src/incident/words.ts';
import { judgeObservations, worstFirst } from '../../../src/signals/judgeObservations.ts';
import type { Observation } from '../../../src/signals/observation.ts';

const at = '2026-11-30T10:00:00.000Z';
const seen = (verdict: Verdict, subject: string, since?: string): Observation => ({
  ...{ id: subject, subject, name: 'health', verdict, text: `is ${verdict}`, source: 'here', at },
  ...(since === undefined ? {} : { since }),
});
const nothing = 'Nothing is configured.';

describe('the verdict of a check', () => {
  it.each<[readonly Verdict[], Verdict, string]>([
    [[], 'unknown', nothing],
    [['ok'], 'ok', 'a health is ok.'],
    [['ok', 'ok'], 'ok', '2 looked at, all fine.'],
    [['ok', 'notApplicable'], 'ok', 'a health is ok.'],
    [['notApplicable'], 'notApplicable', 'a health is notApplicable.'],
    [['unknown'], 'unknown', 'Not seen: a health is unknown.'],
    [['ok', 'unknown'], 'unknown', 'a health is ok. Not seen: b health is unknown.'],
    [['ok', 'suspicious'], 'suspicious', 'b health is suspicious. 1 other is fine.'],
    [['suspicious', 'bad', 'ok', 'ok'], 'bad', 'b health is bad; a health is suspicious. 2 others are fine.'],
    [
      ['bad', 'bad', 'bad', 'unknown'],
      'bad',
      'a health is bad; b health is bad; 1 more. Not seen: d health is unknown.',
    ],
  ])('of %j is %s', (list, verdict, summary) => {
    const observations = list.map((one, index) => seen(one, 'abcd'[index] ?? ''));
    expect(judgeObservations(observations, nothing)).toEqual({ verdict, summary });
  });

  it('is never ok where something was not seen, whatever the order', () => {
    const some = fc.array(fc.constantFrom(...verdicts), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, (list) => {
        const { verdict } = judgeObservations(
          list.map((one, index) => seen(one, String(index))),
          nothing,
        );
        const [worst] = (['bad', 'suspicious', 'unknown', 'ok', 'notApplicable'] as const).filter((one) =>
          list.includes(one),
        );
        expect(verdict).toBe(worst);
      }),
    );
  });
});

describe('the order', () => {
  it('of one verdict, what became so last is first, and what nobody dated may have begun just now', () => {
    const observations = [
      seen('suspicious', 'week', '2026-11-23T09:00:00.000Z'),
      seen('ok', 'fine'),
      seen('suspicious', 'fresh', '2026-11-30T09:50:00.000Z'),
      seen('suspicious', 'undated'),
      seen('bad', 'broken', '2026-11-22T09:00:00.000Z'),
      seen('unknown', 'unseen'),
    ];
    expect(worstFirst(observations).map(({ subject }) => subject)).toEqual([
      ...['broken', 'undated', 'fresh', 'week', 'unseen', 'fine'],
    ]);
  });

  it('is the one they came in where nothing decides', () => {
    const observations = ['c', 'a', 'b'].map((subject) => seen('ok', subject));
    expect(worstFirst(observations)).toEqual(observations);
  });
});
