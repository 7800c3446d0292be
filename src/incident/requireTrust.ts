import { IncidentError } from './incidentError.ts';
import type { Host } from './useCase.ts';

/** Throws IncidentError `untrusted` in Restricted Mode, before anything of the workspace runs: git, a drill, a command. */
export function requireTrust({ isTrusted }: Pick<Host, 'isTrusted'>): void {
  if (isTrusted()) return;
  throw new IncidentError('untrusted', 'Nothing is run while the workspace is not trusted.', {
    hint: 'Trust the workspace, then do it again.',
  });
}
