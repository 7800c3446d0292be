import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { customizeTemplates, templateNames } from '../../../src/documents/readTemplate.ts';
import { renderMessage } from '../../../src/documents/renderMessage.ts';
import { after } from '../../support/builders/events.ts';
import { justDeclared } from '../../support/builders/state.ts';

const templatesDirectory = join(import.meta.dirname, '../../../templates');
const bundled = join(templatesDirectory, 'initial.md.hbs');
const moment = { now: after(2), zone: 'UTC' };
let teamDirectory: string;
let own: string;

beforeEach(async () => {
  teamDirectory = await mkdtemp(join(tmpdir(), 'mayday-templates-'));
  own = join(teamDirectory, 'templates', 'initial.md.hbs');
});

afterEach(async () => {
  await rm(teamDirectory, { recursive: true, force: true });
});

function render({ trusted = true } = {}): ReturnType<typeof renderMessage> {
  return renderMessage(justDeclared(), 'initial', {}, { ...moment, templatesDirectory, teamDirectory, trusted });
}

async function writeOwn(text: string): Promise<void> {
  await mkdir(join(teamDirectory, 'templates'));
  await writeFile(own, text);
}

describe('the template of a message', () => {
  it('is the bundled one when the team has none', async () => {
    const rendered = await render();
    expect(rendered).toMatchObject({ template: bundled });
    expect(rendered.problem).toBeUndefined();
  });

  it('is the team’s in a trusted workspace', async () => {
    await writeOwn('We have {{severity}}: {{title}}\r\n');
    expect(await render()).toEqual({ template: own, text: 'We have SEV-1: Checkout down\n' });
  });

  it('is the bundled one in a workspace that is not trusted', async () => {
    await writeOwn('We have {{severity}}');
    expect(await render({ trusted: false })).toMatchObject({ template: bundled });
  });

  it('is the bundled one when the team’s has an error, and says where', async () => {
    await writeOwn('We have\n{{sevrity}}\n');
    const rendered = await render();
    expect(rendered.template).toBe(bundled);
    expect(rendered.text).toContain('🔴 INCIDENT [SEV-1]: Checkout down');
    expect(rendered.problem).toEqual({ file: own, line: 2, message: 'unknown field "sevrity"' });
  });

  it('is the bundled one when the team’s is too large or a folder', async () => {
    await writeOwn('x'.repeat(256 * 1024 + 1));
    expect((await render()).problem).toEqual({ file: own, message: 'it is larger than 256 KB' });
    await rm(own);
    await mkdir(own);
    expect((await render()).problem).toEqual({ file: own, message: 'it is not a file' });
  });

  it.skipIf(process.getuid?.() === 0)('is the bundled one when the team’s cannot be read', async () => {
    await writeOwn('We have {{severity}}');
    await chmod(own, 0o000);
    expect((await render()).problem?.message).toMatch(/EACCES/);
  });

  it('is an error to reinstall when the bundled one is gone', async () => {
    const options = { ...moment, templatesDirectory: teamDirectory, trusted: false };
    await expect(renderMessage(justDeclared(), 'initial', {}, options)).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('initial.md.hbs') as string,
      hint: expect.stringContaining('Install Mayday again') as string,
    });
  });
});

describe('customizeTemplates', () => {
  it('copies what is not there and leaves what is', async () => {
    await writeOwn('ours');
    const to = join(teamDirectory, 'templates');
    const result = await customizeTemplates(templatesDirectory, to);
    expect(result.kept).toEqual([own]);
    expect(result.copied).toEqual(templateNames.slice(1).map((name) => join(to, `${name}.md.hbs`)));
    expect(await readFile(own, 'utf8')).toBe('ours');
    expect(await customizeTemplates(templatesDirectory, to)).toMatchObject({ copied: [] });
  });

  it('says what failed when the folder cannot be made', async () => {
    await writeFile(join(teamDirectory, 'file'), '');
    await expect(
      customizeTemplates(templatesDirectory, join(teamDirectory, 'file', 'templates')),
    ).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('a file stands where a folder is needed') as string,
    });
  });
});
