import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { messageText } from '../../../src/safety/messageText.ts';
import { projectRoot } from '../../support/run.mjs';

/** How VS Code finds links in the text of a notification. */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

it.each([
  ['CheckoutErrors [5xx] fires (2 alerts)', 'CheckoutErrors [5xx] fires (2 alerts)'],
  ['[Details](command:workbench.action.terminal.new)', '[Details] (command:workbench.action.terminal.new)'],
  ['[[a](file:///x)](https://example.org)', '[[a] (file:///x)] (https://example.org)'],
])('%s has no link', (text, shown) => {
  expect(messageText(text)).toBe(shown);
  expect([...messageText(text).matchAll(links)]).toEqual([]);
});

it('is what every notification goes through; what is modal shows no links', () => {
  const source = join(projectRoot, 'src');
  const direct = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith(join('platform', 'messages.ts')))
    .filter((path) =>
      /window\.show(?:Information|Warning|Error)Message(?!\([^;]*modal: true)/.test(
        readFileSync(join(source, path), 'utf8'),
      ),
    );
  expect(direct).toEqual([]);
});
