import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import type { AutomaticCheck } from '../../../src/investigate/automaticCheck.ts';
import { addFinding } from '../../../src/investigate/addFinding.ts';
import { deploymentsCheck } from '../../../src/investigate/deployments/deploymentsCheck.ts';
import type { IncidentChanges } from '../../../src/investigate/window/incidentChanges.ts';
import { createIncidentChanges } from '../../../src/investigate/window/incidentChanges.ts';
import { allListed } from '../../../src/investigate/deployments/listedChanges.ts';
import { parseCommitEvidence } from '../../../src/investigate/deployments/parseCommitEvidence.ts';
import { completeCheck } from '../../../src/investigate/completeCheck.ts';
import { inspectChange } from '../../../src/investigate/inspectChange.ts';
import { createInvestigate } from '../../../src/investigate/investigate.ts';
import { judgeSuspect } from '../../../src/investigate/judgeSuspect.ts';
import { readListedCommits } from '../../../src/investigate/deployments/listedCommits.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { after } from '../../support/builders/events.ts';
import { withoutSignals } from '../../support/builders/withoutSignals.ts';
import { createRememberedChoices } from '../../../src/investigate/window/rememberedChoices.ts';
import { choiceMemory } from '../../support/builders/choiceMemory.ts';

let context: TestContext;
let repository: TestRepository;
let folder: string | undefined;
const changesIn = (foldersOf: () => Promise<readonly string[]>) =>
  createIncidentChanges({
    choices: createRememberedChoices(choiceMemory()),
    history: createGit(),
    now: () => context.now,
    foldersOf,
    configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
    deployedOf: () => Promise.resolve({ running: { kind: 'unknown', reason: 'Nobody tells.' }, deploys: [] }),
  });
let changes: IncidentChanges;
const tools = {
  checks: [deploymentsCheck],
  changes: { look: (...asked: Parameters<IncidentChanges['look']>) => changes.look(...asked) },
};
const investigate = createInvestigate({ ...withoutSignals, ...tools });

beforeEach(async () => {
  context = await createTestContext();
  changes = changesIn(() => Promise.resolve(folder === undefined ? [] : [folder]));
  context.pass(30);
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1', impactStart: after(-5) });
});
afterEach(() => context.dispose());

async function handleNow() {
  const [summary] = context.store.list();
  return context.store.open(summary!.id);
}

const checksRecorded = async () =>
  (await handleNow()).state.entries.filter(({ event }) => event.type === 'check.completed').length;

