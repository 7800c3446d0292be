import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { IncidentError } from '../incident/incidentError.ts';

/**
 * The absolute path of git on the PATH of `environment`. A relative entry of PATH, and on Windows the folder that is open,
 * could offer a program of the repository's authors: they are not looked at.
 */
export async function findGit(environment: NodeJS.ProcessEnv): Promise<string> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const folders = (pathOf(environment) ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const program = join(folder, name);
    if (await isExecutable(program)) return program;
  }
  throw gitMissing();
}

/** What a person is told when there is no git. */
export function gitMissing(cause?: unknown): IncidentError {
  return new IncidentError('outside', 'Git was not found on this machine.', {
    hint: 'Install git, or correct PATH, and reload the window.',
    cause,
  });
}

function pathOf(environment: NodeJS.ProcessEnv): string | undefined {
  return Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder of PATH may have one.
    return false;
  }
}
