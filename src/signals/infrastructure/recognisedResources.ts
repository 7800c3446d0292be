import type { Resource } from './resource.ts';
import { cadvisor } from './resources/cadvisor.ts';
import { connectionPools } from './resources/connectionPools.ts';
import { jvm } from './resources/jvm.ts';
import { kubeState } from './resources/kubeState.ts';
import { loadBalancers } from './resources/loadBalancers.ts';
import { mysql } from './resources/mysql.ts';
import { nodeExporter } from './resources/nodeExporter.ts';
import { ownProcess } from './resources/ownProcess.ts';
import { postgres } from './resources/postgres.ts';
import { redis } from './resources/redis.ts';
import { scrapeTargets } from './resources/scrapeTargets.ts';
import { workerThreads } from './resources/workerThreads.ts';

/** Everything that is recognised by the names of its metrics, what tells most first. */
export const recognisedResources: readonly Resource[] = [
  ...connectionPools,
  ...workerThreads,
  ...scrapeTargets,
  ...ownProcess,
  ...jvm,
  ...kubeState,
  ...cadvisor,
  ...postgres,
  ...mysql,
  ...redis,
  ...loadBalancers,
  ...nodeExporter,
];