describe('investigating', { timeout: 30_000 }, () => {
  beforeEach(() => {
    repository = createRepository();
    folder = repository.directory;
    repository.commit({ message: 'Old and settled', files: { 'app.js': '1\n' }, at: after(-3000) });
    repository.commit({
      message: 'Pool of one password=hunter2-very-secret',
      files: { 'pool.js': 'max = 1\n' },
      at: after(-90),
    });
    repository.commit({
      message: 'Fix the label',
      files: { 'app.js': '1\n2\n' },
      author: 'Eve <eve@example.org>',
      at: after(10),
    });
  });
  afterEach(() => {
    repository.dispose();
  });

  it('lists the commits of the change window, and which came after impact began', async () => {
    const found = await context.run(investigate);
    expect(found.window).toMatchObject({ from: after(-245), to: after(30), origin: { kind: 'impactStart' } });
    expect(found.ref).toMatchObject({ name: 'main', kind: 'local' });
    expect(found.commits).toMatchObject([
      { subject: 'Fix the label', author: 'Eve', files: 1, additions: 1, deletions: 0, afterImpactStart: true },
      { subject: expect.stringContaining('Pool of one') as string, files: 1, afterImpactStart: false },
    ]);
    expect(found.checks[0]).toMatchObject({ check: 'deployments', verdict: 'suspicious', manual: false });
    expect(found.checks.slice(1).map(({ summary }) => summary)).toEqual([
      ...Array.from({ length: 4 }, () => 'not run yet'),
      'manual check: not done yet',
      'not run yet',
    ]);
  });

  it('keeps what it saw as evidence, without credentials, for a window that opens later', async () => {
    await context.run(investigate);
    const handle = await handleNow();
    const [evidence] = handle.state.checks.deployments?.evidence ?? [];
    const json = Buffer.from(await handle.readEvidence(evidence!)).toString();
    expect(json).not.toContain('hunter2');
    expect(json).not.toContain(repository.directory);
    expect(JSON.parse(json)).toMatchObject({
      repositories: [{ ref: { name: 'main' }, window: { minutes: 240 }, isShallow: false }],
    });
    const listed = await readListedCommits(handle);
    expect(listed?.repositories.flatMap(allListed).map(({ files, committedAt }) => ({ files, committedAt }))).toEqual([
      { files: 1, committedAt: after(10) },
      { files: 1, committedAt: after(-90) },
    ]);
    await rm(join(handle.directory, 'evidence'), { recursive: true });
    expect(await readListedCommits(handle)).toBeUndefined();
  });

  it('records nothing new while it sees the same', async () => {
    await context.run(investigate);
    context.pass(7);
    const again = await context.run(investigate);
    expect(again.commits).toHaveLength(2);
    expect(await checksRecorded()).toBe(1);
  });

  it.each([
    ['another commit', () => repository.commit({ files: { 'b.js': '1' }, at: after(20) }), {}],
    ['a wider window', () => undefined, { windowMinutes: 24 * 60 }],
  ])('records %s', async (_case, change, args) => {
    await context.run(investigate);
    change();
    await context.run(investigate, args);
    expect(await checksRecorded()).toBe(2);
  });

  it('lets the judgement of a person stand, until there is something new to see', async () => {
    await context.run(investigate);
    await context.run(completeCheck, { check: 'deployments', verdict: 'ok', summary: 'Only labels' });
    const again = await context.run(investigate);
    expect(again.checks[0]).toMatchObject({ verdict: 'ok', summary: 'Only labels', manual: true });
    expect((await readListedCommits(await handleNow()))?.repositories.flatMap(allListed)).toHaveLength(2);
    repository.commit({ files: { 'b.js': '1' }, at: after(25) });
    expect((await context.run(investigate)).checks[0]).toMatchObject({ verdict: 'suspicious', manual: false });
  });

  it('proposes a wider window when there is nothing in this one', async () => {
    const found = await context.run(investigate, { windowMinutes: 1 });
    expect(found.commits).toHaveLength(1);
    context.now = after(20_000);
    await context.run(declareIncident, { title: 'Search down', severity: 'SEV1' });
    const empty = await context.run(investigate, { incident: '2026-12-07-search-down' });
    expect(empty).toMatchObject({ commits: [], widerWindows: [24 * 60, 7 * 24 * 60] });
    expect(empty.checks[0]?.verdict).toBe('unknown');
  });

  it.each([
    ['no folder', undefined, /^No folder of this incident is open/],
    ['no repository', tmpdir(), /repository/],
  ])('says why it saw nothing: %s, once', async (_case, place, reason) => {
    folder = place;
    const found = await context.run(investigate);
    expect(found.checks[0]).toMatchObject({ verdict: 'unknown', manual: false });
    expect(found.checks[0]?.summary).toMatch(reason);
    expect(found.ref).toBeUndefined();
    await context.run(investigate);
    expect(await checksRecorded()).toBe(1);
    expect(await readListedCommits(await handleNow())).toBeUndefined();
  });

  it('tells its checks when the time of whoever is outside is over', async () => {
    const patient: AutomaticCheck = {
      check: 'deployments',
      run: async (_sights, { outsideEnd }) => {
        if (outsideEnd?.aborted !== true)
          await new Promise((resolve) => outsideEnd?.addEventListener('abort', resolve));
        return { verdict: 'unknown', summary: 'Nobody answered in time.', evidence: [] };
      },
    };
    const limited = createInvestigate({ ...withoutSignals, ...tools, checks: [patient], outsideLimitMs: 2_000 });
    const { checks } = await context.run(limited);
    expect(checks[0]).toMatchObject({ verdict: 'unknown', summary: 'Nobody answered in time.' });
  });

  it('records nothing when it is cancelled on the way', async () => {
    const abort = new AbortController();
    const cancelling = changesIn(() => {
      abort.abort();
      return Promise.resolve(folder === undefined ? [] : [folder]);
    });
    const slow = createInvestigate({ ...withoutSignals, checks: [deploymentsCheck], changes: cancelling });
    await expect(context.run(slow, {}, abort.signal)).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await checksRecorded()).toBe(0);
  });
});

