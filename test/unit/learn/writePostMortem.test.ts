import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPostUpdate } from '../../../src/communicate/postUpdate.ts';
import { addFinding } from '../../../src/investigate/addFinding.ts';
import { addActionItem } from '../../../src/learn/addActionItem.ts';
import { redactedDocument } from '../../../src/learn/redactedDocument.ts';
import { createWritePostMortem } from '../../../src/learn/writePostMortem.ts';
import { hashOf, partsOf } from '../../../src/documents/generatedParts.ts';
import { addNote } from '../../../src/respond/addNote.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';

const writePostMortem = createWritePostMortem(tools);
const postUpdate = createPostUpdate(tools);

let context: TestContext;
beforeEach(async () => {
  context = await createTestContext();
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1' });
});
afterEach(() => context.dispose());

async function handleNow() {
  const [summary] = context.store.list();
  return context.store.open(summary!.id);
}

const written = async () =>
  (await handleNow()).state.entries.filter(({ event }) => event.type === 'postMortem.written').length;

describe('writing the post-mortem', () => {
  it('stands beside its timeline, and is recorded once while nothing changes', async () => {
    const first = await context.run(writePostMortem);
    expect(first.document).toBe(join(context.folders[0]!, '.incidents', first.name, 'post-mortem.md'));
    expect((await handleNow()).state.postMortem.document).toBe(`${first.name}/post-mortem.md`);
    const text = await readFile(first.document, 'utf8');
    const again = await context.run(writePostMortem);
    expect(again).toMatchObject({ kept: [], conflicts: [], notRefreshed: [], missingEvidence: [] });
    expect(await readFile(first.document, 'utf8')).toBe(text);
    expect(await written()).toBe(1);
    expect(await readFile(again.timeline, 'utf8')).toContain('Post-mortem written');
  });

  it('keeps every word of people when the record has grown', async () => {
    const { document } = await context.run(writePostMortem);
    const mine = (await readFile(document, 'utf8'))
      .replace('_To fill in: what helped, and should stay._', 'The rollback was quick.')
      .replace('| Role | Person |', 'Nobody had slept.\n\n| Role | Person |');
    await writeFile(document, mine);
    context.pass(10);
    await context.run(addNote, { text: 'A customer called' });
    await context.run(addActionItem, { title: 'Alert on pools' });
    const again = await context.run(writePostMortem);
    const text = await readFile(document, 'utf8');
    for (const words of ['The rollback was quick.', 'Nobody had slept.', 'A customer called', 'Alert on pools'])
      expect(text).toContain(words);
    expect(again.kept).toEqual(['roles']);
    expect(await written()).toBe(2);
  });

  it('keeps them too when what had been generated is not known any more', async () => {
    const { document } = await context.run(writePostMortem);
    await writeFile(
      document,
      (await readFile(document, 'utf8')).replace('| Role | Person |', 'Tired.\n\n| Role | Person |'),
    );
    await rm(join((await handleNow()).directory, 'evidence'), { recursive: true });
    await context.run(addActionItem, { title: 'Alert on pools' });
    context.now = '2026-11-23T08:00:00.000Z';
    await context.run(writePostMortem);
    expect(await readFile(document, 'utf8')).toContain('Tired.');
  });

  it('writes everything again after the documents were deleted', async () => {
    const sent = await context.run(postUpdate, { sent: true });
    await context.run(addFinding, { check: 'logs', text: 'Pool full', place: 'src/db.js:3', excerpt: 'no connection' });
    const { document } = await context.run(writePostMortem);
    const before = await readFile(document, 'utf8');
    const [evidence] = /evidence\/[\w.-]+/.exec(before) ?? [];
    await rm(join(context.folders[0]!, '.incidents'), { recursive: true });
    await context.run(writePostMortem);
    expect(await readFile(document, 'utf8')).toBe(before);
    expect(await readFile(join(document, '..', evidence!), 'utf8')).toBe('no connection');
    expect(await readFile(sent.document!, 'utf8')).toContain('🔴 INCIDENT');
  });

  it('names evidence that the record has lost, and goes on', async () => {
    await context.run(addFinding, { check: 'logs', text: 'Pool full', place: 'src/db.js:3', excerpt: 'no connection' });
    await rm(join((await handleNow()).directory, 'evidence'), { recursive: true });
    const { missingEvidence } = await context.run(writePostMortem);
    expect(missingEvidence).toEqual(['db.js-3.txt']);
  });

  it('says when the place cannot be written, and records nothing then', async () => {
    await writeFile(join(context.folders[0]!, '.incidents'), 'a file in the way');
    await expect(context.run(writePostMortem)).rejects.toMatchObject({ reason: 'storage' });
    expect(await written()).toBe(0);
  });

  it('gives way to a cancel before anything is written', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(context.run(writePostMortem, {}, abort.signal)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('credentials in a generated document', () => {
  it('are taken out, and no part looks edited', () => {
    const line = 'Login with password=hunter2-very-secret';
    const document = `# x\n<!-- mayday:begin facts ${hashOf([line])} -->\n${line}\n<!-- mayday:end facts -->\nend\n`;
    const redacted = redactedDocument(document);
    expect(redacted).not.toContain('hunter2');
    for (const part of partsOf(redacted)) if (part.kind === 'generated') expect(part.hash).toBe(hashOf(part.lines));
    expect(redactedDocument('# x\nnothing\n')).toBe('# x\nnothing\n');
  });
});
