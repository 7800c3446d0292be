import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatText, messageText } from '../../../src/documents/messageText.ts';
import { inline, linkTo, webLink } from '../../../src/documents/markdownText.ts';
import { plainLine } from '../../../src/safety/plainLine.ts';

describe('messageText', () => {
  it.each([
    ['Checkout is down', 'Checkout is down'],
    ['src/db_pool.js, 30 % (about 5 * 3)', 'src/db_pool.js, 30 % (about 5 * 3)'],
    ['a\n  b\tc', 'a b c'],
    ['**now**', '\\*\\*now\\*\\*'],
    ['_now_ and __now__', '\\_now\\_ and \\_\\_now\\_\\_'],
    ['`rm -rf`', '\\`rm -rf\\`'],
    ['[x](http://evil) ![x][y]', '[x\\](http://evil) ![x\\][y]'],
    ['<img src=x> 3 < 4', '\\<img src=x> 3 < 4'],
    ['&lt; AT&T', '\\&lt; AT&T'],
    ['C:\\new \\*', 'C:\\new \\\\\\*'],
    ['~~gone~~ ~5 min', '\\~\\~gone\\~\\~ ~5 min'],
  ])('%j is %j', (text, markdown) => {
    expect(messageText(text)).toBe(markdown);
  });

  it('is in a chat what it was before', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('ab1 _*[]()<>!`~\\&;#:/.|"$@{}=+^-')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (plain) => {
        expect(chatText(messageText(plain))).toBe(plainLine(plain));
      }),
    );
  });
});

describe('links', () => {
  it.each([
    ['https://logs.example.org/?q=a|b', '<https://logs.example.org/?q=a%7Cb>'],
    ['https://example.org/> <b', '<https://example.org/%3E%20%3Cb>'],
    ['javascript:alert(1)', inline('javascript:alert(1)')],
    ['command:workbench.action.quit', inline('command:workbench.action.quit')],
    ['https://user:secret@example.org/', inline('https://user:secret@example.org/')],
    ['OPS-42', 'OPS-42'],
  ])('webLink(%j) is %j', (address, markdown) => {
    expect(webLink(address)).toBe(markdown);
  });

  it.each([
    ['a.txt', 'evidence/a.txt', '[a.txt](evidence/a.txt)'],
    ['a] (b', 'evidence/a.txt', '[a\\] (b](evidence/a.txt)'],
    ['a', 'evidence/a b', 'a'],
    ['a', 'command:x', 'a'],
  ])('linkTo(%j, %j) is %j', (label, target, markdown) => {
    expect(linkTo(label, target)).toBe(markdown);
  });
});
