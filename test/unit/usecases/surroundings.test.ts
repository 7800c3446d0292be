import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { copyUpdate } from '../../../src/communicate/copyUpdate.ts';
import { createPostUpdate } from '../../../src/communicate/postUpdate.ts';
import { sendUpdate } from '../../../src/communicate/sendUpdate.ts';
import { addFinding } from '../../../src/investigate/addFinding.ts';
import { completeCheck } from '../../../src/investigate/completeCheck.ts';
import { addActionItem } from '../../../src/learn/addActionItem.ts';
import { createWritePostMortem } from '../../../src/learn/writePostMortem.ts';
import { runMitigation } from '../../../src/mitigate/runMitigation.ts';
import { addNote } from '../../../src/respond/addNote.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { createHandOver } from '../../../src/respond/handOver.ts';
import { closeIncident } from '../../../src/verify/closeIncident.ts';
import { resolve } from '../../../src/verify/resolve.ts';
import type { UseCase } from '../../../src/incident/useCase.ts';
import type { TestContext, TestContextOptions } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';

const contexts: TestContext[] = [];
async function contextWith(options?: TestContextOptions): Promise<TestContext> {
  const context = await createTestContext(options);
  contexts.push(context);
  return context;
}
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.dispose()));
});

type Run = (context: TestContext, signal?: AbortSignal) => Promise<unknown>;

function run<A, R>(useCase: UseCase<A, R>, args: object): Run {
  return (context, signal) => context.run(useCase, args, signal);
}

const wish = { title: 'Checkout down', severity: 'SEV1' };
const update = '01JD0000000000000000000001';
const changing: readonly (readonly [string, Run])[] = [
  ['declareIncident', run(declareIncident, wish)],
  ['addNote', run(addNote, { text: 'x' })],
  ['completeCheck', run(completeCheck, { check: 'logs', verdict: 'ok' })],
  ['addFinding', run(addFinding, { check: 'logs', text: 'x', excerpt: 'y' })],
  ['runMitigation', run(runMitigation, { what: 'x' })],
  ['postUpdate', run(createPostUpdate(tools), {})],
  ['copyUpdate', run(copyUpdate, { update, kind: 'update', text: 'x' })],
  ['sendUpdate', run(sendUpdate, { update, kind: 'update', text: 'x' })],
  ['handOver', run(createHandOver(tools), { to: 'Grace', situation: 'x' })],
  ['resolve', run(resolve, { waiver: 'x' })],
  ['closeIncident', run(closeIncident, { outcome: 'cancelled', reason: 'x' })],
  ['writePostMortem', run(createWritePostMortem(tools), {})],
  ['addActionItem', run(addActionItem, { title: 'x' })],
];

describe('an untrusted workspace', () => {
  it.each(changing)('refuses %s in code', async (_name, work) => {
    const context = await contextWith();
    await context.run(declareIncident, wish);
    context.trusted = false;
    await expect(work(context)).rejects.toMatchObject({ reason: 'untrusted' });
  });
});

describe('a cancelled request', () => {
  it.each(changing)('ends %s before it begins', async (_name, work) => {
    const context = await contextWith();
    await context.run(declareIncident, wish);
    const before = (await context.store.open(context.store.list()[0]!.id)).state.entries.length;
    await expect(work(context, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
    expect((await context.store.open(context.store.list()[0]!.id)).state.entries).toHaveLength(before);
  });
});

describe('where an incident is recorded', () => {
  it('is the extension’s storage with no folder open', async () => {
    const context = await contextWith({ folders: [] });
    const declared = await context.run(declareIncident, wish);
    expect(declared.directory.startsWith(join(context.directory, 'storage'))).toBe(true);
    expect((await context.run(createPostUpdate(tools), { sent: true })).documentProblem).toBeUndefined();
    await expect(context.run(declareIncident, { ...wish, folder: '/elsewhere' })).rejects.toMatchObject({
      reason: 'notFound',
      message: 'The folder /elsewhere is not open here.',
    });
  });

  it('is asked for when several folders are open', async () => {
    const context = await contextWith({ folders: ['shop', 'search'] });
    const [shop, search] = context.folders;
    await expect(context.run(declareIncident, wish)).rejects.toMatchObject({
      reason: 'ambiguous',
      message: `Several folders are open: ${shop!}, ${search!}.`,
    });
    const places = await context.store.places();
    const declared = await context.run(declareIncident, { ...wish, folder: `${search!}/` });
    expect(declared.directory.startsWith(places.find(({ folder }) => folder === search)!.root)).toBe(true);
  });

  it('can be the storage instead, where the folder’s own place refuses', async () => {
    const context = await contextWith();
    const declared = await context.run(declareIncident, { ...wish, place: 'storage' });
    expect(declared.directory.startsWith(join(context.directory, 'storage'))).toBe(true);
  });
});
