import { spawn } from 'node:child_process';

/** Runs git in a folder and reads all that it prints, which nobody looks at. Throws when it fails. */
export function rawGit(directory: string, args: readonly string[], input?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: directory,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    });
    child.stdout?.resume();
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git ${args.join(' ')} ended with ${String(code)}`));
    });
    child.stdin?.end(input);
  });
}
