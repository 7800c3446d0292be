import { expect, it } from 'vitest';
import { clockAheadMs, clockSkewText } from '../../../../src/signals/metrics/clockSkew.ts';

const ms = Date.parse('2026-03-04T14:00:00.000Z');

it.each<[date: string | undefined, askedMs: number, answeredMs: number, ahead: number | undefined]>([
  [undefined, ms, ms, undefined],
  ['yesterday', ms, ms, undefined],
  ['Wed, 04 Mar 2026 14:00:00 GMT', ms, ms + 999, undefined],
  ['Wed, 04 Mar 2026 14:00:02 GMT', ms, ms, 3_000],
  ['Wed, 04 Mar 2026 14:00:04 GMT', ms, ms + 8_000, undefined],
  ['Wed, 04 Mar 2026 12:00:00 GMT', ms, ms + 100, -7_200_000],
  ['Wed, 04 Mar 2026 14:10:00 GMT', ms, ms + 100, 600_000],
])('%s, asked at %d and answered at %d: %s ms ahead', (date, askedMs, answeredMs, ahead) => {
  expect(clockAheadMs(date, { askedMs, answeredMs })).toBe(ahead);
});

it('says which way', () => {
  expect([-7_200_000, 600_000].map((ahead) => clockSkewText('the service', ahead))).toEqual([
    "The clock of the service is 2 h behind this machine's",
    "The clock of the service is 10 min ahead of this machine's",
  ]);
});
