import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrace } from '../../../../src/changes/stackTrace/parseTrace.ts';

const pieces = [
  ...['    at ', 'async ', 'new ', ' (', ')', '<anonymous>', 'eval at x (', ':1:2', ':12', '@', 'https://', 'file:///'],
  ...['webpack://', 'node:', 'Error: ', '[cause]: ', 'Caused by: ', 'a.b.', 'Traceback (most recent call last):\n'],
  ...[
    '  File "',
    '", line 3',
    ', in f',
    '  | ',
    '  +-+---- 1 ----',
    'com.acme.',
    'Foo$',
    'Foo.java',
    'goroutine 1 [running]:\n',
  ],
  ...[
    'main.f(',
    '\t/app/x.go:3',
    ' +0x1f',
    '#0 ',
    '/app/x.php(3): ',
    ' in /x.php:3',
    "x.rb:3:in 'f'",
    '---> ',
    ' in X.cs:line 3',
  ],
  ...[
    "thread 'main' panicked at ",
    'stack backtrace:\n',
    '  0: ',
    '{"stack":"',
    '\\n',
    '\\"',
    '"}',
    '\n',
    '\u001b[31m',
    '\u0000',
    '%',
    '$(',
  ],
];

describe('hostile text', () => {
  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(['trace', 'nothing']).toContain(parseTrace(text).kind);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const trace = parseTrace(parts.join(''));
        if (trace.kind === 'nothing') return;
        for (const { line, column } of trace.errors.flatMap(({ frames }) => frames)) {
          expect(line === undefined || (Number.isSafeInteger(line) && line > 0)).toBe(true);
          expect(column === undefined || (Number.isSafeInteger(column) && column > 0)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  // Each would take hours with an expression that goes back over what it has read.
  it.each([
    ['one line', (part: string) => part.repeat(1_000_000 / part.length)],
    ['many lines', (part: string) => `${part.repeat(80)}\n`.repeat(1_000_000 / (part.length * 80 + 1))],
  ])(
    'is read in time that follows its size: %s',
    (_how, made) => {
      for (const part of [
        ...pieces,
        'a',
        ' ',
        'a.',
        'a:',
        'a/',
        '(a',
        'A.b$',
        '"\\',
        '{',
        '[',
        '\\\\n ',
        'at a.b(',
        ' at (x:1:',
      ]) {
        expect(() => parseTrace(made(part)), part).not.toThrow();
      }
    },
    60_000,
  );

  it('keeps lists short', () => {
    const errors = Array.from({ length: 500 }, (_, n) => `E${n}Error: ${n}\n    at f (/a.js:${n + 1}:1)\n`).join('');
    const deep = `RangeError: deep\n${Array.from({ length: 3000 }, (_, n) => `    at f (/a.js:${n + 1}:1)\n`).join('')}`;
    const [many, long] = [parseTrace(errors), parseTrace(deep)];
    expect(many.kind === 'trace' && many.errors.length).toBe(100);
    expect(long.kind === 'trace' && long.errors[0]?.frames.length).toBe(500);
  });
});
