import type { Arrival } from '../../changes/history/windowChanges.ts';
import { commitsTouching } from '../configuration/commitsTouching.ts';
import { cameAfterImpact } from '../configuration/afterImpact.ts';
import type { StandingLine } from './lineStandings.ts';

/**
 * Says of a line of a file whether it was changed after impact began: by its last change, or by all of the window. Only what
 * the window's commits tell for certain: where others touched the file before, nobody knows whether it was this line.
 */
export function afterImpactLines(arrivals: readonly Arrival[]): (path: string, line: StandingLine) => StandingLine {
  const touching = commitsTouching(arrivals);
  const after = new Set(
    arrivals
      .filter(({ afterImpactStart }) => afterImpactStart)
      .flatMap(({ commit, brought }) => [commit.id, ...brought.map(({ id }) => id)]),
  );
  return (path, line) => {
    const { standing } = line;
    if (standing.kind !== 'known' || !standing.inWindow || !after.has(standing.id)) return line;
    const afterImpact = cameAfterImpact({ commits: touching([path]) }) ? 'all' : 'last';
    return { ...line, standing: { ...standing, afterImpact } };
  };
}
