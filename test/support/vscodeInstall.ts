import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingRequirement, projectRoot, run } from './run.mjs';

/** Which VS Code: the newest that npm has, or the oldest above the floor of `engines.vscode`. */
export type VscodeRelease = 'latest' | 'oldest';

export interface InstalledVscode {
  /** The version of the npm package; VS Code's own is the same without the leading 4 (4.139.1 is 1.139.1). */
  readonly version: string;
  /** The Node that this VS Code ships with, so that the host has the features users have. */
  readonly node: string;
  /** Absolute path of VS Code's folder, with `out/server-main.js` and `extensions/`. */
  readonly root: string;
}

const releases = {
  latest: { version: '4.139.1', nodePackage: undefined },
  oldest: { version: '4.103.2', nodePackage: '22.23.3' },
} as const;

/** Absolute path of the folder where downloaded programs are kept between runs. */
export const cacheFolder = join(projectRoot, '.vscode-test');

/**
 * Installs a VS Code server from npm into {@link cacheFolder} unless it is there. Its install scripts are not run: they
 * compile native modules for minutes, and nothing here needs them. Throws `MissingRequirement` when npm cannot deliver it.
 */
export async function installVscode(release: VscodeRelease): Promise<InstalledVscode> {
  const { version, nodePackage } = releases[release];
  const folder = join(cacheFolder, `code-server-${version}`);
  if (!existsSync(folder)) {
    console.log(`Installing VS Code ${version.replace(/^4/, '1')} (npm package code-server@${version})`);
    await installAtomically(folder, async (partial) => {
      await npmInstall(partial, [
        `code-server@${version}`,
        ...(nodePackage ? [`${platformNode()}@${nodePackage}`] : []),
      ]);
      await npmInstall(join(partial, 'node_modules/code-server/lib/vscode'), ['--omit=dev']);
    });
  }
  return {
    version,
    node: nodePackage ? join(folder, 'node_modules', platformNode(), 'bin/node') : process.execPath,
    root: join(folder, 'node_modules/code-server/lib/vscode'),
  };
}

/** Fills a temporary folder and renames it when it is complete, so that an interrupted install is never taken for one. */
export async function installAtomically(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    await fill(partial);
    // Another process may have finished the same install in the meantime.
    if (!existsSync(folder)) await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** `npm install` without install scripts in a folder that has a package.json. */
export async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', ['install', ...flags, ...args], { cwd: folder, quiet: true });
  if (code === 0) return;
  throw new MissingRequirement(
    `npm install ${args.join(' ')} failed with exit code ${code}:\n${output}\nIt needs a reachable npm registry and about 1 GB of disk.`,
  );
}

/** The npm package with the program of Node for this machine, named as the package `node` names it. */
function platformNode(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}
