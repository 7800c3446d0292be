import type { IsoTime } from '../incident/isoTime.ts';
import { dateOf, type CommitDate } from './commitDate.ts';
import type { CommitFile } from './commitFile.ts';
import { applyEdits, changesBetween, undoEdits, type FileChange, type FileEdit, type Tree } from './fileEdits.ts';
import { commitIdOf, treeIdOf } from './objectIds.ts';

/** A commit as it will be in the repository. */
export interface PlannedCommit {
  readonly id: string;
  readonly name: string;
  readonly author: string;
  readonly date: CommitDate;
  readonly message: string;
  /** The ids of its parents, the first parent first. */
  readonly parents: readonly string[];
  readonly tree: Tree;
  /** Against the first parent. */
  readonly changes: readonly FileChange[];
  readonly branch: string;
  readonly tag: string | undefined;
}

/** A whole history, decided to the last byte: the same files and the same `now` give the same ids. */
export interface HistoryPlan {
  /** Parents before children. */
  readonly commits: readonly PlannedCommit[];
  /** The head of main. */
  readonly head: PlannedCommit;
  /** The commit that breaks the service. */
  readonly cause: PlannedCommit;
}

/**
 * Plans the history that ends in `finalTree`: walks back through the commits of main (`files`, oldest first), undoing
 * each, then forward again, giving every commit its parents, date and id. A side branch's commits stand before the
 * merge that brings them; one that no merge brings stays a branch. Throws when a commit does not fit.
 */
export function planHistory(files: readonly CommitFile[], finalTree: Tree, now: IsoTime): HistoryPlan {
  const mainTrees = treesOfMain(files, finalTree);
  const planned = new Map<string, PlannedCommit>();
  const tips = new Map<string, PlannedCommit>();
  for (const file of files) {
    const branch = file.topic?.branch ?? 'main';
    const parent = tips.get(branch) ?? (file.topic && named(planned, file.topic.from));
    const merged = file.merges === undefined ? undefined : tips.get(file.merges);
    const tree = mainTrees.get(file.name) ?? within(file, () => applyEdits(parent?.tree ?? new Map(), file.edits));
    const commit = planCommit(file, { branch, tree, parents: [parent, merged], now, planned });
    planned.set(file.name, commit);
    tips.set(branch, commit);
  }
  const commits = [...planned.values()];
  return {
    commits,
    head: named(tips, 'main'),
    cause: named(planned, files.find(({ isCause }) => isCause)?.name ?? 'the cause'),
  };
}

/** The tree after each commit of main, by the commit's name. */
function treesOfMain(files: readonly CommitFile[], finalTree: Tree): ReadonlyMap<string, Tree> {
  const trees = new Map<string, Tree>();
  let tree = finalTree;
  for (const file of files.toReversed().filter(({ topic }) => topic === undefined)) {
    trees.set(file.name, tree);
    const after = tree;
    tree = within(file, () => undoEdits(after, editsOf(file, files)));
  }
  if (tree.size > 0) throw new Error(`No commit creates ${[...tree.keys()].join(', ')}`);
  return trees;
}

/** A merge does to main what its branch did. */
function editsOf(file: CommitFile, files: readonly CommitFile[]): readonly FileEdit[] {
  if (file.merges === undefined) return file.edits;
  return files.filter(({ topic }) => topic?.branch === file.merges).flatMap(({ edits }) => edits);
}

interface Surroundings {
  readonly branch: string;
  readonly tree: Tree;
  readonly parents: readonly (PlannedCommit | undefined)[];
  readonly now: IsoTime;
  readonly planned: ReadonlyMap<string, PlannedCommit>;
}

function planCommit(file: CommitFile, { branch, tree, parents, now, planned }: Surroundings): PlannedCommit {
  const known = parents.filter((parent) => parent !== undefined);
  const date = dateOf(file.date, now);
  const body = file.body.replace(/\{id of ([\w-]+)\}/g, (_, name: string) => named(planned, name).id);
  const message = body === '' ? `${file.subject}\n` : `${file.subject}\n\n${body}\n`;
  const signature = `${file.author} ${date.epochSeconds} ${date.zone}`;
  const headers = [
    `tree ${treeIdOf(tree)}`,
    ...known.map(({ id }) => `parent ${id}`),
    `author ${signature}`,
    `committer ${signature}`,
  ];
  return {
    id: commitIdOf(`${headers.join('\n')}\n\n${message}`),
    name: file.name,
    author: file.author,
    date,
    message,
    parents: known.map(({ id }) => id),
    tree,
    changes: changesBetween(known[0]?.tree ?? new Map(), tree),
    branch,
    tag: file.tag,
  };
}

function named(commits: ReadonlyMap<string, PlannedCommit>, name: string): PlannedCommit {
  const commit = commits.get(name);
  if (!commit) throw new Error(`There is no commit ${name}`);
  return commit;
}

function within<T>(file: CommitFile, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${file.name}.diff does not fit: ${String(cause)}`, { cause });
  }
}
