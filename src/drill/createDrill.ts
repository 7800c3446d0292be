import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { IncidentError } from '../incident/incidentError.ts';
import { isoTimeOf, type IsoTime } from '../incident/isoTime.ts';
import { readDrillHistory } from './drillHistory.ts';
import type { DrillTools } from './drillTools.ts';
import { fastImportOf } from './fastImport.ts';
import { planHistory, type HistoryPlan } from './planHistory.ts';

export interface DrillRequest {
  /** Where the repository goes: absolute; absent or empty. Its origin goes beside it, see originOf. */
  readonly directory: string;
  /** The extension's `templates` folder, absolute. */
  readonly templatesDirectory: string;
  /** The history ends here. The same `now` gives the same commit ids. */
  readonly now: IsoTime;
}

/** A drill's repository, as made. */
export interface Drill {
  readonly directory: string;
  /** The bare repository that `origin` names. */
  readonly originDirectory: string;
  /** The head of main and of origin/main. */
  readonly head: string;
  /** The commit that breaks the service; its parent is the last good one. */
  readonly badCommit: string;
  /** When the bad commit reached main. */
  readonly brokenAt: IsoTime;
}

/**
 * Makes the drill's repository: the service's work tree on `main`, its history, and a freshly fetched `origin`. Throws
 * an IncidentError, and leaves nothing behind, when the folder is not free or git fails.
 */
export async function createDrill(request: DrillRequest, tools: DrillTools, signal?: AbortSignal): Promise<Drill> {
  const { directory, templatesDirectory, now } = request;
  const originDirectory = originOf(directory);
  for (const place of [directory, originDirectory]) await requireFree(place);
  const { commits, finalTree } = await readDrillHistory(templatesDirectory);
  const plan = planHistory(commits, finalTree, now);
  try {
    await makeRepositories(plan, { directory, originDirectory }, tools, signal);
  } catch (error) {
    for (const place of [directory, originDirectory]) await rm(place, { recursive: true, force: true });
    throw error;
  }
  return {
    directory,
    originDirectory,
    head: plan.head.id,
    badCommit: plan.cause.id,
    brokenAt: isoTimeOf(plan.cause.date.epochSeconds * 1000),
  };
}

/** Where the origin of the drill in `directory` is: `…/checkout` has `…/checkout-origin.git`. */
export function originOf(directory: string): string {
  return `${directory}-origin.git`;
}

async function makeRepositories(
  plan: HistoryPlan,
  { directory, originDirectory }: { directory: string; originDirectory: string },
  tools: DrillTools,
  signal: AbortSignal | undefined,
): Promise<void> {
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true });
  const init = ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', '-b', 'main'];
  await tools.git(parent, [...init, basename(originDirectory)], { signal });
  const stream = fastImportOf(plan);
  await tools.git(originDirectory, ['fast-import', '--quiet', '--done'], { input: stream, signal });
  await tools.git(parent, ['clone', '--quiet', '--template=', originDirectory, basename(directory)], { signal });
  // A clone leaves no FETCH_HEAD, and its age is what tells how fresh the sight of origin is.
  await tools.git(directory, ['fetch', '--quiet', 'origin'], { signal });
  const head = await tools.git(directory, ['rev-parse', 'refs/remotes/origin/main'], { signal });
  if (head !== plan.head.id) {
    throw new IncidentError('outside', `The drill's history came out as ${head} instead of ${plan.head.id}.`, {
      hint: 'Report this with the output of "git --version".',
    });
  }
}

async function requireFree(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new IncidentError('storage', `${directory} cannot be used for a drill.`, {
      hint: 'Choose another folder.',
      cause: error,
    });
  });
  if (names.length > 0) {
    throw new IncidentError('refused', `${directory} is not empty, and a drill never overwrites anything.`, {
      hint: 'Choose an empty folder, or a name that does not exist yet.',
    });
  }
}
