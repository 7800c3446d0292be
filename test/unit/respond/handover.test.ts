import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAcceptHandover } from '../../../src/respond/acceptHandover.ts';
import { assignRole } from '../../../src/respond/assignRole.ts';
import { decideHandOver } from '../../../src/respond/decideHandOver.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import { createDeclineHandover } from '../../../src/respond/declineHandover.ts';
import { createHandOver } from '../../../src/respond/handOver.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext, tools } from '../../support/builders/context.ts';
import { ada, decided, refusalOf } from '../../support/builders/decisions.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { eventLog } from '../../support/builders/events.ts';

const handOver = createHandOver(tools);
const acceptHandover = createAcceptHandover(tools);
const declineHandover = createDeclineHandover(tools);
const grace = 'Grace Hopper <grace@example.org>';
const eve = 'Eve <eve@example.org>';

const decide = (args: object) => decideHandOver(handOver.args.parse({ to: grace, situation: 'Rolling back', ...args }));

function staffed(): EventLog {
  const log = eventLog();
  log.open();
  log.declare('SEV1');
  log.add('role.assigned', { role: 'incidentCommander', person: ada });
  log.add('role.assigned', { role: 'scribe', person: ada });
  log.add('role.assigned', { role: 'technicalLead', person: eve });
  return log;
}

describe('who hands what over', () => {
  it.each([
    ['all that this person has', {}, { from: ada, roles: ['incidentCommander', 'scribe'] }],
    ['some of it', { roles: ['scribe'] }, { from: ada, roles: ['scribe'] }],
    ['for somebody else, by name', { from: eve }, { from: eve, roles: ['technicalLead'] }],
    ['for somebody else, by role', { roles: ['technicalLead'] }, { from: eve, roles: ['technicalLead'] }],
  ])('%s', (_case, args, offer) => {
    expect(decided(decide(args), staffed(), 5)).toMatchObject([{ type: 'handover.offered', data: offer }]);
  });

  it.each([
    [{ to: ada }, 'refused: Ada Lovelace cannot hand over to themselves.'],
    [{ from: grace, to: eve }, 'refused: Grace Hopper has no role, so there is nothing to hand over.'],
    [
      { roles: ['scribe', 'technicalLead'] },
      'refused: Ada Lovelace has not the role Technical Lead, so there is nothing to hand over.',
    ],
    [
      { roles: ['communicationsLead'] },
      'refused: Ada Lovelace has not the role Communications Lead, so there is nothing to hand over.',
    ],
  ])('%j is refused', (args, message) => {
    expect(refusalOf(() => decided(decide(args), staffed(), 5))).toBe(message);
  });
});

describe('a handover', () => {
  let context: TestContext;
  beforeEach(async () => {
    context = await createTestContext({ person: ada });
    await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1' });
    await context.run(assignRole, { role: 'scribe', person: ada });
  });
  afterEach(() => context.dispose());

  const rolesNow = async () => {
    const [summary] = context.store.list();
    return (await context.store.open(summary!.id)).state.roles;
  };

  it('is offered, stands in a document, and changes roles when it is accepted', async () => {
    const offered = await context.run(handOver, {
      to: grace,
      situation: 'Rolling back',
      tried: 'Restart\nScaling out',
      next: 'Watch the error rate, token=abcdef0123456789abcdef',
    });
    const before = await readFile(offered.document!, 'utf8');
    expect(offered.document).toMatch(new RegExp(`handovers/${offered.handover}\\.md$`));
    expect(before).toContain('offered, not yet accepted by Grace Hopper');
    expect(before).toContain('Scaling out');
    expect(before).not.toContain('abcdef0123456789abcdef');
    expect(await rolesNow()).toEqual({ incidentCommander: ada, scribe: ada });

    await writeFile(offered.document!, `${before}\nAsk Eve about the cache.\n`);
    context.who = grace;
    context.pass(5);
    const accepted = await context.run(acceptHandover);
    expect(accepted.handover).toBe(offered.handover);
    expect(await rolesNow()).toEqual({ incidentCommander: grace, scribe: grace });
    const after = await readFile(offered.document!, 'utf8');
    expect(after).toContain('accepted by Grace Hopper 2026-11-23 06:05 UTC');
    expect(after).toContain('Ask Eve about the cache.');

    await expect(context.run(acceptHandover)).rejects.toThrow('No handover is open.');
    await expect(context.run(acceptHandover, { handover: offered.handover })).rejects.toThrow(
      'The handover to Grace Hopper was accepted 2026-11-23 06:05 UTC.',
    );
  });

  it('can be accepted in the same breath', async () => {
    const done = await context.run(handOver, { to: grace, situation: 'x', roles: ['scribe'], accepted: true });
    expect(await rolesNow()).toEqual({ incidentCommander: ada, scribe: grace });
    expect(await readFile(done.document!, 'utf8')).toContain('accepted by Ada Lovelace for Grace Hopper');
  });

  it('can be declined, with a reason', async () => {
    const offered = await context.run(handOver, { to: grace, situation: 'x' });
    const declined = await context.run(declineHandover, { reason: 'Off in ten minutes' });
    expect(await rolesNow()).toEqual({ incidentCommander: ada, scribe: ada });
    expect(await readFile(declined.document!, 'utf8')).toContain('declined 2026-11-23 06:00 UTC: Off in ten minutes');
    await expect(context.run(declineHandover, { handover: offered.handover, reason: 'x' })).rejects.toThrow(
      'was declined',
    );
  });

  it('stands in the record when its document cannot be written', async () => {
    await writeFile(`${context.folders[0]!}/.incidents`, 'a file in the way');
    const offered = await context.run(handOver, { to: grace, situation: 'x' });
    expect(offered.document).toBeUndefined();
    expect(offered.documentProblem).toMatch(/Could not write .*handovers/);
    await context.run(acceptHandover);
    expect(await rolesNow()).toMatchObject({ incidentCommander: grace });
  });
});
