import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redactedLine } from '../../../src/safety/redactedLine.ts';

const token = `ghp_${'a1B2'.repeat(9)}`;

describe('redactedLine', () => {
  it.each([40, 60, 80, 100, 160, 200, 500])('leaves no part of a credential that a cut at %d goes through', (max) => {
    for (let before = max - token.length - 8; before < max; before++) {
      if (before < 0) continue;
      const line = redactedLine(`${'x'.repeat(before)} ${token} and more`, max);
      expect(line).not.toContain(token.slice(0, 12));
      expect(line.length).toBeLessThanOrEqual(max);
    }
  });

  it('is one line of what can be seen', () => {
    expect(redactedLine('a\u001b[31m\nb\tc')).toMatch(/^a.*b c$/);
  });

  it('looks no further than it has to', () => {
    expect(redactedLine('y'.repeat(10_000_000), 10)).toBe(`${'y'.repeat(9)}…`);
  });
});

describe('what is cut', () => {
  it('is redacted before, everywhere', () => {
    const root = resolve(import.meta.dirname, '../../../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const wrong = files.filter((file) =>
      /redact\((?:plainLine|shortened)\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
