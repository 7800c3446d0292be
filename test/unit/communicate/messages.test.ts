import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyUpdate } from '../../../src/communicate/copyUpdate.ts';
import { createCustomizeTemplates } from '../../../src/communicate/customizeTemplates.ts';
import { createPostUpdate } from '../../../src/communicate/postUpdate.ts';
import { sendUpdate } from '../../../src/communicate/sendUpdate.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { resolve } from '../../../src/verify/resolve.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext, templatesDirectory, tools } from '../../support/builders/context.ts';
import { after } from '../../support/builders/events.ts';

const postUpdate = createPostUpdate(tools);

let context: TestContext;
beforeEach(async () => {
  context = await createTestContext();
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV2', impact: 'Nobody can pay' });
});
afterEach(() => context.dispose());

async function stateNow() {
  const [summary] = context.store.list();
  return (await context.store.open(summary!.id)).state;
}

describe('a draft', () => {
  it('survives a reload, and is gone once it was sent', async () => {
    const { update, draft, text, template } = await context.run(postUpdate);
    expect(template).toBe(join(templatesDirectory, 'initial.md.hbs'));
    expect((await readdir(dirname(draft!))).sort()).toEqual([
      `${update}.json`,
      `initial-${update.slice(-6).toLowerCase()}.md`,
    ]);
    expect((await stateNow()).updates).toEqual([]);
    const sent = await context.run(sendUpdate, { update });
    expect(await readdir(dirname(draft!))).toEqual([]);
    const { updates } = await stateNow();
    expect(updates).toMatchObject([{ id: update, kind: 'initial', status: 'investigating', text: text.trimEnd() }]);
    expect(sent.document).toBe(
      join(context.folders[0]!, '.incidents', sent.name, 'updates', `${updates[0]!.event}-initial.md`),
    );
    expect(await readFile(sent.document!, 'utf8')).toBe(text);
    await expect(context.run(sendUpdate, { update, kind: 'initial', text })).rejects.toThrow('This message was sent');
  });

  it('is sent as a person edited it on disk', async () => {
    const { update, draft, text } = await context.run(postUpdate);
    await writeFile(draft!, text.replace('Nobody can pay', 'Half of them cannot pay'));
    const { document } = await context.run(sendUpdate, { update });
    expect(await readFile(document!, 'utf8')).toContain('Half of them cannot pay');
  });

  it('that is missing can be given as text', async () => {
    const { update, draft } = await context.run(postUpdate);
    await rm(dirname(draft!), { recursive: true });
    await expect(context.run(sendUpdate, { update })).rejects.toThrow(`There is no draft ${update}.`);
    await expect(context.run(sendUpdate, { update, kind: 'initial' })).rejects.toThrow(`There is no draft ${update}.`);
    await context.run(sendUpdate, { update, kind: 'initial', text: 'It is down' });
    expect((await stateNow()).updates).toMatchObject([{ text: 'It is down' }]);
  });

  it('has no credentials, in no copy of it', async () => {
    const secret = 'hunter2-very-secret';
    const drafted = await context.run(postUpdate, { impact: `Login with password=${secret} fails` });
    const sent = await context.run(sendUpdate, { update: drafted.update, text: `${drafted.text}\npassword=${secret}` });
    const copied = await context.run(copyUpdate, {
      update: sent.incident,
      kind: 'initial',
      text: `password=${secret}`,
    });
    const everything = [
      drafted.text,
      copied.copied,
      await readFile(sent.document!, 'utf8'),
      JSON.stringify(await stateNow()),
    ];
    for (const text of everything) expect(text).not.toContain(secret);
  });
});

