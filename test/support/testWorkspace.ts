import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, run, toolEnvironment } from './run.mjs';
import { createTemporaryFolder } from './temporaryFolder.ts';

export interface TestWorkspace {
  /** Absolute path, free of symbolic links. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Makes git independent of the machine: one known user, no system or personal settings. */
export const testGitEnvironment = {
  GIT_CONFIG_GLOBAL: join(projectRoot, 'test/support/gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
} as const;

/** A fresh git repository in a temporary folder with one commit of two files on `main`. */
export async function createTestWorkspace(): Promise<TestWorkspace> {
  const { path: folder, remove } = await createTemporaryFolder('mayday-workspace-');
  await writeFile(join(folder, 'README.md'), '# Checkout\n');
  await writeFile(join(folder, 'checkout.js'), 'export const retries = 3;\n');
  await git(folder, 'init', '--quiet');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '--message', 'Sell things');
  return { folder, remove };
}

/** Runs git in a folder with {@link testGitEnvironment} and resolves with what it printed. Throws when it fails. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...toolEnvironment(), ...testGitEnvironment };
  const { code, output } = await run('git', args, { cwd: folder, env, quiet: true });
  if (code !== 0) throw new Error(`git ${args.join(' ')} failed with exit code ${code}:\n${output}`);
  return output.trimEnd();
}