describe('the window that is asked for', () => {
  it.each([{ windowMinutes: 0 }, { windowMinutes: 1.5 }, { windowMinutes: '4h' }, { windowMinutes: 1e9 }])(
    'refuses %j',
    async (args) => {
      await expect(context.run(investigate, args)).rejects.toMatchObject({ reason: 'invalidArgument' });
    },
  );
});

describe('evidence of commits', () => {
  it.each(['', 'null', '{"commits":[{}]}', '{"commits":[{"id":"zz"}]}', '[1]'])(
    'that is something else: %s',
    (json) => {
      expect(parseCommitEvidence(json)).toBeUndefined();
    },
  );
});

describe('what people make of it', () => {
  const id = 'abcdef0123456789abcdef0123456789abcdef01';

  it('judges a commit by its shortened id, once', async () => {
    await context.run(inspectChange, { commits: [{ id, subject: 'Pool of one', author: 'Eve', at: after(-90) }] });
    await context.run(inspectChange, { commits: [{ id, subject: 'Pool of one', author: 'Eve', at: after(-90) }] });
    await context.run(judgeSuspect, { commit: 'ABCDEF01', judgement: 'suspected' });
    await context.run(judgeSuspect, { commit: id, judgement: 'suspected' });
    await context.run(judgeSuspect, { commit: 'abcdef', judgement: 'confirmed', reason: 'Reproduced' });
    const { suspects, inspected, entries } = (await handleNow()).state;
    expect(inspected).toHaveLength(1);
    expect(suspects).toMatchObject([
      { commit: id, subject: 'Pool of one', judgement: 'confirmed', reason: 'Reproduced' },
    ]);
    expect(entries.filter(({ event }) => event.type === 'suspect.judged')).toHaveLength(2);
    await expect(context.run(judgeSuspect, { commit: 'main', judgement: 'cleared' })).rejects.toThrow(
      '“commit” is no commit id: it has 4 to 64 hexadecimal digits.',
    );
  });

  it('adds findings with a link or an excerpt', async () => {
    const added = await context.run(addFinding, {
      check: 'logs',
      text: 'Pool exhausted\nsince the deploy',
      link: 'https://logs.example/x?y=1',
      place: 'src/db/pool.js:14-18',
      revision: id,
      excerpt: 'line 1\n  line 2\n',
    });
    const { findings } = (await handleNow()).state;
    expect(findings).toMatchObject([
      { id: added.finding, revision: id, evidence: [{ name: 'pool.js-14-18.txt', bytes: 16 }] },
    ]);
    for (const link of ['javascript:alert(1)', 'command:rm', 'file:///etc/passwd', 'logs'])
      await expect(context.run(addFinding, { check: 'logs', text: 'x', link })).rejects.toThrow(
        '“link” is no web address',
      );
  });

  it('goes through a check by hand, and records the same once', async () => {
    const wish = { check: 'traffic', verdict: 'notApplicable', summary: 'Internal only' };
    await context.run(completeCheck, wish);
    await context.run(completeCheck, wish);
    expect(await checksRecorded()).toBe(1);
  });
});