describe('what people were promised', () => {
  const promise = (time: string) => `Next update: 2026-11-23 ${time} UTC`;
  // Declared and drafted at 06:00, with the cadence of half an hour.
  it.each([
    ['nothing edited: from when it was posted', {}, promise('06:30'), {}, after(35)],
    ['a later time written into the text', {}, promise('07:45'), {}, after(105)],
    ['a time that had passed when it was posted', {}, promise('06:03'), {}, after(35)],
    ['a time chosen when drafting', { nextUpdateAt: after(50) }, promise('06:50'), {}, after(50)],
    ['chosen when drafting, then edited', { nextUpdateAt: after(50) }, promise('06:55'), {}, after(55)],
    ['chosen when drafting, posted too late', { nextUpdateAt: after(4) }, promise('06:04'), {}, after(35)],
    ['said when posting', {}, promise('07:45'), { nextUpdateAt: after(20) }, after(20)],
    ['posted earlier than it is entered', {}, promise('06:30'), { at: after(2) }, after(32)],
    ['the line taken out', {}, '', {}, after(35)],
  ])('%s', async (_case, drafted, line, posted, dueAt) => {
    const { update, draft, text } = await context.run(postUpdate, drafted);
    await writeFile(draft!, text.replace(/Next update: .*/, line));
    context.pass(5);
    const sent = await context.run(sendUpdate, { update, ...posted });
    expect(sent.nextUpdateAt).toBe(dueAt);
    expect(sent.deadlines.find(({ kind }) => kind === 'communicate')?.dueAt).toBe(dueAt);
  });

  it('holds for a text that was written without a draft', async () => {
    const posted = await context.run(postUpdate, {
      text: 'Status: Identified\nA bad deploy. Next update soon.\nNext update: 2026-11-23 06:10 UTC',
      sent: true,
    });
    expect(posted).toMatchObject({ status: 'identified', nextUpdateAt: after(10) });
    expect(posted.draft).toBeUndefined();
    expect(posted.template).toBeUndefined();
  });

  it('keeps the status that a person wrote into the text', async () => {
    const { update, draft, text } = await context.run(postUpdate, { kind: 'update' });
    await writeFile(draft!, text.replace('Status: Investigating', 'Status: Mitigating'));
    expect((await context.run(sendUpdate, { update })).status).toBe('mitigating');
  });
});

describe('which message comes next', () => {
  it('is the initial one, then updates, then the resolution', async () => {
    expect((await context.run(postUpdate, { sent: true })).kind).toBe('initial');
    expect((await context.run(postUpdate)).kind).toBe('update');
    await expect(context.run(postUpdate, { kind: 'resolved' })).rejects.toThrow('The incident is not resolved');
    await context.run(resolve, { waiver: 'a test' });
    expect((await context.run(postUpdate)).kind).toBe('resolved');
  });

  it('is the resolution, also when nobody heard of the beginning', async () => {
    await context.run(resolve, { waiver: 'a test' });
    expect((await context.run(postUpdate)).kind).toBe('resolved');
  });
});

describe('the facts of an update', () => {
  it.each([
    ['a text, one a line', 'Errors at 40 %\n\nOnly Europe'],
    ['a list', ['Errors at 40 %', 'Only Europe']],
  ])('can be %s', async (_case, findings) => {
    const { text } = await context.run(postUpdate, { kind: 'update', findings });
    expect(text).toContain('Findings: Errors at 40 %; Only Europe');
  });
});

describe('templates of the team', () => {
  const customizeTemplates = createCustomizeTemplates({
    templatesDirectory,
    teamDirectory: (folder) =>
      Promise.resolve(folder === '/nowhere' ? undefined : join(context.folders[0]!, '.incidents')),
  });

  it('are copied once, and used from then on', async () => {
    const first = await context.run(customizeTemplates);
    expect(first.copied.length).toBeGreaterThan(2);
    const initial = first.copied.find((path) => path.endsWith('initial.md.hbs'))!;
    await writeFile(initial, 'OUR WAY {{title}}');
    const again = await context.run(customizeTemplates);
    expect(again).toEqual({ copied: [], kept: first.copied });
    expect(await context.run(postUpdate)).toMatchObject({ text: 'OUR WAY Checkout down\n', template: initial });
    await expect(context.run(customizeTemplates, { folder: '/nowhere' })).rejects.toThrow(
      'There is no workspace folder',
    );
  });

  it('with an error name the line and give way to the bundled one', async () => {
    const directory = join(context.folders[0]!, '.incidents', 'templates');
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'initial.md.hbs'), 'Hello\n{{titel}}\n');
    const { problem, text } = await context.run(postUpdate);
    expect(problem).toBe(`${join(directory, 'initial.md.hbs')}, line 2: unknown field "titel"`);
    expect(text).toContain('🔴 INCIDENT');
  });
});

describe('documents that cannot be written', () => {
  it('do not keep a message out of the record', async () => {
    await writeFile(join(context.folders[0]!, '.incidents'), 'a file in the way');
    const posted = await context.run(postUpdate, { sent: true });
    expect(posted.document).toBeUndefined();
    expect(posted.documentProblem).toMatch(/^Could not write .*updates/);
    expect((await stateNow()).updates).toHaveLength(1);
    expect(context.warnings.join('\n')).toMatch(/updates\/.*was not written/);
  });
});

describe('copying', () => {
  it('records what was copied, as a chat needs it, and moves no clock', async () => {
    const { update, kind, deadlines } = await context.run(postUpdate);
    const copied = await context.run(copyUpdate, { update, kind, text: 'Pool\\_size is 1  \nsoon' });
    expect(copied.copied).toBe('Pool_size is 1\nsoon');
    expect(copied.deadlines).toEqual(deadlines);
    expect((await stateNow()).entries.at(-1)?.event.type).toBe('update.copied');
  });
});
