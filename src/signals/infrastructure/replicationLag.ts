import { amountText } from './amounts.ts';
import { level } from './judges.ts';
import type { MetricPart, Resource } from './resource.ts';

interface LagNames extends Pick<Resource, 'id' | 'name' | 'scope' | 'by'> {
  readonly lag: MetricPart;
}

/** How many seconds a replica is behind. */
export function replicationLag({ lag, ...resource }: LagNames): Resource {
  return {
    ...resource,
    topic: 'replicationLag',
    parts: { level: lag },
    why: 'Suspicious from 10 s, which readers notice; bad from 60 s, when data seems lost to who wrote it.',
    judge: level({ suspicious: 10, bad: 60 }, (seconds) => `${secondsText(seconds)} behind`, {
      least: 2,
      show: secondsText,
    }),
  };
}

function secondsText(seconds: number): string {
  return `${amountText(seconds)} s`;
}
