import { createGit } from '../../src/connect/git.ts';
import { changeRows } from '../../src/editor/rows/changeRows.ts';
import { deadlinesOf } from '../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../src/incident/ids.ts';
import { dayMs, plusMs } from '../../src/incident/isoTime.ts';
import { deploymentsCheck } from '../../src/investigate/deployments/deploymentsCheck.ts';
import { createIncidentChanges } from '../../src/investigate/window/incidentChanges.ts';
import { createInvestigate } from '../../src/investigate/investigate.ts';
import { readListedCommits } from '../../src/investigate/deployments/listedCommits.ts';
import { placeRepositories } from '../../src/investigate/window/placeRepositories.ts';
import { declareIncident } from '../../src/respond/declareIncident.ts';
import { createTestContext } from '../support/builders/context.ts';
import { git } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { benchRepository } from './benchRepository.ts';
import type { Measured } from './figure.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';
import { rawHistory } from './rawHistory.ts';
import { longestBlock } from './longestBlock.ts';
import { withoutSignals } from '../support/builders/withoutSignals.ts';
import { createRememberedChoices } from '../../src/investigate/window/rememberedChoices.ts';
import { choiceMemory } from '../support/builders/choiceMemory.ts';

const rounds = 20;
/** The compiler takes some rounds to be done with what they run. */
const warmUps = 20;
const sizes = [10_000, 100_000];
const days = 7;

/** From *Investigate* to the rows of the tree, a week of commits, against the git commands that tell as much. */
export const history: Benchmark = {
  name: 'history',
  run: async ({ say, repository }) => {
    if (repository !== undefined) return measure(repository, await newestAt(repository), 'the given repository', say);
    const figures: Measured[] = [];
    for (const size of sizes) {
      const made = await benchRepository(size);
      figures.push(...(await measure(made.directory, made.newestAt, `${size.toLocaleString('en')} commits`, say)));
    }
    return figures;
  },
};

type Say = (text: string) => void;

async function measure(directory: string, now: string, name: string, say: Say): Promise<readonly Measured[]> {
  const context = await createTestContext({ now });
  try {
    const changes = createIncidentChanges({
      choices: createRememberedChoices(choiceMemory()),
      history: createGit(),
      now: () => now,
      foldersOf: () => Promise.resolve([directory]),
      configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
      deployedOf: () => Promise.resolve({ running: { kind: 'unknown', reason: 'Nobody tells.' }, deploys: [] }),
    });
    const investigate = createInvestigate({ ...withoutSignals, checks: [deploymentsCheck], changes });
    let rows = 0;
    const investigateOnce = async (incident: string): Promise<void> => {
      await context.run(investigate, { incident, windowMinutes: days * 24 * 60 });
      const handle = await context.store.open(toIncidentId(incident) ?? fail());
      const listed = await readListedCommits(handle);
      const placed = listed && placeRepositories(listed, [directory]);
      const { deadlines } = deadlinesOf(handle.state, now);
      const drawn = { id: handle.id, state: handle.state, deadlines, now, zone: 'UTC', changes: placed };
      rows = changeRows({ ...drawn, problems: [], drafts: [] }).length;
    };
    // An incident of its own each time: the same sight is not recorded twice in one.
    const declare = async (): Promise<string> =>
      (await context.run(declareIncident, { title: 'Slow', severity: 'SEV3', impactStart: now })).incident;
    const raw = await rawHistory(directory, plusMs(now, -days * dayMs));
    for (let warm = 0; warm < warmUps; warm++) await investigateOnce(await declare());
    const incidents: string[] = [];
    for (let round = 0; round < rounds; round++) incidents.push(await declare());
    const { ours, theirs } = await inTurns(rounds, {
      ours: (round) => timed(() => investigateOnce(incidents[round] ?? fail())),
      theirs: () => timed(raw.run),
    });
    // Apart from the times: looking for blocks keeps the thread busy.
    const blocks: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const incident = await declare();
      blocks.push(await longestBlock(() => investigateOnce(incident)));
    }
    say(`${name}: ${String(raw.commits)} commits of ${String(days)} days, ${String(rows)} rows at the top`);
    say('reference: git rev-list of the first-parent line, then git log with --raw and --numstat of what it brought');
    return [
      figureOf({
        name: `history of ${name}`,
        ...{ unit: 'ms', values: ours, references: theirs, goal: { of: 'ratio', atMost: 1.3 } },
      }),
      figureOf({
        name: `history of ${name}, longest block of the thread`,
        ...{ unit: 'ms', values: blocks, goal: { of: 'value', atMost: 50 }, summarize: (all) => Math.max(...all) },
      }),
    ];
  } finally {
    await context.dispose();
  }
}

async function newestAt(directory: string): Promise<string> {
  const ref = await git(directory, 'rev-parse', '--symbolic-full-name', 'refs/remotes/origin/HEAD').catch(() => 'HEAD');
  return new Date(Number(await git(directory, 'log', '-1', '--format=%ct', ref)) * 1000).toISOString();
}

function fail(): never {
  throw new Error('there is no such incident');
}
