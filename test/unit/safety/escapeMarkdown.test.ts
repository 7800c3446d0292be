import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, escapeMarkdownBlock, markdownCode } from '../../../src/safety/escapeMarkdown.ts';
import { plainLine } from '../../../src/safety/plainLine.ts';

/** The renderer of VS Code's hovers, with links found in plain text as GitHub does it. */
const markdown = new Marked({ gfm: true });
const htmlOf = (text: string) => markdown.parse(text, { async: false }).trim();

const hostile = fc.constantFrom(
  ...['[x](command:workbench.action.quit)', '![i](https://a.b/p.png)', '<b>', '<img src=x onerror=y>', '`', '```', '*'],
  ...[
    '_a_',
    '**',
    'https://a.b/c',
    'www.a.b',
    'a@b.co',
    'mailto:a@b.co',
    'command:x',
    'file:///etc',
    '//a.b',
    '\\',
    '- ',
  ],
  ...['1. ', '9)', '# ', '| a | b |', '---', '===', '+ ', ': ', '&lt;', '&#58;', '$(zap)', '$x$', '](', '<!--', '~~'],
  ...['[^1]', '[a]: http://x', '<https://x>', '    ', '\t', '\n', '\r\n', '\u2028', '\u001b[31m', '\u202e', '\u0000'],
);
const texts = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('escapeMarkdown', () => {
  it.each([
    ['a_b *c* `d`', 'a\\_b \\*c\\* \\`d\\`'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['[x](command:foo)', '\\[x\\]\\(command\\:foo\\)'],
    ['see https://a.b/c', 'see https\\://a.b/c'],
    ['at 12:30, ratio 1:2', 'at 12:30, ratio 1:2'],
    ['two\nlines', 'two lines'],
    ['\u001b[31mred\u001b[0m \u202eevil', 'red evil'],
    ['bell\u0007', 'bell\ufffd'],
  ])('writes %j as %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('is rendered as the text itself: no markup, no HTML, no link', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = plainLine(text, 2000);
        expect(decoded(htmlOf(escapeMarkdown(text)))).toBe(line === '' ? '' : `<p>${line}</p>`);
      }),
      { numRuns: 2000 },
    );
  });

  it('caps its length', () => {
    expect(escapeMarkdown('x'.repeat(5000), 10)).toBe('xxxxxxxxx…');
  });
});

describe('escapeMarkdownBlock', () => {
  it('keeps lines and paragraphs, and makes no markup of them', () => {
    expect(escapeMarkdownBlock('first\n===\n\n    code?\n> quote')).toBe('first\n\\===\n\ncode?\n\\> quote');
  });

  it('is rendered as paragraphs only', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(htmlOf(escapeMarkdownBlock(text)).replace(/<\/?p>/g, '')).not.toContain('<');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('markdownCode', () => {
  it('uses a fence longer than any in the text', () => {
    expect(markdownCode('a\n````\nb', { language: 'txt' })).toBe('`````txt\na\n````\nb\n`````');
  });

  it('is rendered as one block of code', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(htmlOf(markdownCode(text))).toMatch(/^<pre><code>[^<]*<\/code><\/pre>$/);
      }),
      { numRuns: 2000 },
    );
  });
});

function decoded(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
