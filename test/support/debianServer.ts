import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program of a Debian package, as tests start it on loopback. */
export interface ServerProgram {
  /** `prometheus` */
  readonly program: string;
  readonly packageName: string;
  /** `folder` is empty and goes with the server. */
  args(at: { readonly port: number; readonly folder: string }): readonly string[];
  /** A path that answers with 200 once it is ready. */
  readonly readyPath: string;
  /** Writes what it reads, before it starts. */
  prepare?(folder: string): Promise<unknown>;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  stop(): Promise<void>;
}

let installing: Promise<unknown> = Promise.resolve();

/**
 * True when the programs are here; installs what is missing when root on a machine with apt-get. Where that cannot be, it
 * says once on stderr what is missing and what to do, and gives false: tests are skipped and counted.
 */
export async function ensurePrograms(
  programs: readonly Pick<ServerProgram, 'program' | 'packageName'>[],
): Promise<boolean> {
  const missing = () => programs.filter(({ program }) => !isInstalled(program)).map(({ packageName }) => packageName);
  if (missing().length === 0) return true;
  const install = installing.then(() => installPackages(missing()));
  installing = install.catch(() => undefined);
  const problem = await install.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (missing().length === 0) return true;
  const why = typeof problem === 'string' ? problem : 'not root, or no apt-get';
  console.error(
    `Skipped: ${missing().join(', ')} cannot be installed here (${why}). Run: apt-get install ${missing().join(' ')}`,
  );
  return false;
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function installPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0 || process.getuid?.() !== 0 || !isInstalled('apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait5Minutes = ['-o', 'DPkg::Lock::Timeout=300'];
  const install = () =>
    run('apt-get', [...wait5Minutes, 'install', '-y', '--no-install-recommends', ...packages], { env });
  await install().catch(async () => {
    await run('apt-get', [...wait5Minutes, 'update'], { env });
    await install();
  });
}

/** Starts the program on a free port of loopback and resolves once it is ready. Throws with its output when it is not within 30 s. */
export async function startServer({ program, args, readyPath, prepare }: ServerProgram): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), `mayday-${program}-`));
  const port = await freePort();
  await prepare?.(folder);
  const child = spawn(program, [...args({ port, folder })], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const url = `http://127.0.0.1:${String(port)}`;
  const stop = async (): Promise<void> => {
    await endOf(child);
    await rm(folder, { recursive: true, force: true });
  };
  const giveUpAt = Date.now() + 30_000;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    if (await isReady(`${url}${readyPath}`)) return { url, port, folder, stop };
    await wait(50);
  }
  await stop();
  throw new Error(`${program} was not ready:\n${output}`);
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200;
  } catch {
    // It does not listen yet.
    return false;
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
