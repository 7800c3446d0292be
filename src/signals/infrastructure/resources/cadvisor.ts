import { rateOf } from '../freshRates.ts';
import { bytesInUse, wholeShare } from '../judges.ts';
import { inBraces, promql, type Resource } from '../resource.ts';

const by = ['cluster', 'namespace', 'pod', 'container', 'name'];
const grouped = `by (${by.join(', ')})`;
/** Series without a name are sums over groups of containers, and `POD` is the pause container. */
const inside = (matchers: string) => inBraces(matchers, 'name!=""', 'container!="POD"');

const inPod = ['cluster', 'namespace', 'pod', 'container'];
const perPod = `by (${inPod.join(', ')})`;
/** In a pod, sums over its containers have no name of one. */
const ofPod = (matchers: string) => inBraces(matchers, 'container!=""', 'container!="POD"');
const memoryLimits = { suspicious: 0.9, bad: 0.97 };
const memoryWhy = 'Suspicious from 90 % of the limit, bad from 97 %: at the limit the kernel kills it.';
const cpuWhy = 'Suspicious from 90 % of the limit, bad from 97 %: beyond it is throttled.';

/** Containers of a service, as cAdvisor and the kubelet tell them. */
export const cadvisor: readonly Resource[] = [
  {
    ...{ id: 'container.memory', name: 'memory of container', scope: 'pods', by },
    parts: {
      used: promql(
        ['container_memory_working_set_bytes'],
        (m) => `max ${grouped} (container_memory_working_set_bytes${inside(m)})`,
      ),
      // No limit is 0, or about as much as 64 bits can say.
      size: promql(
        ['container_spec_memory_limit_bytes'],
        (m) => `max ${grouped} (container_spec_memory_limit_bytes${inside(m)} < 1e15) > 0`,
      ),
    },
    why: memoryWhy,
    judge: bytesInUse(memoryLimits, { words: 'of its limit' }),
  },
  {
    ...{ id: 'container.throttled', name: 'CPU of container', scope: 'pods', by },
    parts: {
      share: promql(
        ['container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_periods_total'],
        (m) =>
          `sum ${grouped} (${rateOf(`container_cpu_cfs_throttled_periods_total${inside(m)}`)}) / (sum ${grouped} (${rateOf(`container_cpu_cfs_periods_total${inside(m)}`)}) > 0)`,
      ),
    },
    why: 'Suspicious from 25 % of the periods in which it ran into its limit, bad from 75 %.',
    judge: wholeShare({ suspicious: 0.25, bad: 0.75 }, 'of the time throttled'),
  },
  {
    ...{ id: 'container.cpu', name: 'CPU of container', scope: 'pods', by },
    parts: {
      share: promql(
        ['container_cpu_usage_seconds_total', 'container_spec_cpu_quota', 'container_spec_cpu_period'],
        (m) =>
          `sum ${grouped} (${rateOf(`container_cpu_usage_seconds_total${inside(m)}`)}) / (max ${grouped} (container_spec_cpu_quota${inside(m)}) / max ${grouped} (container_spec_cpu_period${inside(m)}) > 0)`,
      ),
    },
    why: cpuWhy,
    judge: wholeShare({ suspicious: 0.9, bad: 0.97 }, 'of its limit'),
  },
  // The usual monitoring of Kubernetes drops container_spec_*: there the limits are those of the pod's specification.
  {
    ...{ id: 'container.podMemory', name: 'memory of container', scope: 'pods', by: inPod },
    parts: {
      used: promql(
        ['container_memory_working_set_bytes'],
        (m) =>
          `max ${perPod} (container_memory_working_set_bytes${ofPod(m)}) ` +
          `unless max ${perPod} (container_spec_memory_limit_bytes${ofPod(m)} > 0)`,
      ),
      size: promql(['kube_pod_container_resource_limits'], (m) => podLimit(m, 'memory')),
    },
    why: memoryWhy,
    judge: bytesInUse(memoryLimits, { words: 'of its limit' }),
  },
  {
    ...{ id: 'container.podCpu', name: 'CPU of container', scope: 'pods', by: inPod },
    parts: {
      share: promql(
        ['container_cpu_usage_seconds_total', 'kube_pod_container_resource_limits'],
        (m) =>
          `sum ${perPod} (${rateOf(`container_cpu_usage_seconds_total${ofPod(m)}`)}) / ${podLimit(m, 'cpu')} ` +
          `unless max ${perPod} (container_spec_cpu_quota${ofPod(m)} > 0)`,
      ),
    },
    why: cpuWhy,
    judge: wholeShare({ suspicious: 0.9, bad: 0.97 }, 'of its limit'),
  },
];

function podLimit(matchers: string, resource: string): string {
  return `(max ${perPod} (kube_pod_container_resource_limits${inBraces(matchers, `resource="${resource}"`)}) > 0)`;
}
