import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCommitFile, type CommitFile } from './commitFile.ts';
import type { Tree } from './fileEdits.ts';

/** The drill's history as it is kept: the last revision whole, and every commit as a diff that leads back from it. */
export interface DrillHistory {
  /** Oldest first. */
  readonly commits: readonly CommitFile[];
  readonly finalTree: Tree;
}

/** Reads `drill/history/*.diff` and `drill/service/**` of the extension's templates. */
export async function readDrillHistory(templatesDirectory: string): Promise<DrillHistory> {
  const [commits, finalTree] = await Promise.all([
    readCommits(join(templatesDirectory, 'drill', 'history')),
    readTree(join(templatesDirectory, 'drill', 'service')),
  ]);
  return { commits, finalTree };
}

async function readCommits(directory: string): Promise<readonly CommitFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.diff')).sort();
  return Promise.all(
    names.map(async (name) => parseCommitFile(name.slice(0, -'.diff'.length), await readText(join(directory, name)))),
  );
}

async function readTree(directory: string): Promise<Tree> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.sort().map(async (file) => [pathWithin(directory, file), await readText(file)] as const)),
  );
}

function pathWithin(directory: string, file: string): string {
  return file.slice(directory.length + 1).replaceAll('\\', '/');
}

/** A checkout on Windows may have given the templates other line ends; the drill's ids must not depend on it. */
async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
}
