import { amountText, bytesText, counted } from '../amounts.ts';
import { level, shareInUse } from '../judges.ts';
import { gauge, optional, perSecond, promql, type Resource } from '../resource.ts';
import { startedLately } from '../startedLately.ts';

const by = ['job', 'instance', 'pod'];

/** What client libraries of Prometheus tell of the process they are in. */
export const ownProcess: readonly Resource[] = [
  {
    ...{ id: 'process.cpu', name: 'CPU', scope: 'service', by },
    parts: { level: perSecond('process_cpu_seconds_total') },
    why: 'What a process may use is not told; three times as much as before impact, and half a core at least, is suspicious.',
    judge: level({}, (cores) => `${amountText(cores)} cores`, { least: 0.5 }),
  },
  {
    ...{ id: 'process.memory', name: 'memory', scope: 'service', by },
    parts: { level: gauge('process_resident_memory_bytes') },
    why: 'What a process may use is not told; three times as much as before impact, and 256 MB at least, is suspicious.',
    judge: level({}, (bytes) => bytesText(bytes), { least: 256 * 1024 * 1024, show: bytesText }),
  },
  {
    ...{ id: 'process.files', name: 'open files', scope: 'service', topic: 'connections', by },
    parts: { used: gauge('process_open_fds'), size: gauge('process_max_fds', { positive: true }) },
    why: 'Suspicious from 80 % of what the process may open, sockets too; bad from 95 %: then none can be opened.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ id: 'process.start', name: 'process', scope: 'service', topic: 'restarts', by },
    parts: {
      start: gauge('process_start_time_seconds', { together: 'max' }),
      restarts: optional(
        promql(
          ['process_start_time_seconds'],
          (matchers) => `max by (${by.join(', ')}) (changes(process_start_time_seconds{${matchers}}[30m]))`,
        ),
      ),
    },
    ...startedLately('started'),
  },
  {
    ...{ id: 'node.eventLoop', name: 'event loop', scope: 'service', by },
    parts: {
      level: gauge(
        ['nodejs_eventloop_lag_p99_seconds', 'nodejs_eventloop_lag_seconds', 'nodejs_eventloop_delay_p99_seconds'],
        {
          together: 'max',
        },
      ),
    },
    why: 'Suspicious from 0.5 s, by which every request is late; bad from 2 s.',
    judge: level({ suspicious: 0.5, bad: 2 }, lagText, { least: 0.2, show: lagText }),
  },
  {
    ...{ id: 'go.goroutines', name: 'goroutines', scope: 'service', by },
    parts: { level: gauge('go_goroutines') },
    why: 'Suspicious from 100,000, and from 1,000 when that is three times as many as before impact: they wait for something.',
    judge: level({ suspicious: 100_000 }, (count) => counted(count, 'runs', 'run'), { least: 1000 }),
  },
];

function lagText(seconds: number): string {
  return seconds < 1 ? `${amountText(seconds * 1000)} ms late` : `${amountText(seconds)} s late`;
}
