import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import type { ReadsHistory } from '../../../src/changes/history/readsHistory.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import type { IncidentChanges } from '../../../src/investigate/window/incidentChanges.ts';
import { createIncidentChanges } from '../../../src/investigate/window/incidentChanges.ts';
import { correctMoment } from '../../../src/respond/correctMoment.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import { after } from '../../support/builders/events.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { createRememberedChoices } from '../../../src/investigate/window/rememberedChoices.ts';
import { choiceMemory } from '../../support/builders/choiceMemory.ts';

let context: TestContext;
let repository: TestRepository;
let folders: readonly string[];
let changes: IncidentChanges;
let reads: number;
let asked: number;

beforeEach(async () => {
  context = await createTestContext();
  context.pass(30);
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1', impactStart: after(-5) });
  repository = createRepository();
  repository.commit({ message: 'one', files: { a: '1' }, at: after(-60) });
  folders = [repository.directory];
  reads = 0;
  asked = 0;
  const git = createGit({ environment: repository.environment });
  const history: ReadsHistory = {
    ...git,
    windowHistory: (...args) => {
      reads += 1;
      return git.windowHistory(...args);
    },
  };
  changes = createIncidentChanges({
    choices: createRememberedChoices(choiceMemory()),
    history,
    now: () => context.now,
    foldersOf: () => Promise.resolve(folders),
    configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
    deployedOf: () => {
      asked += 1;
      return Promise.resolve({ running: { kind: 'unknown', reason: 'nobody tells' }, deploys: [] });
    },
  });
});
afterEach(async () => {
  repository.dispose();
  await context.dispose();
});

async function handle() {
  const [summary] = context.store.list();
  return context.store.open(toIncidentId(summary!.id)!);
}
const commits = async () =>
  (await changes.of(await handle())).map((sight) =>
    sight.kind === 'seen'
      ? sight.changes.groups.flatMap(({ arrivals }) => arrivals.map(({ commit }) => commit.subject)).join()
      : sight.reason,
  );
const signal = new AbortController().signal;

describe('the changes of an incident', { timeout: 30_000 }, () => {
  it('are read once, however many ask, and nothing outside is asked', async () => {
    expect(await Promise.all([commits(), commits(), commits()])).toEqual([['one'], ['one'], ['one']]);
    await commits();
    expect([reads, asked]).toEqual([1, 0]);
  });

  it('are read again once a ref moves, however it is stored', async () => {
    await commits();
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await commits();
    expect(reads).toBe(2);
    repository.git('tag', 'v1.0.0');
    await commits();
    expect(reads).toBe(3);
    repository.git('pack-refs', '--all');
    await commits();
    await commits();
    expect(reads).toBe(4);
  });

  it('are read again once a local branch moves that stands in for the remote', async () => {
    await commits();
    repository.commit({ message: 'two', files: { b: '1' }, at: after(-20) });
    expect(await commits()).toEqual(['two,one']);
  });

  it('are read again once a moment of the incident is corrected', async () => {
    await commits();
    await context.run(correctMoment, { moment: 'impactStart', time: after(-30), reason: 'the graph' });
    expect(await commits()).toEqual(['one']);
    expect(reads).toBe(2);
  });

  it('keep the window that was chosen last, and ask what runs when somebody investigates', async () => {
    await changes.look(await handle(), { kind: 'minutes', minutes: 10 }, signal);
    expect(await commits()).toEqual(['']);
    expect([reads, asked]).toEqual([1, 1]);
    await changes.look(await handle(), undefined, signal);
    expect(await commits()).toEqual(['']);
    await changes.look(await handle(), { kind: 'minutes', minutes: 240 }, signal);
    expect(await commits()).toEqual(['one']);
  });

  it('are those of every repository, once, whichever folders of it are open', async () => {
    const other = createRepository();
    other.commit({ message: 'other', files: { a: '1' }, at: after(-60) });
    repository.git('worktree', 'add', '--quiet', '-b', 'side', '../worktree');
    mkdirSync(join(repository.directory, 'src'));
    folders = [
      repository.directory,
      join(repository.directory, 'src'),
      join(repository.directory, '../worktree'),
      other.directory,
      context.directory,
    ];
    expect(await commits()).toEqual(['one', 'other']);
    other.dispose();
  });

  it('say why nothing can be seen', async () => {
    folders = [];
    expect(await commits()).toEqual([expect.stringContaining('No folder of this incident is open')]);
    folders = [context.directory];
    expect(await commits()).toEqual([expect.stringContaining('is in no git repository')]);
  });

  it('go on for others when one of those who wait is not interested any more', async () => {
    const abort = new AbortController();
    const one = changes.of(await handle(), abort.signal);
    const other = commits();
    abort.abort();
    await expect(one).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await other).toEqual(['one']);
  });
});
