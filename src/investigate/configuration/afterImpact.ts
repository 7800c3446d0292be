import type { ConfigurationCommit } from './configurationSight.ts';

/**
 * True when everything that the window knows of a change came after impact began: it cannot have caused it. False for what
 * no commit is known of, and as long as impact start is unknown.
 */
export function cameAfterImpact({ commits }: { readonly commits: readonly ConfigurationCommit[] }): boolean {
  return commits.length > 0 && commits.every(({ afterImpactStart }) => afterImpactStart);
}
