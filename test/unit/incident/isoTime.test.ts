import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { epochMsOf, isIsoTime, isoTimeOf, plusMs, toIsoTime } from '../../../src/incident/isoTime.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

describe('isIsoTime', () => {
  it.each([
    ['2026-11-23T06:01:02.003Z', true],
    ['2024-02-29T00:00:00.000Z', true],
    ['0000-01-01T00:00:00.000Z', true],
    ['9999-12-31T23:59:59.999Z', true],
    ['2026-02-29T00:00:00.000Z', false],
    ['2026-02-30T00:00:00.000Z', false],
    ['2026-04-31T00:00:00.000Z', false],
    ['2026-11-23T24:00:00.000Z', false],
    ['2026-13-01T00:00:00.000Z', false],
    ['2026-11-23T06:01:60.000Z', false],
    ['2026-11-23T06:01:02Z', false],
    ['2026-11-23T06:01:02.003+01:00', false],
    ['2026-11-23', false],
    ['+012026-11-23T06:01:02.003Z', false],
    [' 2026-11-23T06:01:02.003Z', false],
    ['2026-11-23T06:01:02.003Z\n', false],
    ['', false],
    [1_000, false],
    [null, false],
    [undefined, false],
    [['2026-11-23T06:01:02.003Z'], false],
  ])('%j → %s', (value, expected) => {
    expect(isIsoTime(value)).toBe(expected);
  });
});

describe('isoTimeOf', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [Number.NaN, '1970-01-01T00:00:00.000Z'],
    [Number.POSITIVE_INFINITY, '9999-12-31T23:59:59.999Z'],
    [Number.NEGATIVE_INFINITY, '0000-01-01T00:00:00.000Z'],
    [253_402_300_800_000, '9999-12-31T23:59:59.999Z'],
    [-62_167_219_200_001, '0000-01-01T00:00:00.000Z'],
  ])('%d → %s', (epochMs, expected) => {
    expect(isoTimeOf(epochMs)).toBe(expected);
  });

  it('always gives a time that can be stored and read back', () => {
    fc.assert(
      fc.property(fc.double(), (epochMs) => {
        expect(isIsoTime(isoTimeOf(epochMs))).toBe(true);
      }),
    );
  });

  it('sorts as text in the order of time', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        expect(isoTimeOf(Math.min(a, b)) <= isoTimeOf(Math.max(a, b))).toBe(true);
      }),
    );
  });
});

describe('plusMs', () => {
  it.each([
    ['2026-12-31T23:59:59.999Z', 1, '2027-01-01T00:00:00.000Z'],
    ['2026-11-23T06:00:00.000Z', -3_600_000, '2026-11-23T05:00:00.000Z'],
    ['9999-12-31T23:00:00.000Z', 7_200_000, '9999-12-31T23:59:59.999Z'],
  ])('%s plus %d ms → %s', (time, durationMs, expected) => {
    expect(plusMs(time, durationMs)).toBe(expected);
  });

  it('is undone by its opposite inside the calendar', () => {
    const inner = fc.integer({ min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(inner, inner, (epochMs, durationMs) => {
        expect(epochMsOf(plusMs(plusMs(isoTimeOf(epochMs), durationMs), -durationMs))).toBe(epochMs);
      }),
    );
  });
});

describe('toIsoTime', () => {
  it.each([
    ['2026-11-23T06:01:02.003Z', '2026-11-23T06:01:02.003Z'],
    ['2026-11-23T06:01Z', '2026-11-23T06:01:00.000Z'],
    ['2026-11-23 06:01Z', '2026-11-23T06:01:00.000Z'],
    ['2026-11-23T06:01:02+05:30', '2026-11-23T00:31:02.000Z'],
    ['2026-11-23T06:01:02+0530', '2026-11-23T00:31:02.000Z'],
    ['2026-01-01T00:00:00+14:00', '2025-12-31T10:00:00.000Z'],
    ['2026-11-23T06:01:02', undefined],
    ['2026-02-30T06:01:02Z', undefined],
    ['2026-11-23', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ])('%j → %s', (text, expected) => {
    expect(toIsoTime(text)).toBe(expected);
  });

  it('is total, and what it gives can be stored', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = toIsoTime(text);
        expect(time === undefined || isIsoTime(time)).toBe(true);
      }),
    );
  });
});
