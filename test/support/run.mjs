// Plain Node >= 20 without dependencies: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds package.json. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What a person has to do before a command can go on; shown without a stack. */
export class MissingRequirement extends Error {}

/** Absolute path of a program that a devDependency installs, such as `tsc`, or `node` for Node 24. */
export function installedProgram(name) {
  return join(projectRoot, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** The environment for every process the harness starts: installed programs come first on PATH. */
export function toolEnvironment() {
  const environment = { ...process.env };
  const path = environment.PATH ?? environment.Path ?? '';
  const bin = join(projectRoot, 'node_modules', '.bin');
  if (!path.split(delimiter).includes(bin)) environment.PATH = bin + delimiter + path;
  // npm tells the scripts it runs where the project is; an npm started in another folder would believe it.
  delete environment.npm_config_local_prefix;
  return environment;
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * Runs a program to its end and resolves with `{ code, output }`; never rejects. `code` is 127 when the program cannot be
 * started. It ends with this process. With `quiet` its output is only collected, else it is also shown.
 */
export function run(file, args, { cwd = projectRoot, env = toolEnvironment(), quiet = false } = {}) {
  return new Promise((resolve) => {
    const windowsScript = process.platform === 'win32' && !file.endsWith('.exe');
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windowsScript });
    running.add(child);
    let output = '';
    const collect = (stream) => (chunk) => {
      output += chunk;
      if (!quiet) stream.write(chunk);
    };
    child.stdout.on('data', collect(process.stdout));
    child.stderr.on('data', collect(process.stderr));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: signal ? `${output}ended by ${signal}\n` : output });
    });
  });
}
