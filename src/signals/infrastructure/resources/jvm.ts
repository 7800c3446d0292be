import { anyTrouble, bytesInUse, wholeShare } from '../judges.ts';
import { gauge, perSecond, type Resource } from '../resource.ts';

const by = ['job', 'instance', 'pod'];
const heap = { area: 'heap' };

const otelHeap = { jvm_memory_type: 'heap' };
const heapLimits = {
  why: 'Suspicious from 95 %; never bad by itself, since a heap fills up until it is collected.',
  judge: bytesInUse({ suspicious: 0.95 }),
} as const;

/** The Java virtual machine by Micrometer, by Prometheus' own client, old names and new, and by OpenTelemetry. */
export const jvm: readonly Resource[] = [
  {
    ...{ id: 'jvm.heap', name: 'heap', scope: 'service', by },
    parts: {
      used: gauge(['jvm_memory_used_bytes', 'jvm_memory_bytes_used'], { where: heap }),
      // Parts of the heap without a limit of their own say -1.
      size: gauge(['jvm_memory_max_bytes', 'jvm_memory_bytes_max'], { where: heap, positive: true }),
    },
    ...heapLimits,
  },
  {
    ...{ id: 'jvm.otelHeap', name: 'heap', scope: 'service', by },
    parts: {
      used: gauge('jvm_memory_used_bytes', { where: otelHeap }),
      size: gauge('jvm_memory_limit_bytes', { where: otelHeap, positive: true }),
    },
    ...heapLimits,
  },
  {
    ...{ id: 'jvm.gc', name: 'garbage collection', scope: 'service', by },
    parts: {
      share: perSecond(['jvm_gc_pause_seconds_sum', 'jvm_gc_collection_seconds_sum', 'jvm_gc_duration_seconds_sum']),
    },
    why: 'Suspicious from 10 % of the time, bad from 50 %: then the heap is too small for what is alive.',
    judge: wholeShare({ suspicious: 0.1, bad: 0.5 }, 'of the time'),
  },
  {
    ...{ id: 'jvm.deadlock', name: 'threads', scope: 'service', by },
    parts: { trouble: gauge('jvm_threads_deadlocked') },
    why: 'Any thread in a deadlock is bad: it never goes on.',
    judge: anyTrouble('bad', (count) => `${String(Math.round(count))} in a deadlock`, 'none in a deadlock'),
  },
];
