import type { FileChange } from './fileEdits.ts';
import type { HistoryPlan, PlannedCommit } from './planHistory.ts';

/** The plan as a stream for `git fast-import`: all commits, the branches that no merge brought, annotated tags. */
export function fastImportOf({ commits, head }: HistoryPlan): Buffer {
  const marks = new Map(commits.map(({ id }, index) => [id, `:${index + 1}`]));
  const parents = new Set(commits.flatMap((commit) => commit.parents));
  const openTips = commits.filter(({ id }) => id !== head.id && !parents.has(id));
  return Buffer.from(
    [
      ...commits.map((commit) => commitText(commit, marks)),
      ...openTips.map(({ id, branch }) => `reset refs/heads/${branch}\nfrom ${marks.get(id) ?? id}`),
      `reset refs/heads/main\nfrom ${marks.get(head.id) ?? head.id}`,
      ...commits.flatMap((commit) => tagText(commit, marks)),
      'done\n',
    ].join('\n'),
  );
}

function commitText(commit: PlannedCommit, marks: ReadonlyMap<string, string>): string {
  const [first, ...others] = commit.parents.map((id) => marks.get(id) ?? id);
  return [
    // All commits pass through main, so that a merged branch leaves no name behind.
    'commit refs/heads/main',
    `mark ${marks.get(commit.id) ?? ''}`,
    `author ${signatureOf(commit)}`,
    `committer ${signatureOf(commit)}`,
    dataOf(commit.message),
    ...(first === undefined ? [] : [`from ${first}`]),
    ...others.map((parent) => `merge ${parent}`),
    ...commit.changes.map(changeText),
  ].join('\n');
}

function changeText({ path, text }: FileChange): string {
  return text === undefined ? `D ${path}` : `M 100644 inline ${path}\n${dataOf(text)}`;
}

function tagText(commit: PlannedCommit, marks: ReadonlyMap<string, string>): readonly string[] {
  if (commit.tag === undefined) return [];
  const from = `from ${marks.get(commit.id) ?? ''}`;
  return [`tag ${commit.tag}`, from, `tagger ${signatureOf(commit)}`, dataOf(`${commit.tag}\n`)];
}

function signatureOf({ author, date }: PlannedCommit): string {
  return `${author} ${date.epochSeconds} ${date.zone}`;
}

function dataOf(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
