import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The absolute path of a program on the PATH of `environment`; undefined when it is not there. A relative entry of PATH, and on
 * Windows the folder that is open, could offer a program of the repository's authors: they are not looked at.
 */
export async function findProgram(name: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (pathOf(environment) ?? '').split(delimiter).filter((entry) => isAbsolute(entry))) {
    const program = join(folder, file);
    if (await isExecutable(program)) return program;
  }
  return undefined;
}

/** PATH, however the system spells its name. */
export function pathOf(environment: NodeJS.ProcessEnv): string | undefined {
  return Object.entries(environment).find(([variable]) => variable.toUpperCase() === 'PATH')?.[1];
}

/** True when there is a file at an absolute path that may be run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder of PATH may have one.
    return false;
  }
}
