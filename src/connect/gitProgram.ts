import { IncidentError } from '../incident/incidentError.ts';
import { findProgram, isExecutable, pathOf } from './findProgram.ts';

/** Where git was found last, and for which PATH: looking through all folders takes as long as some calls of git. */
let found: { readonly path: string | undefined; readonly program: string; readonly seenAt: number } | undefined;
/** One look asks several times in a row. */
const seenForMs = 1000;

/** The absolute path of git on the PATH of `environment`. Throws IncidentError `outside` when it is not there. */
export async function findGit(environment: NodeJS.ProcessEnv): Promise<string> {
  const path = pathOf(environment);
  if (found !== undefined && found.path === path) {
    if (performance.now() - found.seenAt < seenForMs) return found.program;
    if (await isExecutable(found.program)) {
      found = { ...found, seenAt: performance.now() };
      return found.program;
    }
  }
  const program = await findProgram('git', environment);
  if (program === undefined) throw gitMissing();
  found = { path, program, seenAt: performance.now() };
  return program;
}

/** What a person is told when there is no git. */
export function gitMissing(cause?: unknown): IncidentError {
  return new IncidentError('outside', 'Git was not found on this machine.', {
    hint: 'Install git, or correct PATH, and reload the window.',
    cause,
  });
}
