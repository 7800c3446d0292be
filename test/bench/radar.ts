import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createCompareFiles } from '../../src/connect/compareInWorker.ts';
import type { Arrival } from '../../src/changes/history/windowChanges.ts';
import { createGit } from '../../src/connect/git.ts';
import type { Commit } from '../../src/changes/history/readsHistory.ts';
import { changeWindow } from '../../src/investigate/window/changeWindow.ts';
import type { ChangesSight } from '../../src/investigate/window/changesSight.ts';
import { createConfigurationCheck } from '../../src/investigate/configuration/configurationCheck.ts';
import { parseConfigurationEvidence } from '../../src/investigate/configuration/configurationEvidence.ts';
import type { AutomaticCheck, CheckContext } from '../../src/investigate/automaticCheck.ts';
import { createRememberedComparisons } from '../../src/investigate/configuration/rememberedComparisons.ts';
import { git as runGit } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { windowCommits, writeConfigurationHistory } from './configurationHistory.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';
import { longestBlock } from './longestBlock.ts';

const rounds = 15;
const now = '2026-11-23T07:00:00.000Z';

/** Check 2 of a large window, from what reached the branch to the list that the tree shows, against the git calls it needs. */
export const radar: Benchmark = {
  name: 'radar',
  run: async ({ say }) => {
    const folder = await createBenchFolder();
    const directory = join(folder.path, 'repository');
    try {
      const { base, head } = await writeConfigurationHistory(directory);
      const sight = await sightOf(directory, base, head);
      const blobs = await wantedBlobs(directory, base, head);
      const tools = {
        versions: createGit(),
        compare: createCompareFiles(),
        configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
        sources: [],
      };
      const check = createConfigurationCheck(tools);
      const again = createConfigurationCheck({ ...tools, remembered: createRememberedComparisons() });
      let files = 0;
      const radarOnce = async ({ run }: AutomaticCheck) => {
        const { evidence } = await run([sight], { now } as CheckContext, new AbortController().signal);
        files = parseConfigurationEvidence(evidence[0]?.text ?? '')?.repositories[0]?.deployed?.files.length ?? 0;
      };
      const raw = async () => {
        await rawGit(directory, ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '-M', base, head]);
        await rawGit(directory, ['cat-file', '--batch', '--buffer'], blobs);
      };
      // Libraries and the compiler are warm after these.
      for (let warm = 0; warm < 5; warm++) await radarOnce(warm % 2 === 0 ? check : again);
      const measured = await inTurns(rounds, {
        radar: () => timed(() => radarOnce(check)),
        again: () => timed(() => radarOnce(again)),
        raw: () => timed(raw),
      });
      // Apart from the times: looking for blocks keeps the thread busy.
      const blocks: number[] = [];
      for (let round = 0; round < rounds; round++) blocks.push(await longestBlock(() => radarOnce(check)));
      say(
        `${String(windowCommits)} commits, ${String(files)} configuration files that differ, in ${folder.description}`,
      );
      say('reference: git diff-tree and git cat-file --batch of the same contents');
      return [
        figureOf({
          name: 'configuration radar of 500 commits',
          unit: 'ms',
          values: measured.radar,
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
      await folder.remove();
    }
  },
};

export async function sightOf(directory: string, base: string, head: string): Promise<ChangesSight> {
  const log = await runGit(directory, 'log', '--format=%x01%H%x00%aN%x00%ct%x00%s', '--name-only', `${base}..${head}`);
  const arrivals = log.split('\u0001').slice(1).map(arrivalOf);
  const window = changeWindow({ impactStart: undefined, detected: now, now, minutes: 240 });
  const ref = {
    ref: 'refs/heads/main',
    name: 'main',
    kind: 'local',
    commit: head,
    hasRemote: false,
    fetched: { kind: 'unknown', reason: 'no remote' },
  } as const;
  const running = { kind: 'unknown', reason: 'no source' } as const;
  const groups = [{ deploy: undefined, arrivals }];
  const changes = {
    repository: directory,
    ref,
    running,
    base,
    head,
    groups,
    pending: [],
    isShallow: false,
    isCut: false,
  };
  return { kind: 'seen', folder: directory, window, changes };
}

function arrivalOf(entry: string): Arrival {
  const [header = '', ...names] = entry.split('\n');
  const [id = '', author = '', seconds = '0', subject = ''] = header.split('\0');
  const at = new Date(Number(seconds) * 1000).toISOString();
  const files = names.filter(Boolean).map((path) => ({ status: 'modified', path, kind: 'file' }) as const);
  const commit: Commit = { id, parents: [], author, email: '', authoredAt: at, committedAt: at, subject, files };
  return { reachedAt: at, commit, brought: [], isCut: false, afterImpactStart: false };
}

/** What a reading of both versions asks for: all but programs. */
async function wantedBlobs(directory: string, base: string, head: string): Promise<string> {
  const raw = await runGit(directory, 'diff-tree', '-r', '--raw', '--no-abbrev', '-M', base, head);
  const lines = raw.split('\n').filter((line) => line !== '' && !line.endsWith('.ts'));
  const ids = lines.flatMap((line) => line.split(' ').slice(2, 4));
  return `${ids.filter((id) => !/^0+$/.test(id)).join('\n')}\n`;
}

function rawGit(directory: string, args: readonly string[], input?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: directory,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    });
    child.stdout?.resume();
    child.on('error', reject);
    child.on('close', () => {
      resolve();
    });
    child.stdin?.end(input);
  });
}
