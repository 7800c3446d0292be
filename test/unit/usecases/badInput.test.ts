import { readFile, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPostUpdate } from '../../../src/communicate/postUpdate.ts';
import { openIncident } from '../../../src/incident/openIncident.ts';
import { createWritePostMortem } from '../../../src/learn/writePostMortem.ts';
import { addNote } from '../../../src/respond/addNote.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { editIncident } from '../../../src/respond/editIncident.ts';
import { verifyRecovery } from '../../../src/verify/verifyRecovery.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';

let context: TestContext;
beforeEach(async () => {
  context = await createTestContext();
});
afterEach(() => context.dispose());

const declare = (args: object) => context.run(declareIncident, { severity: 'SEV1', ...args });

describe('titles', () => {
  const family = '👨‍👩‍👧‍👦';
  it.each([
    ['of 300 characters', 'Checkout '.repeat(33) + 'xyz', undefined, '2026-11-23-checkout-checkout-checkout-checkout'],
    ['of 300 emoji', '🔥'.repeat(300), undefined, '2026-11-23-incident'],
    ['with emoji that are joined', `${family} cannot log in`, undefined, '2026-11-23-cannot-log-in'],
    ['with path characters', '../../etc/passwd\\..\\C:<>|"?*', undefined, '2026-11-23-etc-passwd-c'],
    ['right to left', 'התשלום לא עובד', undefined, '2026-11-23-incident'],
    ['with direction overrides', 'pay\u202Ement\u2066 down\u2069', 'payment down', '2026-11-23-payment-down'],
    [
      'with control characters',
      'pay\u0000ment\u001b[31m down\u0007',
      'payment[31m down',
      '2026-11-23-payment-31m-down',
    ],
    ['of several lines', '  Checkout\r\n\tdown\u2028 now ', 'Checkout down now', '2026-11-23-checkout-down-now'],
    ['like a device of Windows', 'CON', undefined, '2026-11-23-con'],
    ['like a template', '{{title}} [x](command:y) <b>', undefined, '2026-11-23-title-x-command-y-b'],
    ['with half a surrogate', 'pay\ud83dment', 'payment', '2026-11-23-payment'],
  ])('%s', async (_case, title, shown = title, name) => {
    const declared = await declare({ title });
    expect(declared.title).toBe(shown);
    expect(declared.name).toBe(name);
    expect(basename(declared.directory)).toBe(name);
    expect(declared.channel).toMatch(/^#incident-[a-z0-9-]{1,71}$/);
    const posted = await context.run(createPostUpdate(tools), { sent: true });
    expect(posted.documentProblem).toBeUndefined();
    const { document } = await context.run(createWritePostMortem(tools));
    expect((await readFile(document, 'utf8')).split('\n')[0]).toMatch(/^# Post-mortem: ./);
  });

  it.each([
    ['only spaces', ' \t\u00a0\u3000 ', '“title” is empty: nothing but spaces is not enough.'],
    ['nothing that can be seen', '\u200b\u200d\ufeff\u202e', '“title” is empty: nothing but spaces is not enough.'],
    ['nothing', '', '“title” is empty: nothing but spaces is not enough.'],
    ['301 characters', 'x'.repeat(301), '“title” has 301 characters; at most 300 are possible.'],
    ['301 emoji', '🔥'.repeat(301), '“title” has 301 characters; at most 300 are possible.'],
    ['a number', 7, '“title” must be text.'],
    ['none', undefined, '“title” is missing.'],
  ])('%s: refused', async (_case, title, message) => {
    await expect(declare({ title })).rejects.toMatchObject({ reason: 'invalidArgument', message });
    expect(context.store.list()).toEqual([]);
  });

  it('twice on one day give two incidents', async () => {
    const [first, second] = [await declare({ title: 'Checkout down' }), await declare({ title: 'Checkout: down!' })];
    expect([first.name, second.name]).toEqual(['2026-11-23-checkout-down', '2026-11-23-checkout-down-2']);
    expect([first.channel, second.channel]).toEqual([
      '#incident-2026-11-23-checkout-down',
      '#incident-2026-11-23-checkout-down-2',
    ]);
    await context.run(addNote, { incident: second.name, text: 'Of the second' });
    expect(
      (await openIncident(context, first.name)).state.entries.some(({ event }) => event.type === 'note.added'),
    ).toBe(false);
  });

  it('at once give two incidents', async () => {
    const both = await Promise.all([declare({ title: 'Checkout down' }), declare({ title: 'Checkout down' })]);
    expect(new Set(both.map(({ name }) => name)).size).toBe(2);
  });
});

describe('confidential incidents', () => {
  it('say nothing of themselves in names', async () => {
    const declared = await declare({ title: 'Breach at Acme', confidential: true, impact: 'Card numbers' });
    expect(declared.name).toMatch(/^2026-11-23-confidential-[0-9a-z]{4}$/);
    expect(declared.channel).toBe(`#incident-${declared.name}`);
    await context.run(createPostUpdate(tools), { sent: true });
    await context.run(createWritePostMortem(tools));
    const names = await readdir(context.directory, { recursive: true });
    expect(names.join('\n')).not.toMatch(/acme|breach|card/i);
  });
});

describe('arguments', () => {
  it.each([
    [{ title: 'x' }, '“severity” is missing: one of SEV1, SEV2, SEV3, SEV4.'],
    [{ title: 'x', severity: 'SEV9' }, '“severity” must be one of SEV1, SEV2, SEV3, SEV4.'],
    [{ title: 'x', severity: 'SEV1', sev: 1 }, 'There is no argument “sev”.'],
    [{ title: 'x', severity: 'SEV1', detected: 'yesterday' }, /^“detected” is no moment: give a date and time/],
    [{ title: 'x', severity: 'SEV1', detected: '2026-11-23T06:00' }, /^“detected” is no moment/],
    [{ title: 'x', severity: 'SEV1', detected: '2026-02-30T06:00Z' }, /^“detected” is no moment/],
    [{ title: 'x', severity: 'SEV1', confidential: 'yes' }, '“confidential” must be boolean.'],
    [{ title: ' ', severity: 'SEV9' }, /^“title” is empty.*\. “severity” must be one of/],
    ['Checkout down', /^The arguments do not fit/],
    [undefined, /^“title” is missing\. “severity” is missing: one of SEV1, SEV2, SEV3, SEV4\.$/],
  ])('%j', async (args, message) => {
    const failure = (await context.run(declareIncident, args).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ name: 'IncidentError', reason: 'invalidArgument' });
    expect(failure.message).toMatch(message);
  });

  it('name the place in a list', async () => {
    await expect(context.run(verifyRecovery, { items: [{ item: 'latency', state: 'maybe' }] })).rejects.toThrow(
      '“items[0].state” must be one of checked, unchecked, waived.',
    );
  });

  it.each(['2026-11-23T05:30Z', '2026-11-23T06:30:00+01:00', '2026-11-23 05:30:00.000Z', '2026-11-23T00:30-0500'])(
    'take any ISO 8601 time with a zone: %s',
    async (impactStart) => {
      const { incident } = await declare({ title: 'x', impactStart });
      expect((await openIncident(context, incident)).state.moments.impactStart).toBe('2026-11-23T05:30:00.000Z');
    },
  );

  it('are text of people: nothing in them is markup, and credentials go', async () => {
    await declare({ title: 'x' });
    await context.run(editIncident, { impact: '[click](command:rm) password=hunter2-very-secret' });
    const { text } = await context.run(createPostUpdate(tools));
    expect(text).toContain('[click\\](command:rm)');
    expect(text).not.toContain('hunter2');
  });
});
