import type {
  BlobId,
  ChangedVersions,
  Content,
  ContentLimits,
  TellContent,
  VersionRange,
  VersionsBetween,
  WantedContent,
} from '../changes/configuration/readsVersions.ts';
import type { ChangeStatus, FileChange } from '../changes/history/readsHistory.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { isCommitId, isRepositoryPath } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { createBatchReader } from './gitBatch.ts';
import { isPartialClone, succeeded } from './gitErrors.ts';

const defaultFileBytes = 2 * 1024 * 1024;
const defaultTotalBytes = 48 * 1024 * 1024;

const diffOptions = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-color', '--no-ext-diff', '--no-textconv'];

/** The ids that git has for a tree without files, known without being stored. */
const emptyTrees = new Map([
  [40, '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
  [64, '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'],
]);

/** The files that two commits differ in, with the ids of their contents. */
export async function readVersionsBetween(ask: AskGit, range: VersionRange): Promise<VersionsBetween> {
  const ends = endsOf(range);
  const args = [...diffOptions, '--find-renames', ...ends];
  const outcome = await ask.outcome(args);
  if (!isPartialClone(outcome)) {
    const { stdout } = succeeded(outcome, ask.directory, args);
    return { files: parseVersions(stdout), hasRenames: true };
  }
  // Renames with changes are found by contents, which a partial clone may lack; those without, by the ids alone.
  const output = await ask.bytes([...diffOptions, '--find-renames=100%', ...ends]);
  return { files: parseVersions(output), hasRenames: false };
}

/** Contents of files, in the order in which they are wanted. */
export async function readContents(
  ask: AskGit,
  range: VersionRange,
  wanted: readonly WantedContent[],
  { fileBytes = defaultFileBytes, totalBytes = defaultTotalBytes, read = () => undefined }: ContentOptions = {},
): Promise<readonly Content[]> {
  const names = wanted.map((one) => nameOf(one, range));
  const found = createFound(names, read);
  const objects = [...new Set(names.filter((name) => name !== undefined))];
  await readObjects(ask, range, objects, found, { fileBytes, totalBytes });
  return names.map((name) => (name === undefined ? absent : (found.contents.get(name) ?? absent)));
}

type Limits = Required<ContentLimits>;
type ContentOptions = ContentLimits & { readonly read?: TellContent };
const absent: Content = { kind: 'absent' };

/** What was read so far. */
interface Found {
  readonly contents: ReadonlyMap<string, Content>;
  /** Bytes of those that are not too large. */
  total(): number;
  take(name: string, content: Content, bytes?: number): void;
}

function createFound(names: readonly (string | undefined)[], read: TellContent): Found {
  const contents = new Map<string, Content>();
  const places = new Map<string, number[]>();
  for (const [index, name] of names.entries()) {
    const known = name === undefined ? undefined : places.get(name);
    if (known !== undefined) known.push(index);
    else if (name !== undefined) places.set(name, [index]);
  }
  let total = 0;
  return {
    contents,
    total: () => total,
    take: (name, content, bytes = 0) => {
      contents.set(name, content);
      if (content.kind !== 'tooLarge') total += bytes;
      for (const index of places.get(name) ?? []) read(content, index);
    },
  };
}

/** All at once as a rule; sizes and gaps are asked for only where there are huge files, or a partial clone lacks some. */
async function readObjects(
  ask: AskGit,
  range: VersionRange,
  names: readonly string[],
  found: Found,
  limits: Limits,
): Promise<void> {
  if (names.length === 0) return;
  const end = await batch(ask, names, found, limits.fileBytes, limits.totalBytes);
  if (end === 'written') return;
  const left = names.filter((name) => !found.contents.has(name));
  if (end === 'tooMuch') return readWithin(ask, left, found, limits);
  const missing = await missingBlobs(ask, range);
  const ids = await resolved(ask, left);
  const present = [...new Set(ids.values())].filter((id) => !missing.has(id));
  await readWithin(ask, present, found, limits);
  for (const [name, id] of ids) {
    found.take(name, missing.has(id) ? { kind: 'notFetched' } : (found.contents.get(id) ?? absent));
  }
}

async function readWithin(ask: AskGit, names: readonly string[], found: Found, limits: Limits): Promise<void> {
  if (names.length === 0) return;
  const sizes = await ask.text(['cat-file', '--batch-check=%(objecttype) %(objectsize)'], { input: linesOf(names) });
  const small: string[] = [];
  let total = found.total();
  for (const [index, line] of sizes.split('\n').entries()) {
    const [, size] = /^blob (\d+)$/.exec(line) ?? [];
    const name = names[index];
    if (size === undefined || name === undefined) continue;
    const bytes = Number(size);
    if (bytes > limits.fileBytes || total + bytes > limits.totalBytes) found.take(name, { kind: 'tooLarge', bytes });
    else small.push(name);
    if (bytes <= limits.fileBytes) total += bytes;
  }
  if (small.length > 0) await batch(ask, small, found, limits.fileBytes, Number.POSITIVE_INFINITY);
}

async function batch(
  ask: AskGit,
  names: readonly string[],
  found: Found,
  fileBytes: number,
  maxBytes: number,
): Promise<'written' | 'tooMuch' | 'partial'> {
  const push = createBatchReader(names, fileBytes, found.take);
  let bytes = 0;
  const read = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) return 'enough';
    push(chunk);
    return 'more';
  };
  const args = ['cat-file', '--batch', '--buffer'];
  const outcome = await ask.outcome(args, { input: linesOf(names), read, maxBytes: Number.POSITIVE_INFINITY });
  if (bytes > maxBytes) return 'tooMuch';
  if (isPartialClone(outcome)) return 'partial';
  succeeded(outcome, ask.directory, args);
  return 'written';
}

