import { observeAll } from '../../signals/observeAll.ts';
import type { ReadsProbes } from '../../signals/probes/probeSight.ts';
import { probeTask } from '../../signals/probes/probeTask.ts';
import { statusPageTasks } from '../../signals/statusPages/statusPageTasks.ts';
import type { FetchesPages } from '../../signals/statusPages/statusPageSight.ts';
import type { SignalCheck } from '../signalCheck.ts';
import { withUniqueIds } from './uniqueIds.ts';
import { labelledProbes, pageUses, unknownPages } from './dependencyTargets.ts';

/** What the check of dependencies asks with. */
export interface DependenciesTools {
  readonly probes: ReadsProbes;
  readonly pages: FetchesPages;
}

const nothing =
  'Nothing to look at is named in mayday.yaml: give a service its url or health, its dependencies, or statusPages (Set Up This Workspace proposes them).';

/** Check 3: the health of the services, that of what they depend on, and what status pages say of it, all at once. */
export function createDependenciesCheck({ probes, pages }: DependenciesTools): SignalCheck {
  return {
    check: 'dependencies',
    observe: async ({ targets, clock, impactStart, limitMs }, signal) => {
      const tasks = [
        ...labelledProbes(targets.services).map(([probe, label]) =>
          probeTask(probe, label, { probes, clock, limitMs }),
        ),
        ...statusPageTasks(pageUses(targets), { pages, clock, impactStart, limitMs }),
        ...unknownPages(targets, clock),
      ];
      return {
        observations: withUniqueIds(await observeAll(tasks, { now: clock, limitMs, signal })),
        nothing,
      };
    },
  };
}
