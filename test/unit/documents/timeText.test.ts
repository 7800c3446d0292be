import { describe, expect, it } from 'vitest';
import { formatDuration, formatOffset, formatTime } from '../../../src/documents/timeText.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatTime', () => {
  it.each([
    ['2026-11-23T06:45:00.000Z', 'Europe/Berlin', '2026-11-23 06:45 UTC (07:45 CET)'],
    ['2026-07-23T06:45:00.000Z', 'Europe/Berlin', '2026-07-23 06:45 UTC (08:45 CEST)'],
    ['2026-11-23T23:45:00.000Z', 'Europe/Berlin', '2026-11-23 23:45 UTC (2026-11-24 00:45 CET)'],
    ['2026-11-23T03:45:00.000Z', 'America/New_York', '2026-11-23 03:45 UTC (2026-11-22 22:45 EST)'],
    ['2026-11-23T06:45:59.999Z', 'Asia/Kolkata', '2026-11-23 06:45 UTC (12:15 IST)'],
    ['2026-11-23T06:45:00.000Z', 'Asia/Tokyo', '2026-11-23 06:45 UTC (15:45 UTC+09:00)'],
    ['2026-11-23T06:45:00.000Z', 'Europe/London', '2026-11-23 06:45 UTC (06:45 GMT)'],
    ['2026-10-25T00:30:00.000Z', 'Europe/Berlin', '2026-10-25 00:30 UTC (02:30 CEST)'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Berlin', '2026-10-25 01:30 UTC (02:30 CET)'],
    ['3000-01-01T00:00:00.000Z', 'UTC', '3000-01-01 00:00 UTC'],
    ['2026-11-23T06:45:00.000Z', 'Etc/UTC', '2026-11-23 06:45 UTC'],
    ['2026-11-23T06:45:00.000Z', 'Mars/Olympus', '2026-11-23 06:45 UTC'],
    ['yesterday', 'Europe/Berlin', 'yesterday'],
  ])('%s in %s reads %s', (time, zone, text) => {
    expect(formatTime(time, zone)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [42 * second, '42 s'],
    [4 * minute + 30 * second, '4 min 30 s'],
    [5 * minute, '5 min'],
    [12 * minute + 59 * second, '12 min'],
    [hour, '1 h'],
    [hour + 12 * minute, '1 h 12 min'],
    [day, '1 d'],
    [3 * day + 4 * hour + 59 * minute, '3 d 4 h'],
    [-12 * minute, '−12 min'],
    [-500, '0 s'],
    [Number.NaN, 'unknown'],
    [Number.POSITIVE_INFINITY, 'unknown'],
  ])('%d ms reads %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatOffset', () => {
  it.each([
    [0, '+00:00'],
    [12 * minute, '+00:12'],
    [-30 * second, '+00:00'],
    [-9 * minute, '−00:09'],
    [day + 2 * hour + 10 * minute, '+1 d 02:10'],
    [-(day + 2 * hour + 10 * minute), '−1 d 02:10'],
    [Number.NaN, 'unknown'],
  ])('%d ms reads %s', (offsetMs, text) => {
    expect(formatOffset(offsetMs)).toBe(text);
  });
});
