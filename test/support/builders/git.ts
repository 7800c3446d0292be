import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs git in a folder, with nothing of the machine's configuration. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_ALLOW_PROTOCOL: 'file',
  };
  const { stdout } = await execute('git', ['-C', folder, ...identity, ...args], { env });
  return stdout;
}

const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main'];

/** A repository with two commits of `app.js`. */
export async function makeRepository(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await git(folder, 'init', '--quiet');
  for (const text of ['one', 'two']) {
    await writeFile(join(folder, 'app.js'), `${text}\n`);
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '--message', text);
  }
}
