import { gauge, type Resource } from './resource.ts';

interface UpNames extends Pick<Resource, 'id' | 'name' | 'scope' | 'by'> {
  readonly metric: string;
}

/** A gauge that is 1 as long as an exporter reaches what it tells of. */
export function mustBeUp({ metric, ...resource }: UpNames): Resource {
  return {
    ...resource,
    parts: { up: gauge(metric, { together: 'min' }) },
    why: `Bad when ${metric} is 0.`,
    judge: ({ values: { up } }) =>
      up === 0
        ? { verdict: 'bad', text: 'is down, or its exporter cannot reach it', rank: 1 }
        : { verdict: 'ok', text: 'is up', rank: 0 },
  };
}
