import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkFile } from '../../../src/changes/stackTrace/readWorkFile.ts';
import { createGit } from '../../../src/connect/git.ts';
import { createLineHistory } from '../../../src/connect/gitLineHistory.ts';
import { drillProcesses } from '../../../src/connect/runDrillService.ts';
import type { Drill } from '../../../src/drill/createDrill.ts';
import { startDrillService } from '../../../src/drill/startDrillService.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import { createInvestigateLine } from '../../../src/investigate/code/investigateLine.ts';
import { readWindowChanges } from '../../../src/investigate/window/readWindowChanges.ts';
import { isInWindow, placeText } from '../../../src/investigate/code/tracedCode.ts';
import { createTraceToCode } from '../../../src/investigate/code/traceToCode.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import { createTestDrill, drillNow, temporaryFolder, until } from './drillFixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let drill: Drill;
let context: TestContext;

beforeEach(async () => {
  folder = await temporaryFolder();
  drill = await createTestDrill(folder.path);
  context = await createTestContext({ now: drillNow });
  await context.run(declareIncident, { title: 'Checkout fails', severity: 'SEV1' });
});

afterEach(async () => {
  await context.dispose();
  await folder.remove();
});

/** What the service writes when a request fails. */
async function failure(): Promise<string> {
  const running = await startDrillService(drill.directory, drillProcesses);
  const log = join(drill.directory, 'logs', 'checkout.log');
  try {
    await until('an error in the log', async () => (await readFile(log, 'utf8').catch(() => '')).includes('"err":{'));
    return await readFile(log, 'utf8');
  } finally {
    await running.stop();
  }
}

function tools() {
  const git = createGit();
  const window = changeWindow({ impactStart: undefined, detected: drillNow, now: drillNow, minutes: 240 });
  const changes = { featureFlags: [], zoneFiles: [] };
  const running = { kind: 'unknown', reason: 'a test' } as const;
  return {
    lines: createLineHistory(),
    readFile: (root: string, revision: string, path: string) => git.readFile(root, revision, path),
    readWorkFile,
    sightsOf: async () => [
      await readWindowChanges({ history: git }, { folder: drill.directory, window, services: [], changes, running }),
    ],
  };
}

describe('the log of the drill’s service', { timeout: 60_000 }, () => {
  it('leads to the lines of the bad commit, changed in the window', async () => {
    const log = await failure();

    const traced = await context.run(createTraceToCode(tools()), { text: log });

    const frames = traced.errors.flatMap((error) => error.frames);
    const own = frames.filter(({ place }) => place.kind === 'repository');
    expect(traced.errors[0]).toMatchObject({ type: 'PoolTimeout' });
    expect(own.map(({ place }) => place.kind === 'repository' && place.path)).toEqual(
      expect.arrayContaining(['src/pool.js', 'src/transaction.js', 'src/respond.js']),
    );
    const changed = own.filter(isInWindow);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.map(({ standing }) => standing?.kind === 'known' && standing.id)).toContain(drill.badCommit);
    const guilty = changed.find(({ place }) => place.kind === 'repository' && place.path === 'src/transaction.js');
    expect(guilty).toMatchObject({ function: 'beginTransaction', code: 'const connection = await pool.acquire();' });
    expect(own.find(({ place }) => place.kind === 'repository' && place.path === 'src/pool.js')).toMatchObject({
      standing: { kind: 'known', inWindow: false },
    });

    const { state } = await context.store.open(traced.incident);
    expect(state.findings[0]?.text).toContain(`${placeText(guilty!) ?? ''} by ${drill.badCommit.slice(0, 8)}`);

    const place = guilty!.place.kind === 'repository' ? guilty!.place : { path: '', line: 1 };
    const history = await context.run(createInvestigateLine(tools()), {
      ...{ repository: drill.directory, revision: traced.revisions[0]?.revision, path: place.path, line: place.line },
    });
    expect(history.changes).toMatchObject([{ id: drill.badCommit, standing: 'inWindow', oldPath: undefined }]);
  });
});
