import { describe, expect, it } from 'vitest';
import { parseTimeText } from '../../../src/editor/parseTimeText.ts';

const now = '2026-11-23T08:30:00.000Z';
const zone = 'Europe/Berlin';

describe('times as people type them', () => {
  it.each([
    ['now', now],
    ['20m', '2026-11-23T08:10:00.000Z'],
    ['20', '2026-11-23T08:10:00.000Z'],
    ['20 min ago', '2026-11-23T08:10:00.000Z'],
    ['1h30m ago', '2026-11-23T07:00:00.000Z'],
    ['2 days', '2026-11-21T08:30:00.000Z'],
    ['09:05', '2026-11-23T08:05:00.000Z'],
    ['9:05', '2026-11-23T08:05:00.000Z'],
    ['23:05', '2026-11-22T22:05:00.000Z'],
    ['0905', '2026-11-23T08:05:00.000Z'],
    ['9.05', '2026-11-23T08:05:00.000Z'],
    ['09:05:30', '2026-11-23T08:05:30.000Z'],
    ['yesterday 14:05', '2026-11-22T13:05:00.000Z'],
    ['120', '2026-11-23T06:30:00.000Z'],
    ['08:05 UTC', '2026-11-23T08:05:00.000Z'],
    ['2026-11-20 14:05', '2026-11-20T13:05:00.000Z'],
    ['2026-11-20 14:05 UTC', '2026-11-20T14:05:00.000Z'],
    ['2026-11-20T14:05:00+02:00', '2026-11-20T12:05:00.000Z'],
  ])('reads %j as %s', (text, time) => {
    expect(parseTimeText(text, now, zone)).toBe(time);
  });

  it.each([
    ['30m', '2026-11-23T09:00:00.000Z'],
    ['in 1h', '2026-11-23T09:30:00.000Z'],
    ['10:00', '2026-11-23T09:00:00.000Z'],
    ['09:00', '2026-11-24T08:00:00.000Z'],
  ])('reads %j ahead as %s', (text, time) => {
    expect(parseTimeText(text, now, zone, 'future')).toBe(time);
  });

  it.each(['', 'soon', '25:00', '2026-13-01 10:00', '10 bananas', '--5m', '1h banana', '2560', '12345', 'yesterday'])(
    'does not guess at %j',
    (text) => {
      expect(parseTimeText(text, now, zone)).toBeUndefined();
    },
  );
});