/** The contents of both commits that a partial clone does not have. */
async function missingBlobs(ask: AskGit, range: VersionRange): Promise<ReadonlySet<BlobId>> {
  const trees = endsOf(range).map((id) => `${id}^{tree}`);
  const list = await ask.text([
    'rev-list',
    '--objects',
    '--missing=print',
    '--no-object-names',
    '--end-of-options',
    ...trees,
  ]);
  return new Set(list.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])));
}

/** The ids of names; paths are looked up in their commits without asking for their contents. */
async function resolved(ask: AskGit, names: readonly string[]): Promise<Map<string, BlobId>> {
  const ids = new Map<string, BlobId>();
  const paths = new Map<string, string[]>();
  for (const name of names) {
    const colon = name.indexOf(':');
    if (colon < 0) ids.set(name, name);
    else paths.set(name.slice(0, colon), [...(paths.get(name.slice(0, colon)) ?? []), name.slice(colon + 1)]);
  }
  for (const [commit, wanted] of paths) {
    const list = await ask.text(['ls-tree', '-z', '--full-tree', commit, '--', ...wanted]);
    for (const entry of list.split('\0')) {
      const [, id, path = ''] = /^\d+ blob ([0-9a-f]+)\t([^]*)$/.exec(entry) ?? [];
      if (id !== undefined) ids.set(`${commit}:${path}`, id);
    }
  }
  return ids;
}

/** Undefined for a path that `cat-file` could not be asked for: its names end with their line. */
function nameOf(wanted: WantedContent, { to }: VersionRange): string | undefined {
  if ('blob' in wanted) return requireId(wanted.blob);
  return isRepositoryPath(wanted.path) && !/[\n\ufffd]/.test(wanted.path)
    ? `${requireId(wanted.at ?? to)}:${wanted.path}`
    : undefined;
}

function endsOf({ from, to }: VersionRange): readonly [string, string] {
  return [from === undefined ? (emptyTrees.get(to.length) ?? '') : requireId(from), requireId(to)];
}

function requireId(id: string): string {
  if (isCommitId(id)) return id;
  throw new IncidentError('invalidArgument', `"${id}" is no id of a commit or a file.`);
}

function linesOf(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\n`).join(''));
}

const statuses: Readonly<Record<string, ChangeStatus>> = {
  A: 'added',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'typeChanged',
};

/** `:<mode> <mode> <id> <id> <letter> NUL <path> NUL`, with a second path for what was renamed. */
function parseVersions(output: Buffer): ChangedVersions[] {
  const tokens = output.toString('utf8').split('\0');
  const files: ChangedVersions[] = [];
  for (let at = 0; at < tokens.length;) {
    const entry = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(tokens[at] ?? '');
    if (!entry) break;
    const [, oldMode = '', newMode = '', before = '', after = '', letter = ''] = entry;
    const isPair = letter === 'R' || letter === 'C';
    const [first = '', second = ''] = tokens.slice(at + 1, at + 3);
    files.push({
      status: statuses[letter] ?? 'modified',
      path: isPair ? second : first,
      ...(isPair ? { oldPath: first } : {}),
      kind: kindOf(letter === 'D' ? oldMode : newMode),
      before: /^0+$/.test(before) ? undefined : before,
      after: /^0+$/.test(after) ? undefined : after,
    });
    at += isPair ? 3 : 2;
  }
  return files;
}

function kindOf(mode: string): FileChange['kind'] {
  if (mode === '160000') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}
