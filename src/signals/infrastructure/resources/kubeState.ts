import { increaseOf } from '../freshRates.ts';
import { bytesText } from '../amounts.ts';
import { anyTrouble, level, shareInUse, shareLeft, someUp } from '../judges.ts';
import { machineLimits } from '../machineLimits.ts';
import {
  gauge,
  inBraces,
  type JudgedReading,
  type MetricPart,
  optional,
  promql,
  type Reading,
  type Resource,
} from '../resource.ts';

const container = ['cluster', 'namespace', 'pod', 'container'];
/** Reasons for which a container waits and that do not pass by themselves (kubelet, pkg/kubelet/images and container). */
const stuck =
  'reason=~"CrashLoopBackOff|ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError"';

/** What kube-state-metrics tells of a service's pods and of the Deployment or StatefulSet they belong to. */
export const kubeState: readonly Resource[] = [
  {
    ...{ id: 'pod.restarts', name: 'restarts of container', scope: 'pods', topic: 'restarts', by: container },
    parts: {
      level: promql(
        ['kube_pod_container_status_restarts_total'],
        (m) =>
          `max by (${container.join(', ')}) (${increaseOf(`kube_pod_container_status_restarts_total${inBraces(m)}`, '30m')})`,
      ),
    },
    // `increase` reckons with what it cannot have seen, and gives fractions.
    why: 'Suspicious from one restart in 30 min, bad from three.',
    judge: level(
      { suspicious: 0.5, bad: 2.5 },
      (count) => `${count < 0.5 ? 'none' : String(Math.round(count))} in the last 30 min`,
      {
        show: (count) => String(Math.round(count)),
      },
    ),
  },
  {
    ...{ id: 'pod.stuck', name: 'container', scope: 'pods', topic: 'restarts', by: [...container, 'reason'] },
    silentWhenFine: true,
    parts: {
      trouble: promql(
        ['kube_pod_container_status_waiting_reason'],
        (m) =>
          `max by (${[...container, 'reason'].join(', ')}) (kube_pod_container_status_waiting_reason${inBraces(m, stuck)})`,
      ),
    },
    why: 'Bad: the container does not run, and does not come to run by itself.',
    judge: anyTrouble('bad', () => 'keeps it from running', 'is over'),
  },
  {
    ...{ id: 'pod.oomKilled', name: 'container', scope: 'pods', topic: 'restarts', by: container },
    silentWhenFine: true,
    parts: {
      trouble: promql(
        ['kube_pod_container_status_last_terminated_reason', 'kube_pod_container_status_restarts_total'],
        (m) =>
          `max by (${container.join(', ')}) (kube_pod_container_status_last_terminated_reason${inBraces(m, 'reason="OOMKilled"')}) ` +
          `and max by (${container.join(', ')}) (${increaseOf(`kube_pod_container_status_restarts_total${inBraces(m)}`, '30m')}) >= 0.5`,
      ),
    },
    why: 'Bad: it needed more memory than its limit within the last 30 min.',
    judge: anyTrouble('bad', () => 'was OOMKilled within the last 30 min', 'was not OOMKilled lately'),
  },
  {
    ...{ id: 'pod.ready', name: 'pods', scope: 'pods', topic: 'restarts', by: ['cluster', 'namespace'] },
    parts: {
      up: promql(
        ['kube_pod_status_ready'],
        (m) => `sum by (cluster, namespace) (kube_pod_status_ready${inBraces(m, 'condition="true"')})`,
      ),
      all: promql(
        ['kube_pod_status_phase'],
        (m) => `sum by (cluster, namespace) (kube_pod_status_phase${inBraces(m, 'phase=~"Pending|Running|Unknown"')})`,
      ),
    },
    why: 'Suspicious when one is not ready, bad when none is.',
    judge: someUp('is ready', 'are ready'),
  },
  {
    ...{ id: 'deployment.available', name: 'Deployment', scope: 'workload', topic: 'restarts' },
    by: ['cluster', 'namespace', 'deployment'],
    parts: { up: gauge('kube_deployment_status_replicas_available'), all: gauge('kube_deployment_spec_replicas') },
    why: 'Suspicious when one replica is not available, bad when none is.',
    judge: someUp('is available', 'are available'),
  },
  {
    ...{ id: 'statefulSet.ready', name: 'StatefulSet', scope: 'workload', topic: 'restarts' },
    by: ['cluster', 'namespace', 'statefulset'],
    parts: { up: gauge('kube_statefulset_status_replicas_ready'), all: gauge('kube_statefulset_replicas') },
    why: 'Suspicious when one replica is not ready, bad when none is.',
    judge: someUp('is ready', 'are ready'),
  },
  {
    ...{
      id: 'autoscaler',
      name: 'autoscaler',
      scope: 'workload',
      by: ['cluster', 'namespace', 'horizontalpodautoscaler'],
    },
    parts: {
      used: gauge('kube_horizontalpodautoscaler_status_current_replicas'),
      size: gauge('kube_horizontalpodautoscaler_spec_max_replicas'),
    },
    why: 'Suspicious at its maximum: more load meets no more replicas.',
    judge: shareInUse({ suspicious: 1 }),
  },
  {
    ...{ id: 'cluster.nodeReady', name: 'cluster node', scope: 'machines', by: ['cluster', 'node'] },
    parts: {
      up: gauge('kube_node_status_condition', { where: { condition: 'Ready', status: 'true' }, together: 'max' }),
    },
    why: 'Bad when its Ready condition is not true: nothing is put there, and its pods are moved.',
    judge: ({ values: { up } }) =>
      up === 0 ? { verdict: 'bad', text: 'is not ready', rank: 1 } : { verdict: 'ok', text: 'is ready', rank: 0 },
  },
  {
    ...{ id: 'cluster.nodePressure', name: 'cluster node', scope: 'machines', by: ['cluster', 'node'] },
    parts: {
      memory: pressure('MemoryPressure'),
      disk: optional(pressure('DiskPressure')),
      pids: optional(pressure('PIDPressure')),
    },
    why: 'Bad under pressure for memory, disk or processes: the kubelet evicts pods, and nothing new is put there.',
    judge: judgePressure,
  },
  {
    ...{ id: 'volume.space', name: 'volume', scope: 'machines' },
    by: ['cluster', 'namespace', 'persistentvolumeclaim'],
    parts: {
      left: gauge('kubelet_volume_stats_available_bytes', { together: 'min' }),
      size: gauge('kubelet_volume_stats_capacity_bytes', { together: 'min' }),
    },
    why: machineLimits.disk.why,
    judge: shareLeft(machineLimits.disk.limits, 'free', bytesText),
  },
];

function pressure(condition: string): MetricPart {
  return gauge('kube_node_status_condition', { where: { condition, status: 'true' }, together: 'max' });
}

function judgePressure({ values: { memory = 0, disk = 0, pids = 0 } }: Reading): JudgedReading {
  const under = [...(memory > 0 ? ['memory'] : []), ...(disk > 0 ? ['disk'] : []), ...(pids > 0 ? ['processes'] : [])];
  if (under.length === 0) return { verdict: 'ok', text: 'is under no pressure', rank: 0 };
  return { verdict: 'bad', text: `is under pressure for ${under.join(' and ')}, and evicts pods`, rank: under.length };
}
