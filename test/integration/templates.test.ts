import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { call, folder, withIncident } from './host.ts';

interface Message {
  readonly text: string;
  readonly draft: string;
  readonly template: string;
  readonly problem?: string;
}

const templates = join(folder, '.incidents/templates');
const initial = join(templates, 'initial.md.hbs');

describe("the team's templates", () => {
  after(() => rm(templates, { recursive: true, force: true }));

  it('are copied to the workspace, and what is there stays', async () => {
    const first = await call<{ copied: string[]; kept: string[] }>('customizeTemplates', {});
    const names = ['initial.md.hbs', 'post-mortem.md.hbs', 'resolved.md.hbs', 'update.md.hbs'];
    assert.deepEqual((await readdir(templates)).sort(), names);
    assert.equal(first.copied.length, 4);
    await writeFile(initial, 'ATTENTION: {{title}}\nNext update: {{nextUpdate}}\n');
    const second = await call<{ copied: string[]; kept: string[] }>('customizeTemplates', {});
    assert.deepEqual(second.copied, []);
    assert.equal(second.kept.length, 4);
    assert.match(await readFile(initial, 'utf8'), /^ATTENTION/);
  });

  it('make the messages', () =>
    withIncident({}, async ({ incident }) => {
      const message = await call<Message>('postUpdate', { incident, kind: 'initial' });
      assert.match(message.text, /^ATTENTION: Orders fail\nNext update: \d{4}-/);
      assert.equal(message.template, initial);
      assert.equal(message.problem, undefined);
    }));

  it('with a mistake say file and line, and the bundled one serves', () =>
    withIncident({}, async ({ incident }) => {
      for (const [content, line, what] of [
        ['ATTENTION: {{title}}\n\n{{titel}}\n', 3, /titel/],
        ['ATTENTION: {{title}}\n{{#if impact}}\nnever closed\n', 4, /syntax error|expect/i],
      ] as const) {
        await writeFile(initial, content);
        const message = await call<Message>('postUpdate', { incident, kind: 'initial' });
        assert.match(message.text, /^🔴 INCIDENT \[SEV-2\]: Orders fail/);
        assert.ok(message.problem?.startsWith(`${initial}, line ${line}: `), message.problem);
        assert.match(message.problem ?? '', what);
      }
    }));
});
