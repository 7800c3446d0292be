import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { projectRoot } from './run.mjs';

export interface TemporaryFolder {
  /** Absolute, free of symbolic links. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Makes a folder that goes with this process, however that dies, and earlier when asked. */
export async function createTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  guard ??= startGuard();
  guard.write(`${path}\n`);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}

let guard: Writable | undefined;

function startGuard(): Writable {
  const script = join(projectRoot, 'test/support/removeFolders.mjs');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
  child.unref();
  // A pipe to a child is a socket, whatever its declared type.
  const stdin: Writable & { readonly unref?: () => void } = child.stdin;
  stdin.unref?.();
  return stdin;
}
