import { describe, expect, it } from 'vitest';
import { traceSummary } from '../../../support/builders/traceSummary.ts';

describe('what stands before an error', () => {
  it.each([
    'error: TypeError: boom',
    '[2026-11-23T10:00:00.123] [ERROR] default - TypeError: boom',
    '2026-11-23T10:00:00.123Z ERROR [api] TypeError: boom',
    'Unhandled error: TypeError: boom',
    '(node:1) UnhandledPromiseRejectionWarning: TypeError: boom',
    'error: Uncaught (in promise) TypeError: boom',
    'Failed: TypeError: boom',
    'error: TypeError [ERR_X]: boom',
  ])('%s', (line) => {
    expect(traceSummary(`${line}\n    at f (/app/a.js:1:1)`)).toBe('javascript\nTypeError: boom\n- f /app/a.js:1:1');
  });

  it.each([
    ['error: duplicate key', 'error: duplicate key'],
    ['  driverError: error: duplicate key', 'error: duplicate key'],
    ['error: PoolTimeout: 8 of 8', 'PoolTimeout: 8 of 8'],
    ['Failed to load: TimeoutError', 'TimeoutError: '],
    ['GET / 500 Internal Server Error', ': '],
  ])('%s', (line, read) => {
    expect(traceSummary(`${line}\n    at f (/app/a.js:1:1)`)).toBe(`javascript\n${read}\n- f /app/a.js:1:1`);
  });

  it.each([
    ['2026-11-23T10:00:00.000Z error: TypeError: a', '2026-11-23T10:00:01.000Z error: RangeError: b'],
    ['Failed to load: TypeError: a', 'GET /x 500\nFailed to load: RangeError: b'],
    ['TypeError: a', '  driverError: RangeError: b'],
  ])('makes no chain of calls of two errors: %s, %s', (first, second) => {
    const text = `${first}\n    at f (/app/a.js:1:1)\n${second}\n    at g (/app/b.js:2:2)\n`;
    expect(traceSummary(text)).toBe('javascript\nTypeError: a\n- f /app/a.js:1:1\nRangeError: b\n- g /app/b.js:2:2');
  });
});
