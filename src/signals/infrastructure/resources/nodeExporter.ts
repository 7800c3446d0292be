import { increaseOf, rateOf } from '../freshRates.ts';
import { amountText, bytesText, counted, percentText } from '../amounts.ts';
import { anyTrouble, beforeText, level, partInUse, shareInUse, shareLeft, wholeShare } from '../judges.ts';
import { verdictBelow } from '../limits.ts';
import { machineLimits } from '../machineLimits.ts';
import {
  gauge,
  growth,
  inBraces,
  optional,
  promql,
  type Reading,
  type JudgedReading,
  type Resource,
} from '../resource.ts';
import { startedLately } from '../startedLately.ts';

const machine = ['cluster', 'job', 'instance'];
const mounts = [...machine, 'mountpoint'];
const by = (labels: readonly string[]) => `by (${labels.join(', ')})`;

/** What is no disk that fills up: memory, images, what the kernel shows. */
const noDisk =
  'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|cd9660|erofs|fuse.*|nsfs|autofs|devtmpfs|proc|sysfs|cgroup.*"';
const disk = (name: string, matchers: string) =>
  `max ${by(mounts)} (${name}${inBraces(matchers, noDisk)} and node_filesystem_readonly{${matchers}} == 0)`;
const diskNeeds = ['node_filesystem_readonly', 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes'];

const fillSeconds = 4 * 3600;

/** Machines, as node_exporter tells them (names of its version 1). */
export const nodeExporter: readonly Resource[] = [
  {
    ...{ id: 'node.cpu', name: 'CPU', scope: 'machines', by: machine, ...machineLimits.cpu },
    parts: { share: promql(['node_cpu_seconds_total'], (m) => `1 - ${cpuShare('idle', m)}`) },
  },
  {
    ...{ id: 'node.steal', name: 'stolen CPU', scope: 'machines', by: machine },
    parts: { share: promql(['node_cpu_seconds_total'], (m) => cpuShare('steal', m)) },
    why: 'Suspicious from 10 % that the host gives to others, bad from 30 %.',
    judge: wholeShare({ suspicious: 0.1, bad: 0.3 }, 'taken by the host'),
  },
  {
    ...{ id: 'node.iowait', name: 'waiting for disks', scope: 'machines', by: machine },
    parts: { share: promql(['node_cpu_seconds_total'], (m) => cpuShare('iowait', m)) },
    why: 'Suspicious from 20 % of the time of all cores, bad from 50 %.',
    judge: wholeShare({ suspicious: 0.2, bad: 0.5 }, 'of the time'),
  },
  {
    ...{ id: 'node.load', name: 'load', scope: 'machines', by: machine, why: machineLimits.load.why },
    parts: {
      level: promql(
        ['node_load5', 'node_cpu_seconds_total'],
        (m) =>
          `max ${by(machine)} (node_load5{${m}}) / count ${by(machine)} (node_cpu_seconds_total${inBraces(m, 'mode="idle"')})`,
      ),
    },
    judge: level(machineLimits.load.limits, (value) => `${amountText(value)} per core over 5 min`, { least: 1 }),
  },
  {
    ...{ id: 'node.memory', name: 'memory', scope: 'machines', by: machine, ...machineLimits.memory },
    parts: {
      left: gauge('node_memory_MemAvailable_bytes', { together: 'max' }),
      size: gauge('node_memory_MemTotal_bytes', { together: 'max' }),
    },
  },
  {
    ...{ id: 'node.disk', name: 'disk', scope: 'machines', by: mounts },
    parts: {
      left: promql(diskNeeds, (m) => disk('node_filesystem_avail_bytes', m)),
      size: promql(diskNeeds, (m) => disk('node_filesystem_size_bytes', m)),
      // Less than 45 minutes of data say nothing about the next hours.
      soon: optional(
        promql(
          diskNeeds,
          (m) =>
            `max ${by(mounts)} (predict_linear(node_filesystem_avail_bytes${inBraces(m, noDisk)}[1h], ${String(fillSeconds)}) and node_filesystem_avail_bytes${inBraces(m, noDisk)} offset 45m)`,
        ),
      ),
    },
    why: `${machineLimits.disk.why} Suspicious as well when less than 40 % is left and it is full in 4 h if the last hour goes on.`,
    judge: judgeDisk,
  },
  {
    ...{ id: 'node.inodes', name: 'inodes of', scope: 'machines', by: mounts },
    parts: {
      left: promql(['node_filesystem_readonly', 'node_filesystem_files_free'], (m) =>
        disk('node_filesystem_files_free', m),
      ),
      size: promql(['node_filesystem_readonly', 'node_filesystem_files'], (m) => disk('node_filesystem_files', m)),
    },
    why: 'Suspicious below 10 % free, bad below 3 %: without one no file can be made, however much room there is.',
    judge: shareLeft({ suspicious: 0.1, bad: 0.03 }, 'free', amountText),
  },
  {
    ...{ id: 'node.diskBusy', name: 'disk', scope: 'machines', by: [...machine, 'device'] },
    parts: {
      share: promql(
        ['node_disk_io_time_seconds_total'],
        (m) =>
          `max ${by([...machine, 'device'])} (${rateOf(`node_disk_io_time_seconds_total${inBraces(m, 'device!~"loop.*|ram.*|sr.*"')}`)})`,
      ),
    },
    why: 'Suspicious from 95 % of the time; never bad, since a fast disk does much at once.',
    judge: wholeShare({ suspicious: 0.95 }, 'of the time busy'),
  },
  {
    ...{ id: 'node.conntrack', name: 'tracked connections', scope: 'machines', topic: 'connections', by: machine },
    parts: {
      used: gauge('node_nf_conntrack_entries', { together: 'max' }),
      size: gauge('node_nf_conntrack_entries_limit', { together: 'max' }),
    },
    why: 'Suspicious from 80 % of the table, bad from 95 %: when it is full, packets of new connections are dropped.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ id: 'node.files', name: 'open files', scope: 'machines', by: machine },
    parts: {
      used: gauge('node_filefd_allocated', { together: 'max' }),
      size: gauge('node_filefd_maximum', { together: 'max' }),
    },
    why: 'Suspicious from 80 % of what the kernel allows, bad from 95 %.',
    judge: partInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ id: 'node.oom', name: 'killed for memory', scope: 'machines', by: machine },
    parts: {
      trouble: promql(
        ['node_vmstat_oom_kill'],
        (m) => `max ${by(machine)} (${increaseOf(`node_vmstat_oom_kill{${m}}`, '30m')})`,
      ),
    },
    why: 'Any process that the kernel killed for want of memory in the last 30 min is suspicious.',
    judge: anyTrouble(
      'suspicious',
      (count) => `${counted(count, 'process', 'processes')} in the last 30 min`,
      'none in the last 30 min',
    ),
  },
  {
    ...{ id: 'node.boot', name: 'machine', scope: 'machines', topic: 'restarts', by: machine },
    parts: { start: gauge('node_boot_time_seconds', { together: 'max' }) },
    ...startedLately('booted'),
  },
  {
    ...{ id: 'node.netErrors', name: 'network', scope: 'machines', by: [...machine, 'device'] },
    parts: {
      received: growth('node_network_receive_errs_total'),
      sent: optional(growth('node_network_transmit_errs_total')),
    },
    why: 'Suspicious from 100 packets with errors in 5 min: cables, drivers and duplex, not load.',
    judge: ({ values: { received = 0, sent = 0 }, lately }) => ({
      verdict: received + sent >= 100 ? 'suspicious' : 'ok',
      text: `${counted(received + sent, 'packet', 'packets')} with errors ${lately}`,
      rank: received + sent,
    }),
  },
];

function cpuShare(mode: string, matchers: string): string {
  const selector = `node_cpu_seconds_total${inBraces(matchers, `mode="${mode}"`)}`;
  return `avg ${by(machine)} (${rateOf(selector)})`;
}

function judgeDisk({ values: { left = 0, size = 0, soon }, before }: Reading): JudgedReading | undefined {
  if (!(size > 0)) return undefined;
  const share = left / size;
  const fills = soon !== undefined && soon <= 0 && share < 0.4;
  const verdict = verdictBelow(share, machineLimits.disk.limits);
  const [wasLeft, wasSize] = [before?.['left'], before?.['size']];
  const earlier = wasLeft === undefined || wasSize === undefined ? undefined : percentText(wasLeft / wasSize);
  return {
    verdict: verdict === 'ok' && fills ? 'suspicious' : verdict,
    text: `${percentText(share)} free (${bytesText(left)} of ${bytesText(size)})${beforeText(earlier)}${fills ? '; full within 4 h if it goes on like this' : ''}`,
    rank: 1 - share,
  };
}
