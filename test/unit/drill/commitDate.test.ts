import { describe, expect, it } from 'vitest';
import { dateOf } from '../../../src/drill/commitDate.ts';

const isoOf = (date: string, now: string): string => new Date(dateOf(date, now).epochSeconds * 1000).toISOString();

describe('the date of a commit', () => {
  it.each([
    ['43 min ago +0100', '2026-03-04T14:07:09.000Z', '2026-03-04T13:24:09.000Z'],
    ['3 h 40 min ago -0500', '2026-03-04T02:00:00.900Z', '2026-03-03T22:20:00.000Z'],
    ['2 days ago 16:20 +0100', '2026-03-04T14:07:09.000Z', '2026-03-02T15:20:00.000Z'],
    ['1 day ago 07:55 -0500', '2026-03-01T00:00:00.000Z', '2026-02-28T12:55:00.000Z'],
    ['6 days ago 00:10 +0530', '2026-03-08T09:00:00.000Z', '2026-03-01T18:40:00.000Z'],
  ])('%s at %s is %s', (date, now, expected) => {
    expect(isoOf(date, now)).toBe(expected);
  });

  it('keeps the author’s offset', () => {
    expect(dateOf('5 min ago +0530', '2026-03-04T14:07:09.000Z').zone).toBe('+0530');
  });

  it.each(['yesterday', '3 h ago +0100', '2 days ago 16:20'])('refuses %s', (date) => {
    expect(() => dateOf(date, '2026-03-04T14:07:09.000Z')).toThrow('No date of a commit');
  });
});
