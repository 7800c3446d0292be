import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import { mapLines } from '../../changes/lines/mapLines.ts';
import type { LineChange, ReadsLineHistory, RepositoryPlace } from '../../changes/lines/readsLineHistory.ts';
import { incident, line } from '../../incident/argShapes.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { openIncident } from '../../incident/openIncident.ts';
import type { UseCase, UseContext } from '../../incident/useCase.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { redact } from '../../safety/redact.ts';
import type { ChangesSight } from '../window/changesSight.ts';

const lineNumber = z.number().int().positive().max(10_000_000);
const args = z.strictObject({
  incident,
  /** Absolute; or, with `repository`, relative to its root, with `/`. */
  path: z.string().min(1).max(4096),
  /** The root of the work tree. */
  repository: z.string().min(1).max(4096).optional(),
  /** Counted from 1. */
  line: lineNumber,
  /** The last line of a selection. */
  endLine: lineNumber.optional(),
  /** The revision that the lines are of; what is checked out when absent. */
  revision: line(200).optional(),
  /** The text that the lines are counted in, when it may differ from the revision's: an edited file. */
  text: z
    .string()
    .max(20 * 1024 * 1024)
    .optional(),
});

export type InvestigateLineArgs = z.output<typeof args>;

/** What one commit did to the lines, and whether that runs. */
export interface InvestigatedChange extends LineChange {
  /** Undefined where nothing tells what reached production when. */
  readonly standing: 'inWindow' | 'before' | 'notDeployed' | undefined;
}

/** Who made the lines what they are. */
export interface InvestigatedLines {
  readonly repository: string;
  readonly path: string;
  readonly revision: string;
  /** The lines in the revision, counted from 1. */
  readonly start: number;
  readonly end: number;
  /** Newest first. */
  readonly changes: readonly InvestigatedChange[];
  readonly isCut: boolean;
  /** Why `standing` is not told; absent when it is. */
  readonly unseen?: string;
}

export interface InvestigateLineTools {
  readonly lines: ReadsLineHistory;
  readonly readFile: (repository: string, revision: string, path: string, signal?: AbortSignal) => Promise<Uint8Array>;
  /** What can be seen of the changes in the incident's repositories. */
  readonly sightsOf: (handle: IncidentHandle, signal: AbortSignal) => Promise<readonly ChangesSight[]>;
}

/** Older changes than these are seldom what broke today. */
const mostChanges = 50;

/** Follows lines back through the history: who changed them, newest first, and what of it came within the change window. */
export function createInvestigateLine(tools: InvestigateLineTools): UseCase<InvestigateLineArgs, InvestigatedLines> {
  return defineUseCase(args, async (wish, context, signal) => {
    const { lines } = tools;
    const { repository, path } = await placeOf(lines, wish, signal);
    const revision = wish.revision ?? 'HEAD';
    const { start, end } = await committedLines(tools, { ...wish, repository, path, revision }, signal);
    const { changes, isCut } = await lines.lineHistory(repository, { revision, path, start, end }, mostChanges, signal);
    const sight = await sightOf(tools, { wish, context, repository }, signal);
    const standing = typeof sight === 'string' ? () => undefined : await standings(lines, sight, changes, signal);
    return {
      ...{ repository, path, revision, start, end, isCut },
      changes: changes.map((change) => ({
        ...change,
        subject: redact(change.subject),
        standing: standing(change.id),
      })),
      ...(typeof sight === 'string' ? { unseen: sight } : {}),
    };
  });
}

async function placeOf(
  lines: ReadsLineHistory,
  { repository, path }: InvestigateLineArgs,
  signal: AbortSignal,
): Promise<RepositoryPlace> {
  if (repository !== undefined) return { repository, path };
  if (isAbsolute(path)) return lines.placeOf(path, signal);
  throw new IncidentError('invalidArgument', `${plainLine(path, 100)} is no absolute path.`, {
    hint: 'Name the root of the work tree as “repository”, or give the whole path.',
  });
}

interface Wanted extends InvestigateLineArgs {
  readonly repository: string;
  readonly revision: string;
}

/** The wanted lines as they are in the revision: edits above them shift lines, new ones are nowhere. */
async function committedLines(
  { readFile }: InvestigateLineTools,
  { repository, path, revision, line: first, endLine, text }: Wanted,
  signal: AbortSignal,
): Promise<{ readonly start: number; readonly end: number }> {
  const [start, end] = [Math.min(first, endLine ?? first), Math.max(first, endLine ?? first)];
  if (text === undefined) return { start, end };
  const committed = Buffer.from(await readFile(repository, revision, path, signal)).toString('utf8');
  const mapped = mapLines({ text, start, end }, committed);
  if (mapped !== undefined) return mapped;
  throw new IncidentError('notFound', `These lines of ${path} are not committed, so they have no history yet.`, {
    hint: 'Choose lines around them that are.',
  });
}

type Runs = WindowChanges & { readonly head: CommitId };

/** What runs of the repository; a sentence why not. */
async function sightOf(
  { sightsOf }: InvestigateLineTools,
  asked: { readonly wish: InvestigateLineArgs; readonly context: UseContext; readonly repository: string },
  signal: AbortSignal,
): Promise<Runs | string> {
  const { wish, context, repository } = asked;
  if (wish.incident === undefined && !context.store.list().some(({ open }) => open)) {
    return 'No incident is open, so there is no change window.';
  }
  const handle = await openIncident(context, wish.incident);
  const sights = await sightsOf(handle, signal);
  const sight = sights.find((one) => one.kind === 'seen' && one.changes.repository === repository);
  if (sight?.kind !== 'seen') {
    return (
      sights.find((one) => one.kind === 'none')?.reason ?? `${repository} is not among what the incident looks at.`
    );
  }
  const { head } = sight.changes;
  return head === undefined ? `${sight.changes.ref.name} has no commit yet.` : { ...sight.changes, head };
}

async function standings(
  lines: ReadsLineHistory,
  { repository, base, head }: Runs,
  changes: readonly LineChange[],
  signal: AbortSignal,
): Promise<(id: CommitId) => InvestigatedChange['standing']> {
  const ids = changes.map(({ id }) => id);
  const [notDeployed, sinceBase] = await Promise.all([
    lines.notIn(repository, ids, head, signal),
    base === undefined ? new Set(ids) : lines.notIn(repository, ids, base, signal),
  ]);
  return (id) => (notDeployed.has(id) ? 'notDeployed' : sinceBase.has(id) ? 'inWindow' : 'before');
}
