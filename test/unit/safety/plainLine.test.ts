import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeSlack } from '../../../src/safety/escapeSlack.ts';
import { plainLine } from '../../../src/safety/plainLine.ts';

describe('plainLine', () => {
  it.each([
    ['lines\r\nand\ttabs', 'lines and tabs'],
    ['\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007', 'click'],
    ['\u001b[2J\u001b[1;1Hgone', 'gone'],
    ['\u001b]0;unfinished', '\ufffd]0;unfinished'.replace('\ufffd]', '')],
    ['user\u202egnp.exe', 'usergnp.exe'],
    ['a\u0000b\u007fc', 'a\ufffdb\ufffdc'],
    ['half \ud83d', 'half \ufffd'],
    ['family 👨‍👩‍👧 ok', 'family 👨‍👩‍👧 ok'],
    ['مرحبا', 'مرحبا'],
    ['   ', ''],
  ])('shows %j as %j', (text, line) => {
    expect(plainLine(text)).toBe(line);
  });

  it('has at most the asked length, no line end, nothing invisible, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const line = plainLine(text, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(plainLine(line, max)).toBe(line);
      }),
    );
  });

  it('shows the beginning of a megabyte', () => {
    expect(plainLine('x'.repeat(1_000_000), 5)).toBe('xxxx…');
  });

  it('never cuts a character in half', () => {
    expect(plainLine('ab👍👍', 4)).toBe('ab…');
  });
});

describe('escapeSlack', () => {
  it.each([
    ['<!channel> a & b', '&lt;!channel&gt; a &amp; b'],
    ['<https://evil.example|bank>', '&lt;https://evil.example|bank&gt;'],
    ['two\nlines', 'two\nlines'],
    ['\u001b[31mred\u001b[0m', 'red'],
  ])('writes %j as %j', (text, escaped) => {
    expect(escapeSlack(text)).toBe(escaped);
  });

  it('leaves no bare angle bracket', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeSlack(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });
});
