import { join } from 'node:path';

/** The folder of the machine's index of active incidents. */
export function activeIndexDirectory(globalStorage: string): string {
  return join(globalStorage, 'active');
}
