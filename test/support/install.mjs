// Plain Node >= 20 without dependencies: it installs them.
import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installedProgram, MissingRequirement, projectRoot, run, toolEnvironment } from './run.mjs';

/**
 * Makes sure that the packages of package-lock.json are installed and that Node 24 runs; resolves at once when they are.
 * Throws {@link MissingRequirement} with what is missing and what to do.
 */
export async function install() {
  await requireTools();
  const reason = await whyInstall();
  if (reason) {
    console.log(`Installing dependencies (${reason})`);
    const code = await installPackages();
    if (code !== 0) {
      throw new MissingRequirement(
        `npm could not install the dependencies; it ended with code ${code} (see above). It needs a reachable npm registry (npm config get registry) and about 700 MB of disk.`,
      );
    }
  }
  await requireInstalledNode();
}

/** Resolves with npm's exit code. */
async function installPackages() {
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', ['ci', ...quietly], { quiet: true });
  if (code === 0) return code;
  // Where a registry lacks optional packages for other platforms, npm takes the lock file for incomplete and refuses it. What
  // the lock file does hold is installed all the same, and neither file is changed.
  if (output.includes('EUSAGE')) return (await run('npm', ['install', '--no-save', ...quietly])).code;
  console.error(output);
  return code;
}

async function requireTools() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new MissingRequirement(`Node ${process.versions.node} is too old; Node 20 or newer is needed.`);
  for (const tool of ['git', 'npm']) {
    const { code } = await run(tool, ['--version'], { quiet: true });
    if (code !== 0) throw new MissingRequirement(`${tool} is not on PATH; install it and run the command again.`);
  }
}

/** Compares what npm says it installed with the lock file; `undefined` when they agree. */
async function whyInstall() {
  const wanted = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  const installed = await installedPackages();
  if (!installed) return 'node_modules is missing or incomplete';
  const stale = Object.entries(wanted).find(
    ([path, entry]) => path !== '' && !entry.optional && installed[path]?.version !== entry.version,
  );
  return stale && `${stale[0]} is not at ${stale[1].version}`;
}

async function installedPackages() {
  try {
    return JSON.parse(await readFile(join(projectRoot, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The package `node` fetches the program in its install script, which some configurations of npm skip. */
async function requireInstalledNode() {
  const node = installedProgram('node');
  if ((await version(node)) !== undefined) return;
  await run('npm', ['rebuild', 'node', '--foreground-scripts'], { quiet: true });
  if ((await version(node)) !== undefined) return;
  throw new MissingRequirement(
    'The package node@24 has no program: its install script was skipped or failed. Allow it (npm config set ignore-scripts false), then run: npm rebuild node',
  );
}

async function version(node) {
  try {
    await access(node);
  } catch {
    return undefined;
  }
  const { code, output } = await run(node, ['--version'], { quiet: true });
  return code === 0 ? output.trim() : undefined;
}

/** Installs what is missing, then runs a TypeScript file of this folder with Node 24 and takes over its exit code. */
export async function installAndRun(script) {
  try {
    await install();
  } catch (error) {
    if (!(error instanceof MissingRequirement)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
  const args = [join(projectRoot, script), ...process.argv.slice(2)];
  const child = spawn(installedProgram('node'), args, { cwd: projectRoot, env: toolEnvironment(), stdio: 'inherit' });
  // The terminal sends an interrupt to both; this process only waits for the other to clean up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
