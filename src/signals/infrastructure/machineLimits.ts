import { bytesText } from './amounts.ts';
import { shareLeft, wholeShare } from './judges.ts';

/** What is too much for a machine, wherever its numbers come from. */
export const machineLimits = {
  cpu: {
    judge: wholeShare({ suspicious: 0.9, bad: 0.97 }),
    why: 'Suspicious from 90 % of all cores, where work begins to queue; bad from 97 %, where hardly any is left.',
  },
  memory: {
    judge: shareLeft({ suspicious: 0.1, bad: 0.05 }, 'available', bytesText),
    why: 'Suspicious below 10 % available, where caches go first; bad below 5 %, where the kernel begins to kill.',
  },
  disk: {
    limits: { suspicious: 0.15, bad: 0.05 },
    why: 'Suspicious below 15 % free, the usual time for housekeeping; bad below 5 %, which file systems keep for root.',
  },
  load: {
    limits: { suspicious: 1.5, bad: 4 },
    why: 'Suspicious from 1.5 per core: half as much waits as runs; bad from 4: three wait for each that runs.',
  },
} as const;
