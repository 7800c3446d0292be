import { userInfo } from 'node:os';
import type { Surroundings } from '../incident/surroundings.ts';

/** What git says of the person: its `user.name` and `user.email`. */
export type ReadIdentity = (
  folder: string,
) => Promise<{ readonly name?: string | undefined; readonly email?: string | undefined }>;

/**
 * Who is at this window, `Name <mail>`: as configured in the settings, else as git is configured in the first folder, else
 * the login name. Git is asked once a folder, and never while the workspace is not trusted.
 */
export function personAt(surroundings: Surroundings, readIdentity: ReadIdentity): () => Promise<string> {
  const known = new Map<string, string>();
  return async () => {
    const configured = surroundings.configuredPerson();
    if (configured !== '') return configured;
    const [folder] = surroundings.folders();
    if (folder === undefined || !surroundings.host.isTrusted()) return loginName();
    const person = known.get(folder) ?? (await fromGit(folder, surroundings, readIdentity));
    known.set(folder, person);
    return person;
  };
}

async function fromGit(folder: string, { host }: Surroundings, readIdentity: ReadIdentity): Promise<string> {
  try {
    const { name, email } = await readIdentity(folder);
    const person = name ?? loginName();
    return email === undefined ? person : `${person} <${email}>`;
  } catch (error) {
    host.log.warn(`Git could not be asked who is at this window (${String(error)}); the login name is used.`);
    return loginName();
  }
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the machine's list of users, as in containers.
    return 'unknown';
  }
}
