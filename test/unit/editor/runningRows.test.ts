import { describe, expect, it } from 'vitest';
import type { RunningSight } from '../../../src/editor/rows/runningRows.ts';
import { runningRows } from '../../../src/editor/rows/runningRows.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { plusMs } from '../../../src/incident/isoTime.ts';
import { after, monday, ulidOf } from '../../support/builders/events.ts';
import { justDeclared } from '../../support/builders/state.ts';

const state = justDeclared();
const now = after(45);
const context: RowContext = {
  ...{ id: toIncidentId(ulidOf(monday, 20))!, state, problems: [], deadlines: deadlinesOf(state, now).deadlines, now },
  ...{ zone: 'UTC', changes: undefined, configuration: undefined, drafts: [] },
};
const commit = '3f2a9c1b04de58f7a6b1c2d3e4f5061728394a5b';
const known = { kind: 'known', commit, from: 'http://shop.test/version (commit)' } as const;
const rows = (services: RunningSight['services']) =>
  runningRows(context, { services, branch: 'origin/main', missed: [] }).map(({ label, description, icon, command }) =>
    [label, description, icon?.id, command?.id].filter(Boolean).join(' | '),
  );

describe('what runs, as rows', () => {
  it.each([
    [
      { ...known, version: 'v1.9.0', readAt: plusMs(now, -12_000) },
      'Running: v1.9.0 (3f2a9c1) | from http://shop.test/version (commit) · read 12 s ago | rocket',
    ],
    [
      { ...known, version: commit, readAt: plusMs(now, -200_000), missed: ['The service refused.'] },
      'Running: 3f2a9c1 | from http://shop.test/version (commit) · read 3 min ago · a surer source did not answer | rocket',
    ],
    [known, 'Running: 3f2a9c1 | from http://shop.test/version (commit) | rocket'],
    [
      { kind: 'unknown', reason: 'Nothing is configured.' } as const,
      'Running: unknown, assuming the head of origin/main | Nothing is configured. | question | mayday.openConfiguration',
    ],
    [
      { kind: 'unknown', reason: 'Nobody confirmed it.', unconfirmed: true } as const,
      'Running: unknown, assuming the head of origin/main | Nobody confirmed it. | question | mayday.confirmAddresses',
    ],
  ])('%j', (running, expected) => {
    expect(rows([{ service: undefined, running }])).toEqual([expected]);
  });

  it('one for each service, with ids of their own', () => {
    const services = [
      { service: 'api', running: known },
      { service: 'mail', running: { kind: 'unknown', reason: 'Refused.' } as const },
    ];
    expect(rows(services).map((text) => text.split(' | ')[0])).toEqual([
      'Running api: 3f2a9c1',
      'Running mail: unknown, assuming the head of origin/main',
    ]);
    const ids = runningRows(context, { services, branch: 'x', missed: [] }, ['repository', '0']).map(({ id }) => id);
    expect(ids).toEqual([`${context.id}/repository/0/running/api`, `${context.id}/repository/0/running/mail`]);
  });

  it('what strangers wrote is one harmless line', () => {
    const running = { ...known, version: '1\u001b[31m.9\n\u202e$(x)', from: 'a\nb' };
    expect(rows([{ service: 'a\u0007b', running }])).toEqual([
      'Running a\ufffdb: 1.9 $(x) (3f2a9c1) | from a b | rocket',
    ]);
  });

  it('says of deploys that could not be told why, and of sources what they answered', () => {
    const [row] = runningRows(context, {
      services: [{ service: undefined, running: { ...known, version: 'v1', readAt: now, missed: ['A refused.'] } }],
      ...{ branch: 'origin/main', missed: ['GitHub refused.'] },
    });
    expect(row?.tooltip?.split('\n')).toEqual([
      `v1 is commit ${commit}`,
      'Told by http://shop.test/version (commit), 2026-11-23 06:45 UTC',
      'A refused.',
      'GitHub refused.',
    ]);
  });
});
