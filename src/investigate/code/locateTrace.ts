import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { RunningRevision } from '../../changes/deployed/runningRevision.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import type { FramePlace } from '../../changes/stackTrace/framePlace.ts';
import type { GoModule } from '../../changes/stackTrace/goModules.ts';
import { goModuleOf } from '../../changes/stackTrace/goModules.ts';
import type { ParsedTrace, TraceLanguage } from '../../changes/stackTrace/parsedTrace.ts';
import { placeFrames } from '../../changes/stackTrace/placeFrames.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { redact } from '../../safety/redact.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import type { StandingTools } from './lineStandings.ts';
import { afterImpactLines } from './afterImpactLines.ts';
import { lineStandings } from './lineStandings.ts';
import type { TracedError, TracedFrame, TracedRevision } from './tracedCode.ts';

/** What traces are held against. */
export interface TraceTools extends StandingTools {
  /** A file of the work tree, by its path relative to the root; undefined when it is not there. */
  readonly readWorkFile: (repository: string, path: string) => Promise<string | undefined>;
}

/** What became of a trace. */
export interface LocatedTrace {
  readonly errors: readonly TracedError[];
  readonly revisions: readonly TracedRevision[];
  /** What could not be seen, a sentence each. */
  readonly unseen: readonly string[];
}

type Trace = Extract<ParsedTrace, { kind: 'trace' }>;

/** Finds the frames of a trace in the repositories that can be seen, and who last changed each line. */
export async function locateTrace(
  tools: TraceTools,
  trace: Trace,
  sights: readonly ChangesSight[],
  signal: AbortSignal,
): Promise<LocatedTrace> {
  const unseen: string[] = [];
  const revisions: TracedRevision[] = [];
  let errors: readonly TracedError[] = trace.errors.map(({ frames, ...error }) => ({
    ...error,
    message: redact(error.message),
    frames: frames.map((frame) => ({ ...frame, place: unplaced(frame.isLibrary) })),
  }));
  for (const sight of sights) {
    if (sight.kind === 'none') {
      unseen.push(sight.reason);
      continue;
    }
    const { repository, head, running, ref } = sight.changes;
    if (head === undefined) {
      unseen.push(`${ref.name} of ${repository} has no commit yet.`);
      continue;
    }
    const isAssumed = running.kind === 'unknown';
    const name = isAssumed ? `the head of ${ref.name}, assumed to run` : toldText(running);
    revisions.push({ repository, revision: head, name, isAssumed });
    try {
      errors = await within(tools, { trace, errors, changes: { ...sight.changes, head } }, signal);
    } catch (error) {
      // The trace is evidence, whatever is the matter with a repository.
      if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
      unseen.push(error.message);
    }
  }
  if (revisions.length === 0 && unseen.length === 0) unseen.push('No repository of this incident is open here.');
  return { errors, revisions, unseen };
}

/** Where services run different revisions, lines are those of the newest. */
function toldText({ from, commit, services }: Extract<RunningRevision, { kind: 'known' }>): string {
  const newest = services?.find((each) => each.commit === commit);
  return newest === undefined ? `told by ${from}` : `the newest that runs, of ${newest.service}, told by ${from}`;
}

function unplaced(isLibrary: boolean): FramePlace {
  return isLibrary ? { kind: 'library' } : { kind: 'outside', reason: 'No repository could be looked through.' };
}

interface Round {
  readonly trace: Trace;
  readonly errors: readonly TracedError[];
  readonly changes: WindowChanges & { readonly head: CommitId };
}

/** One repository: a frame that an earlier one has stays there. */
async function within(
  tools: TraceTools,
  { trace, errors, changes }: Round,
  signal: AbortSignal,
): Promise<readonly TracedError[]> {
  const { repository, head } = changes;
  const paths = await tools.lines.files(repository, head, signal);
  const read = (path: string): Promise<string | undefined> => textAt(tools, changes, path, signal);
  const places = await placeFrames(trace, {
    paths,
    goModules: await goModules(trace.language, paths, read),
    read,
    readBuilt: (path) => tools.readWorkFile(repository, path),
  });
  const wanted = new Map<string, number[]>();
  for (const place of places.flat()) {
    if (place.kind === 'repository' && place.line !== undefined) {
      wanted.set(place.path, [...new Set([...(wanted.get(place.path) ?? []), place.line])]);
    }
  }
  const standings = await lineStandings(tools, changes, wanted, signal);
  const withImpact = afterImpactLines(changes.groups.flatMap((group) => group.arrivals));
  return errors.map((error, index) => ({
    ...error,
    frames: error.frames.map((frame, at): TracedFrame => {
      const place = places[index]?.[at];
      if (place === undefined || frame.place.kind === 'repository') return frame;
      if (place.kind !== 'repository')
        return place.kind === 'ambiguous'
          ? { ...frame, place, repository, revision: head }
          : { ...frame, place: better(frame.place, place) };
      const line = place.line === undefined ? undefined : standings.get(place.path)?.get(place.line);
      return { ...frame, place, repository, revision: head, ...(line && withImpact(place.path, line)) };
    }),
  }));
}

/** That several files of another repository fit says more than that none of this one does. */
function better(before: FramePlace, now: FramePlace): FramePlace {
  return before.kind === 'ambiguous' ? before : now;
}

const mostModules = 50;

async function goModules(
  language: TraceLanguage,
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly GoModule[]> {
  if (language !== 'go') return [];
  const files = paths.filter((path) => /(?:^|\/)go\.mod$/.test(path)).slice(0, mostModules);
  const modules: GoModule[] = [];
  for (const path of files) {
    const module = goModuleOf(path, (await read(path)) ?? '');
    if (module !== undefined) modules.push(module);
  }
  return modules;
}

async function textAt(
  { readFile }: TraceTools,
  { repository, head }: { readonly repository: string; readonly head: CommitId },
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return Buffer.from(await readFile(repository, head, path, signal)).toString('utf8');
  } catch (error) {
    if (isIncidentError(error) && error.reason !== 'cancelled') return undefined;
    throw error;
  }
}
