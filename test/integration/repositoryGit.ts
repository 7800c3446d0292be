import { execFileSync } from 'node:child_process';
import { folder } from './host.ts';

/** What VS Code's own git, which works on the same repository, holds for a moment. */
const isHeld = /could not lock|\.lock'?: File exists/i;
const waits = 100;
const waitMs = 100;

/** Runs git in the folder of the window, as a known person; gives what it prints without the last line end. */
export function git(...args: readonly (string | NodeJS.ProcessEnv)[]): string {
  return gitIn(folder, ...args);
}

/** The same in any folder. An argument that is an object is added to the environment. Throws when git fails. */
export function gitIn(cwd: string, ...args: readonly (string | NodeJS.ProcessEnv)[]): string {
  return gitBytes(cwd, ...args)
    .toString()
    .trimEnd();
}

/** The same as bytes, all of them. */
export function gitBytes(cwd: string, ...args: readonly (string | NodeJS.ProcessEnv)[]): Buffer {
  const words = args.filter((arg) => typeof arg === 'string');
  const env = Object.assign({ ...process.env }, ...args.filter((arg) => typeof arg === 'object')) as NodeJS.ProcessEnv;
  const person = ['-c', 'user.name=Robin Case', '-c', 'user.email=robin@example.com'];
  for (let waited = 0; ; waited++) {
    try {
      return execFileSync('git', [...person, ...words], { cwd, env, stdio: 'pipe' });
    } catch (error) {
      const { stderr } = error as { readonly stderr?: Buffer };
      if (waited >= waits || !isHeld.test(stderr?.toString() ?? '')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
    }
  }
}
