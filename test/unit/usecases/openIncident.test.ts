import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openIncident } from '../../../src/incident/openIncident.ts';
import { addNote } from '../../../src/respond/addNote.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { closeIncident } from '../../../src/verify/closeIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';

let context: TestContext;
beforeEach(async () => {
  context = await createTestContext();
});
afterEach(() => context.dispose());

const declare = (title: string, more: object = {}) =>
  context.run(declareIncident, { title, severity: 'SEV3', ...more });

describe('which incident is meant', () => {
  it('is the only open one', async () => {
    await expect(context.run(addNote, { text: 'x' })).rejects.toMatchObject({
      reason: 'notFound',
      message: 'No incident is open.',
      hint: 'Declare an incident, or name one that has ended.',
    });
    const first = await declare('Checkout down');
    expect((await openIncident(context)).id).toBe(first.incident);
  });

  it('is asked for, by name and id, when several are open', async () => {
    const first = await declare('Checkout down');
    const second = await declare('A breach at Acme', { confidential: true });
    const failure = (await openIncident(context).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ reason: 'ambiguous', hint: 'Say which one with “incident”.' });
    expect(failure.message).toContain(`2026-11-23-checkout-down (${first.incident})`);
    expect(failure.message).toContain(second.incident);
    expect(failure.message).not.toContain('Acme');
  });

  it('can be named by id or name, in any case, also after it has ended', async () => {
    const first = await declare('Checkout down');
    await declare('Search slow');
    await context.run(closeIncident, { incident: first.name, outcome: 'cancelled', reason: 'A test' });
    for (const wanted of [first.incident, first.incident.toLowerCase(), first.name, first.name.toUpperCase()])
      expect((await openIncident(context, wanted)).id).toBe(first.incident);
    expect((await openIncident(context)).state.title).toBe('Search slow');
    await expect(openIncident(context, 'nothing')).rejects.toMatchObject({ reason: 'notFound' });
    await expect(openIncident(context, '01JD0000000000000000000000')).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('is the one in focus for a person, while it is open', async () => {
    const first = await declare('Checkout down');
    const second = await declare('Search slow');
    const focused = { store: context.store, focus: () => second.incident };
    expect((await openIncident(focused)).id).toBe(second.incident);
    expect((await openIncident(focused, first.incident)).id).toBe(first.incident);
    await context.run(closeIncident, { incident: second.incident, outcome: 'cancelled', reason: 'A test' });
    expect((await openIncident(focused)).id).toBe(first.incident);
  });
});

describe('a duplicate', () => {
  it('names another incident that is there', async () => {
    const first = await declare('Checkout down');
    const second = await declare('Payments down');
    const close = (incident: string, duplicateOf?: string) =>
      context.run(closeIncident, { incident, outcome: 'duplicate', reason: 'The same outage', duplicateOf });
    await expect(close(second.incident)).rejects.toThrow('“duplicateOf” is missing');
    await expect(close(second.incident, second.name)).rejects.toThrow('cannot be a duplicate of itself');
    await expect(close(second.incident, 'nothing')).rejects.toThrow('There is no incident nothing.');
    await expect(
      context.run(closeIncident, {
        incident: second.incident,
        outcome: 'cancelled',
        reason: 'x',
        duplicateOf: first.name,
      }),
    ).rejects.toThrow('“duplicateOf” is only for the outcome duplicate.');
    expect((await close(second.incident, first.name)).status).toBe('closed');
    expect((await openIncident(context, second.incident)).state.closed?.duplicateOf).toBe(first.incident);
    await expect(close(first.incident, second.name)).rejects.toThrow('is closed as a duplicate of this one');
  });
});
