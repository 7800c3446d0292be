import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Cleanup } from '../support/cleanup.ts';
import { openDrill } from './openDrill.ts';
import type { Workbench } from './pages/workbench.ts';
import type { WalkedDrill, WalkStep } from './walkStep.ts';

export interface StepSummary {
  readonly name: string;
  readonly ok: boolean;
  readonly durationMs: number;
  /** The picture taken after it, relative to the output folder; absent when there is none. */
  readonly screenshot?: string;
  readonly error?: string;
}

/** summary.json */
export interface DemoSummary {
  readonly ok: boolean;
  readonly steps: readonly StepSummary[];
  /** The Markdown documents that the incident left in the workspace, relative to the output folder. */
  readonly documents: readonly string[];
}

/** The window with the drill that is walked through. */
export interface OpenedDrill {
  readonly workbench: Workbench;
  readonly drill: WalkedDrill;
}

/**
 * Walks through an incident on a fresh drill, in a real workbench and with no person. Leaves a picture of every step, the
 * workspace and summary.json in `out` (absolute). After a step that failed, or when nothing could be opened, the others are not
 * tried. What it starts it adds to `cleanup`, which the caller runs.
 */
export async function runAutoDemo(
  steps: readonly WalkStep[],
  out: string,
  cleanup: Cleanup,
  signal: AbortSignal,
  open: (cleanup: Cleanup, signal: AbortSignal) => Promise<OpenedDrill> = openDrill,
): Promise<DemoSummary> {
  await clearOutput(out);
  const summaries = await open(cleanup, signal).then(
    (opened) => walkAndKeep(steps, opened, out),
    (error: unknown) => [
      { name: 'open the drill', ok: false, durationMs: 0, error: textOf(error) },
      ...steps.map(({ name }) => notTried(name)),
    ],
  );
  const ok = summaries.every((step) => step.ok);
  const summary = { ok, steps: summaries, documents: await documentsIn(out) };
  await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

async function walkAndKeep(
  steps: readonly WalkStep[],
  { workbench, drill }: OpenedDrill,
  out: string,
): Promise<readonly StepSummary[]> {
  const summaries = await walkThrough(steps, workbench, drill, out);
  // Only a window that is closed writes no more.
  await workbench.page.context().close();
  await cp(drill.directory, join(out, 'workspace'), { recursive: true, verbatimSymlinks: true });
  return summaries;
}

async function walkThrough(
  steps: readonly WalkStep[],
  workbench: Workbench,
  drill: WalkedDrill,
  out: string,
): Promise<StepSummary[]> {
  const summaries: StepSummary[] = [];
  for (const [index, step] of steps.entries()) {
    if (summaries.some(({ ok }) => !ok)) {
      summaries.push(notTried(step.name));
      continue;
    }
    const startedAt = performance.now();
    const error = await step.run(workbench, drill).then(() => undefined, textOf);
    const durationMs = Math.round(performance.now() - startedAt);
    const screenshot = screenshotName(index, step.name);
    await workbench.screenshot(join(out, screenshot));
    summaries.push({ name: step.name, ok: !error, durationMs, screenshot, ...(error ? { error } : {}) });
    console.log(`${error ? 'FAIL' : 'ok  '}  ${(durationMs / 1000).toFixed(1).padStart(5)} s  ${step.name}`);
    if (error) console.log(error);
  }
  return summaries;
}

function notTried(name: string): StepSummary {
  return { name, ok: false, durationMs: 0, error: 'Not tried: an earlier step failed.' };
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** `07-roles.png` for the seventh step. */
export function screenshotName(index: number, step: string): string {
  return `${String(index + 1).padStart(2, '0')}-${step.replaceAll(/\W+/g, '-')}.png`;
}

/** Removes what an earlier run left, and nothing else. */
async function clearOutput(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const ours = (await readdir(out)).filter((name) => /^(\d\d-.*\.png|summary\.json|workspace)$/.test(name));
  for (const name of ours) await rm(join(out, name), { recursive: true, force: true });
}

async function documentsIn(out: string): Promise<string[]> {
  const incidents = join(out, 'workspace/.incidents');
  const names = await readdir(incidents, { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith('.md'))
    .map((name) => relative(out, join(incidents, name)))
    .sort();
}
