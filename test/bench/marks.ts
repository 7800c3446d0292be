import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { changedRuns } from '../../src/changes/lines/changedLines.ts';
import { placeMarks } from '../../src/changes/lines/placeMarks.ts';
import { createGit } from '../../src/connect/git.ts';
import { git } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { deployBranch } from './deployBranch.ts';
import type { Measured } from './figure.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';
import { longestBlock } from './longestBlock.ts';
import { randomNumbers } from './randomText.ts';

const lineCount = 10_000;
const commitCount = 30;
const rounds = 15;
const madeFile = 'src/big.js';
const run = promisify(execFile);

/** From a file that was opened to the marks on its lines, against the git that tells them. */
export const marks: Benchmark = {
  name: 'marks',
  run: async ({ say, repository }) => {
    if (repository !== undefined) return measure(repository, await mostChanged(repository), say);
    const folder = await createBenchFolder();
    try {
      return await measure(folder.path, { ...(await makeHistory(folder.path)), file: madeFile }, say);
    } finally {
      await folder.remove();
    }
  },
};

interface ChangedFile {
  readonly base: string;
  readonly head: string;
  readonly file: string;
}

async function measure(
  directory: string,
  { base, head, file }: ChangedFile,
  say: (text: string) => void,
): Promise<readonly Measured[]> {
  const text = editedText(await git(directory, 'show', `${head}:${file}`));
  const history = createGit();
  const wish = { to: head, from: base, path: file, fromPath: file, ignored: [] };
  let count = 0;
  const mark = async (): Promise<void> => {
    const lines = await history.fileLines(directory, wish);
    if (lines.kind === 'none') throw new Error(lines.reason);
    count = placeMarks(lines.lines, changedRuns(lines, false), text).length;
  };
  await mark();
  say(`${file}: ${String(text.length)} lines, one in 50 edited in the editor: ${String(count)} marks`);
  say('reference: git blame --incremental and git diff of the file, at the same time');
  const lines = await history.fileLines(directory, wish);
  const runs = lines.kind === 'none' ? [] : changedRuns(lines, false);
  const { values, references, blocks, placing } = await inTurns(rounds, {
    values: () => timed(mark),
    references: () => timed(() => rawGit(directory, base, head, file)),
    blocks: () => longestBlock(mark),
    placing: () => timed(() => void placeMarks(lines.kind === 'none' ? [] : lines.lines, runs, text)),
  });
  const name = `marks of a ${text.length.toLocaleString('en')}-line file`;
  return [
    figureOf({ name, unit: 'ms', values, references, goal: { of: 'ratio', atMost: 1.5 } }),
    figureOf({ name: 'marks again after an edit', unit: 'ms', values: placing }),
    figureOf({
      name: 'marks: longest block of the thread',
      unit: 'ms',
      values: blocks,
      summarize: (samples) => Math.max(...samples),
      goal: { of: 'value', atMost: 50 },
    }),
  ];
}

/** The same questions to git, and nothing done with the answers. */
async function rawGit(folder: string, base: string, head: string, file: string): Promise<void> {
  const options = { cwd: folder, encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
  await Promise.all([
    run('git', ['--no-pager', 'blame', '--incremental', '--root', `${base}..${head}`, '--', file], options),
    run('git', ['--no-pager', 'diff', '--unified=1000000000', `${base}:${file}`, `${head}:${file}`], options),
  ]);
}

/** Of a given repository: the file whose lines changed most in its last commits. */
async function mostChanged(directory: string): Promise<ChangedFile> {
  const { base, head } = await deployBranch(directory, commitCount);
  const changed = await git(directory, 'diff', '--numstat', '--no-renames', '--diff-filter=M', base, head);
  const rows = changed.split('\n').map((row) => row.split('\t'));
  const most = rows.toSorted((a, b) => Number(b[0]) + Number(b[1]) - Number(a[0]) - Number(a[1]));
  const [, , file] = most.find(([added = '-']) => added !== '-') ?? [];
  if (file === undefined)
    throw new Error(`The last ${String(commitCount)} commits of ${directory} changed no text file.`);
  return { base, head, file };
}

async function makeHistory(folder: string): Promise<{ readonly base: string; readonly head: string }> {
  const random = randomNumbers(3);
  let lines = Array.from({ length: lineCount }, (_, index) => `  const value${index} = compute(${index % 97});`);
  const write = async (message: string): Promise<string> => {
    await writeFile(join(folder, madeFile), `${lines.join('\n')}\n`);
    await git(folder, 'add', madeFile);
    await git(folder, 'commit', '--quiet', '--message', message);
    return git(folder, 'rev-parse', 'HEAD');
  };
  await git(folder, 'init', '--quiet');
  await git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
  await mkdir(join(folder, 'src'), { recursive: true });
  const base = await write('Base');
  let head = base;
  for (let index = 1; index <= commitCount; index++) {
    const at = (): number => Math.floor(random() * (lines.length - 10));
    for (let edit = 0; edit < 10; edit++) lines = lines.with(at(), `  changed(${index}, ${edit});`);
    lines = lines.toSpliced(at(), 3).toSpliced(at(), 0, `  added(${index});`, '  return;', '');
    head = await write(`Change ${index}`);
  }
  return { base, head };
}

function editedText(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => (index % 50 === 7 ? `${line} // edited` : line));
}
