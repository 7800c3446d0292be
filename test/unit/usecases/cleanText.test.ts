import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanProse, isVisible, lengthOf } from '../../../src/incident/cleanText.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const hostile = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom('\u202e', '\u200b', '\r\n', '\u0000', '\u001b[2J', '\u2028', '\ud800', '\ufeff', ' '),
    ),
  )
  .map((parts) => parts.join(''));

describe('text from outside', () => {
  it('as a line has no control, direction mark or line end, and is clean at once', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
        expect(line).toBe(line.trim());
        expect(cleanLine(line)).toBe(line);
      }),
    );
  });

  it('as prose keeps its lines and tabs, and nothing else that controls', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const prose = cleanProse(text);
        expect(prose.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(cleanProse(prose)).toBe(prose);
      }),
    );
  });

  it.each([
    ['\n\n  indented\r\n\tcode  \n\n', '  indented\n\tcode'],
    ['a\rb\u2029c', 'a\nb\nc'],
  ])('prose %j', (text, clean) => {
    expect(cleanProse(text)).toBe(clean);
  });

  it.each([
    ['👨‍👩‍👧‍👦', true, 7],
    ['می‌خواهم', true, 8],
    ['🔥', true, 1],
    ['\u200d', false, 1],
    ['\u0301', false, 1],
    [' \u00a0\u3000', false, 3],
    ['', false, 0],
  ])('%j can be seen: %s', (text, visible, length) => {
    expect(isVisible(text)).toBe(visible);
    expect(lengthOf(text)).toBe(length);
  });
});
