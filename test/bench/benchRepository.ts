import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../support/run.mjs';
import { git } from '../support/testWorkspace.ts';
import { createBenchFolder } from './benchFolder.ts';

/** A repository of many commits, as a clone of it looks: `origin/main` is what it has of its remote. */
export interface BenchRepository {
  readonly directory: string;
  readonly commits: number;
  /** When the newest commit was made. */
  readonly newestAt: string;
}

/** So many commits a day reach the branch; every tenth is a merge that brought three more. */
const commitsADay = 18;
const mergeEvery = 10;
const broughtByMerge = 3;
const files = 5000;
const newest = Date.UTC(2026, 10, 23, 6, 0, 0) / 1000;

const made = new Map<number, Promise<BenchRepository>>();

/** A repository with so many commits, made once in a run. It goes with the process. */
export function benchRepository(commits: number): Promise<BenchRepository> {
  const known = made.get(commits);
  if (known !== undefined) return known;
  const repository = make(commits);
  made.set(commits, repository);
  return repository;
}

async function make(commits: number): Promise<BenchRepository> {
  const folder = await createBenchFolder();
  const directory = join(folder.path, `commits-${String(commits)}`);
  await mkdir(directory);
  await git(directory, 'init', '--quiet', '--initial-branch=main');
  await git(directory, 'config', 'remote.origin.url', 'https://example.invalid/bench.git');
  await fastImport(directory, history(commits));
  // As a clone leaves it: one pack with a commit-graph, refs packed, the remote's default known.
  await git(directory, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  await git(directory, 'gc', '--quiet');
  await git(directory, 'reset', '--quiet', '--hard', 'refs/remotes/origin/main');
  // Its thousands of files must not be on their way to the disk while something is measured that waits for the disk.
  await run('sync', [], { quiet: true });
  return { directory, commits, newestAt: new Date(newest * 1000).toISOString() };
}

/** Two files of some 80 lines each change in a commit; they are spread over many folders, as in a monorepo. */
function* history(commits: number): Generator<string> {
  let mark = 0;
  let tip = 0;
  for (let number = 0; number < commits;) {
    const isMerge = number > 0 && number % mergeEvery === 0 && number + broughtByMerge < commits;
    const brought: number[] = [];
    for (let side = 0; isMerge && side < broughtByMerge; side++) {
      mark += 1;
      number += 1;
      yield commit({
        mark,
        number,
        commits,
        from: brought.at(-1) ?? tip,
        branch: 'refs/bench/side',
        merged: undefined,
      });
      brought.push(mark);
    }
    mark += 1;
    number += 1;
    yield commit({ mark, number, commits, from: tip, branch: 'refs/remotes/origin/main', merged: brought.at(-1) });
    tip = mark;
  }
}

interface Wish {
  readonly mark: number;
  readonly number: number;
  readonly commits: number;
  readonly from: number;
  readonly branch: string;
  readonly merged: number | undefined;
}

function commit({ mark, number, commits, from, branch, merged }: Wish): string {
  const seconds = newest - Math.round((commits - number) * (86_400 / commitsADay));
  const author = `Engineer ${String(number % 40)} <engineer${String(number % 40)}@example.com>`;
  const message =
    merged === undefined ? `Change ${String(number)} of the service\n\nBecause of it.` : `Merge ${String(number)}`;
  return [
    `commit ${branch}\nmark :${String(mark)}\n`,
    `author ${author} ${String(seconds - 3600)} +0000\ncommitter ${author} ${String(seconds)} +0000\n`,
    data(message),
    from === 0 ? '' : `from :${String(from)}\n`,
    merged === undefined ? '' : `merge :${String(merged)}\n`,
    ...(merged === undefined ? [number * 7, number * 13 + 1].map((file) => fileOf(file % files, number)) : []),
    ...(from === 0 ? Array.from({ length: files }, (_none, file) => fileOf(file, 0)) : []),
    '\n',
  ].join('');
}

function fileOf(file: number, edit: number): string {
  const lines = Array.from({ length: 80 }, (_none, line) =>
    line === edit % 80 ? `const edit = ${String(edit)};` : `const value${String(line)} = ${String(file * line)};`,
  );
  return `M 100644 inline services/service-${String(file % 60)}/src/module-${String(file)}.ts\n${data(`${lines.join('\n')}\n`)}`;
}

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}\n`;
}

/** Writes a stream of `git fast-import` into a repository. */
export async function fastImport(directory: string, stream: Iterable<string>): Promise<void> {
  const child = spawn('git', ['-C', directory, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git fast-import ended with ${String(code)}`));
    });
  });
  for (const part of stream) {
    if (!child.stdin.write(part)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  await ended;
}
