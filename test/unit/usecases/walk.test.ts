import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { copyUpdate } from '../../../src/communicate/copyUpdate.ts';
import { createPostUpdate } from '../../../src/communicate/postUpdate.ts';
import { sendUpdate } from '../../../src/communicate/sendUpdate.ts';
import { addFinding } from '../../../src/investigate/addFinding.ts';
import { completeCheck } from '../../../src/investigate/completeCheck.ts';
import { inspectChange } from '../../../src/investigate/inspectChange.ts';
import { judgeSuspect } from '../../../src/investigate/judgeSuspect.ts';
import { addActionItem } from '../../../src/learn/addActionItem.ts';
import { completeActionItem } from '../../../src/learn/completeActionItem.ts';
import { completePostMortem } from '../../../src/learn/completePostMortem.ts';
import { recordReview } from '../../../src/learn/recordReview.ts';
import { createWritePostMortem } from '../../../src/learn/writePostMortem.ts';
import { runMitigation } from '../../../src/mitigate/runMitigation.ts';
import { assignRole } from '../../../src/respond/assignRole.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { closeIncident } from '../../../src/verify/closeIncident.ts';
import { reopen } from '../../../src/verify/reopen.ts';
import { resolve } from '../../../src/verify/resolve.ts';
import { verifyRecovery } from '../../../src/verify/verifyRecovery.ts';
import type { TestContext, TestContextOptions } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';

const postUpdate = createPostUpdate(tools);
const writePostMortem = createWritePostMortem(tools);
const items = ['healthChecks', 'errorRate', 'latency', 'syntheticMonitors', 'userFlows'];

const contexts: TestContext[] = [];
async function contextWith(options?: TestContextOptions): Promise<TestContext> {
  const context = await createTestContext(options);
  contexts.push(context);
  return context;
}
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.dispose()));
});

const kindsOf = (brief: { readonly deadlines: readonly { readonly kind: string }[] }) =>
  brief.deadlines.map(({ kind }) => kind);

describe('the walk through the protocol', () => {
  it('goes from the declaration to the last action item', async () => {
    const context = await contextWith();

    const declared = await context.run(declareIncident, {
      title: 'Checkout down',
      severity: 'SEV1',
      impact: 'Nobody can pay',
      symptom: 'highErrorRate',
      impactStart: '2026-11-23T05:50:00+00:00',
    });
    expect(declared).toMatchObject({
      name: '2026-11-23-checkout-down',
      channel: '#incident-2026-11-23-checkout-down',
      status: 'investigating',
    });
    expect(kindsOf(declared)).toEqual(['mitigate', 'communicate']);

    const draft = await context.run(postUpdate);
    expect(draft.kind).toBe('initial');
    expect(await readFile(draft.draft ?? '', 'utf8')).toBe(draft.text);
    expect(draft.text).toContain('🔴 INCIDENT [SEV-1]: Checkout down');
    expect(draft.text).toContain('IC: @Ada Lovelace');
    expect(draft.text).toContain('Next update: 2026-11-23 06:15 UTC');
    const copied = await context.run(copyUpdate, { update: draft.update, kind: draft.kind, text: draft.text });
    expect(copied.deadlines.find(({ kind }) => kind === 'communicate')?.dueAt).toBe('2026-11-23T06:05:00.000Z');
    context.pass(2);
    const sent = await context.run(sendUpdate, { update: draft.update });
    expect(sent.nextUpdateAt).toBe('2026-11-23T06:17:00.000Z');
    expect(await readFile(sent.document ?? '', 'utf8')).toBe(draft.text);
    expect(await readdir(join(draft.draft ?? '', '..'))).toEqual([]);

    for (const role of ['technicalLead', 'communicationsLead', 'scribe'])
      await context.run(assignRole, { role, person: 'Grace Hopper <grace@example.org>' });
    await context.run(completeCheck, { check: 'metrics', verdict: 'bad', summary: 'Errors at 40 %' });
    await context.run(inspectChange, {
      commits: [{ id: 'abcdef1234', subject: 'Pool of one', author: 'Eve', at: context.now }],
    });
    await context.run(judgeSuspect, { commit: 'abcdef', judgement: 'confirmed', reason: 'Connections run out' });
    await context.run(addFinding, {
      check: 'logs',
      text: 'Pool exhausted',
      place: 'src/pool.js:14',
      excerpt: 'PoolError: no connection, password=hunter2secret',
    });

    context.pass(10);
    const mitigated = await context.run(runMitigation, { mitigation: 'rollBack', outcome: 'worked' });
    expect(mitigated.status).toBe('monitoring');
    expect(kindsOf(mitigated)).toEqual(['communicate']);
    const update = await context.run(postUpdate, { nextSteps: 'Watch for an hour', sent: true });
    expect(update).toMatchObject({ kind: 'update', nextUpdateAt: '2026-11-23T06:27:00.000Z' });
    expect(update.text).toContain('Status: Monitoring');
    expect(update.text).toContain('Roll back (worked)');

    context.pass(20);
    await expect(context.run(resolve)).rejects.toThrow(/Not verified: Health checks pass/);
    await context.run(verifyRecovery, { items: items.map((item) => ({ item, state: 'checked' })) });
    const resolved = await context.run(resolve, { rootCause: 'A connection pool of one' });
    expect(resolved.status).toBe('resolved');
    expect(kindsOf(resolved)).toEqual(['communicate', 'postMortem', 'review']);
    const resolution = await context.run(postUpdate, { sent: true });
    expect(resolution.kind).toBe('resolved');
    expect(resolution.text).toContain('Duration: 22 min');
    expect(resolution.text).toContain('Follow-up: post-mortem scheduled, 2026-11-25 06:32 UTC');
    expect(kindsOf(resolution)).toEqual(['postMortem', 'review']);

    await expect(context.run(closeIncident)).rejects.toThrow(
      /the post-mortem is not completed, and the review is not recorded/,
    );
    const action = await context.run(addActionItem, { title: 'Alert on pool use', owner: 'Grace' });
    expect(action.deadlines.find(({ kind }) => kind === 'actionItem')?.dueAt).toBe('2026-12-21T23:59:59.999Z');
    const written = await context.run(writePostMortem);
    const postMortem = await readFile(written.document, 'utf8');
    expect(postMortem).toContain('Alert on pool use');
    expect(postMortem).not.toContain('hunter2secret');
    for (const [, link] of postMortem.matchAll(/\]\(((?:evidence|updates)\/[^)]+)\)/g))
      await readFile(join(written.document, '..', link ?? ''));
    await context.run(completePostMortem);
    context.pass(60 * 24);
    await context.run(recordReview, { attendees: ['Ada', 'Grace'] });
    const closed = await context.run(closeIncident);
    expect(closed.status).toBe('closed');
    expect(kindsOf(closed)).toEqual(['actionItem']);
    const done = await context.run(completeActionItem, { incident: closed.name, action: action.action });
    expect(done.deadlines).toEqual([]);
  });

  it('goes on when it was not over', async () => {
    const context = await contextWith();
    await context.run(declareIncident, { title: 'Search slow', severity: 'SEV2' });
    await context.run(runMitigation, { what: 'Restarted the index', outcome: 'worked' });
    await context.run(resolve, { waiver: 'Nobody is awake to try' });
    context.pass(30);
    const reopened = await context.run(reopen, { reason: 'Slow again' });
    expect(reopened.status).toBe('investigating');
    expect(reopened.deadlines).toMatchObject([{ kind: 'communicate', dueAt: '2026-11-23T07:00:00.000Z' }]);
    await expect(context.run(resolve)).rejects.toThrow(/Not verified/);
  });
});
