import { join } from 'node:path';
import { isConfigurationPath, mayBeConfiguration } from '../../src/changes/configuration/classifyConfiguration.ts';
import { configurationFormats } from '../../src/changes/configuration/configurationFormats.ts';
import { createCompareFiles } from '../../src/connect/compareInWorker.ts';
import { createGit } from '../../src/connect/git.ts';
import { toIncidentId } from '../../src/incident/ids.ts';
import { minuteMs, plusMs } from '../../src/incident/isoTime.ts';
import { createConfigurationCheck } from '../../src/investigate/configuration/configurationCheck.ts';
import { readListedConfiguration } from '../../src/investigate/configuration/readConfiguration.ts';
import { createRememberedComparisons } from '../../src/investigate/configuration/rememberedComparisons.ts';
import { createInvestigate } from '../../src/investigate/investigate.ts';
import { createIncidentChanges } from '../../src/investigate/window/incidentChanges.ts';
import { createRememberedChoices } from '../../src/investigate/window/rememberedChoices.ts';
import { declareIncident } from '../../src/respond/declareIncident.ts';
import { choiceMemory } from '../support/builders/choiceMemory.ts';
import { createTestContext } from '../support/builders/context.ts';
import { withoutSignals } from '../support/builders/withoutSignals.ts';
import { git } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { windowCommits, writeConfigurationHistory } from './configurationHistory.ts';
import { deployBranch } from './deployBranch.ts';
import type { Measured } from './figure.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';
import { longestBlock } from './longestBlock.ts';
import { rawGit } from './rawGit.ts';
import { rawHistory } from './rawHistory.ts';

const rounds = 15;
const wish = { featureFlags: [], zoneFiles: [] };
const formats = configurationFormats(wish);

/** From *Investigate*, check 2 of a large window, to the list that the tree shows, against the git calls that it needs. */
export const radar: Benchmark = {
  name: 'radar',
  run: async ({ say, repository }) => {
    if (repository !== undefined) return measure(repository, say);
    const folder = await createBenchFolder();
    try {
      await writeConfigurationHistory(join(folder.path, 'repository'));
      return await measure(join(folder.path, 'repository'), say);
    } finally {
      await folder.remove();
    }
  },
};

async function measure(directory: string, say: (text: string) => void): Promise<readonly Measured[]> {
  const { base, head, newestAt, minutes } = await deployBranch(directory, windowCommits);
  const context = await createTestContext({ now: newestAt });
  try {
    const changes = createIncidentChanges({
      choices: createRememberedChoices(choiceMemory()),
      history: createGit(),
      now: () => newestAt,
      foldersOf: () => Promise.resolve([directory]),
      configurationOf: () => Promise.resolve({ services: [], changes: wish }),
      deployedOf: () => Promise.resolve({ running: { kind: 'unknown', reason: 'Nobody tells.' }, deploys: [] }),
    });
    const tools = {
      versions: createGit(),
      compare: createCompareFiles(),
      configurationOf: () => Promise.resolve({ services: [], changes: wish }),
      sources: [],
    };
    const investigateWith = (check: ReturnType<typeof createConfigurationCheck>) =>
      createInvestigate({ ...withoutSignals, checks: [check], changes });
    const first = investigateWith(createConfigurationCheck(tools));
    const again = investigateWith(createConfigurationCheck({ ...tools, remembered: createRememberedComparisons() }));
    let files = 0;
    const radarOnce = async (investigate: typeof first, incident: string): Promise<void> => {
      await context.run(investigate, { incident, windowMinutes: minutes });
      const handle = await context.store.open(toIncidentId(incident) ?? fail());
      files = (await readListedConfiguration(handle))?.repositories[0]?.deployed?.files.length ?? 0;
    };
    // An incident of its own each time: the same sight is not recorded twice in one.
    const declare = async (): Promise<string> =>
      (await context.run(declareIncident, { title: 'Slow', severity: 'SEV3', impactStart: newestAt })).incident;
    const declared = async (): Promise<readonly string[]> => {
      const incidents: string[] = [];
      while (incidents.length < rounds) incidents.push(await declare());
      return incidents;
    };
    const log = await rawHistory(directory, plusMs(newestAt, -minutes * minuteMs));
    const blobs = await wantedBlobs(directory, base, head);
    const raw = async () => {
      await log.run();
      await rawGit(directory, ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '-M', base, head]);
      await rawGit(directory, ['cat-file', '--batch', '--buffer'], blobs);
    };
    // Libraries and the compiler are warm after these.
    for (let warm = 0; warm < 6; warm++) await radarOnce(warm % 2 === 0 ? first : again, await declare());
    const [firsts, agains, blocked] = [await declared(), await declared(), await declared()];
    const measured = await inTurns(rounds, {
      first: (round) => timed(() => radarOnce(first, firsts[round] ?? fail())),
      again: (round) => timed(() => radarOnce(again, agains[round] ?? fail())),
      raw: () => timed(raw),
    });
    // Apart from the times: looking for blocks keeps the thread busy.
    const blocks: number[] = [];
    for (const incident of blocked) blocks.push(await longestBlock(() => radarOnce(first, incident)));
    say(`${String(log.commits)} commits, ${String(files)} configuration files that differ`);
    say('reference: git rev-list and git log of the window, git diff-tree and git cat-file --batch of both ends');
    return [
      figureOf({
        name: 'configuration radar of 500 commits',
        unit: 'ms',
        values: measured.first,
        references: measured.raw,
        goal: { of: 'ratio', atMost: 2 },
      }),
      figureOf({
        name: 'configuration radar of 500 commits, again',
        unit: 'ms',
        values: measured.again,
        references: measured.raw,
      }),
      figureOf({
        name: 'configuration radar, longest block of the thread',
        unit: 'ms',
        values: blocks,
        goal: { of: 'value', atMost: 50 },
        summarize: (samples) => Math.max(...samples),
      }),
    ];
  } finally {
    await context.dispose();
  }
}

/** What a reading of both versions asks for. */
async function wantedBlobs(directory: string, base: string, head: string): Promise<string> {
  const raw = await git(directory, 'diff-tree', '-r', '--raw', '--no-abbrev', '-M', base, head);
  const lines = raw.split('\n').filter((line) => {
    const path = line.slice(line.lastIndexOf('\t') + 1);
    return !line.startsWith(':160000') && (isConfigurationPath(path, formats) || mayBeConfiguration(path, formats));
  });
  const ids = lines.flatMap((line) => line.split(' ').slice(2, 4));
  return `${ids.filter((id) => !/^0+$/.test(id)).join('\n')}\n`;
}

function fail(): never {
  throw new Error('there is no such incident');
}
