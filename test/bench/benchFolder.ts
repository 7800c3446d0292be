import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, statfs } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectRoot } from '../support/run.mjs';

export interface BenchFolder {
  /** Absolute path, free of symbolic links. */
  readonly path: string;
  /** Where it is, and on what kind of file system: `out/bench-x1y2 (ext4)`. */
  readonly description: string;
  remove(): Promise<void>;
}

/** Numbers of Linux for kinds of file systems. */
const fileSystems: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x9123683e: 'btrfs',
  0x58465342: 'xfs',
  0x794c7630: 'overlay',
  0x2fc12fc1: 'zfs',
  0x01021994: 'tmpfs: nothing here reaches a disk',
};

/** A fresh folder beside the build, where temporary folders of the system may be kept in memory. It goes with the process at the latest. */
export async function createBenchFolder(): Promise<BenchFolder> {
  const parent = join(projectRoot, 'out');
  await mkdir(parent, { recursive: true });
  const path = await realpath(await mkdtemp(join(parent, 'bench-')));
  process.on('exit', () => {
    rmSync(path, { recursive: true, force: true });
  });
  const { type } = await statfs(path);
  return {
    path,
    description: `${relative(projectRoot, path)} (${fileSystems[type] ?? `file system type 0x${type.toString(16)}`})`,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
