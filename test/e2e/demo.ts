import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createCleanup } from '../support/cleanup.ts';
import { MissingRequirement, projectRoot, run } from '../support/run.mjs';
import { serveWorkspace } from '../support/serveWorkspace.ts';
import { runAutoDemo } from './autoDemo.ts';
import { startDrill } from './runningDrill.ts';
import { walk } from './walk.ts';

// npm run demo [-- --dir DIR]            a drill for a person, in `code` or in a browser
// npm run demo -- --auto [--out DIR]     the same driven without a person; the results are in DIR
const { values } = parseArgs({
  options: { auto: { type: 'boolean' }, out: { type: 'string' }, dir: { type: 'string' } },
});
const cleanup = createCleanup();
const cancelled = new AbortController();
const work = main();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
process.exitCode = await work;

async function main(): Promise<number> {
  try {
    const { code, output } = await run(process.execPath, ['esbuild.js', '--production'], { quiet: true });
    if (code !== 0) throw new MissingRequirement(`The build failed:\n${output}`);
    if (!values.auto) return await show(values.dir);
    const exitCode = await drive(resolve(values.out ?? 'out/demo'));
    await cleanup.run();
    return exitCode;
  } catch (error) {
    await cleanup.run();
    if (!cancelled.signal.aborted) console.error(error instanceof MissingRequirement ? error.message : error);
    return 1;
  }
}

async function drive(out: string): Promise<number> {
  const summary = await runAutoDemo(walk, out, cleanup, cancelled.signal);
  console.log(`${summary.ok ? 'The whole walk passed' : 'A step failed'}: ${join(out, 'summary.json')}`);
  return summary.ok ? 0 : 1;
}

async function show(chosen: string | undefined): Promise<number> {
  const directory = chosen ? resolve(chosen) : join(await mkdtemp(join(tmpdir(), 'mayday-drill-')), 'checkout');
  const drill = await startDrill(directory, cancelled.signal);
  console.log(`The drill is in ${directory}; its service answers at ${drill.url} and ends after eight hours.`);
  if (await openInDesktop(directory)) return 0;
  await cleanup.add(drill.stop);
  const served = await serveWorkspace(directory);
  await cleanup.add(served.stop);
  console.log(`Open ${served.address} in a browser. Ctrl+C ends VS Code and the service; the folder stays.`);
  // The server keeps this process running.
  return 0;
}

/** Opens the folder with the `code` of this machine, if it has one that starts. */
async function openInDesktop(directory: string): Promise<boolean> {
  if ((await run('code', ['--version'], { quiet: true })).code !== 0) return false;
  const args = ['--new-window', `--extensionDevelopmentPath=${projectRoot}`, directory];
  const { code, output } = await run('code', args, { quiet: true });
  if (code !== 0) console.log(`code did not open the folder:\n${output}`);
  return code === 0;
}

/** Stops what runs, which makes the work fail, and waits until that has cleaned up behind itself. */
async function end(): Promise<void> {
  cancelled.abort();
  await cleanup.run();
  await work;
  process.exit(130);
}
