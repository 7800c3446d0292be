import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** True where a test may mount a small file system of its own. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A small file system in memory, to be filled or made read-only. */
export interface Tmpfs {
  readonly path: string;
  remount(options: string): Promise<void>;
  unmount(): Promise<void>;
}

/** Mounts a file system of `bytes` at `path`, which is made. Only where `canMount`. */
export async function mountTmpfs(path: string, bytes: number): Promise<Tmpfs> {
  await mkdir(path, { recursive: true });
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'mayday-test', path]);
  return {
    path,
    remount: async (options) => {
      await execute('mount', ['-o', `remount,${options}`, path]);
    },
    unmount: async () => {
      await execute('umount', ['--lazy', path]);
    },
  };
}
