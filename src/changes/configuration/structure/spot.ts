/** Where a walk through two versions stands; a chain, so that only what differs pays for its path. */
export interface Spot {
  readonly parent: Spot | undefined;
  readonly step: Step;
  readonly depth: number;
}

/** One step: what it is called, and where it leads in either version. */
export interface Step {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Longer names of list members are cut. */
const longestName = 80;

export const rootSpot: Spot = { parent: undefined, step: { name: '', before: '', after: '' }, depth: 0 };

export function stepInto(parent: Spot, step: Step): Spot {
  return { parent, step, depth: parent.depth + 1 };
}

/** The names that lead to a spot, list members in brackets. */
export function namesOf(spot: Spot): readonly string[] {
  return stepsTo(spot).map(({ name }) => name);
}

/** The keys and indices that lead to a spot in one version. */
export function placeOf(spot: Spot, version: 'before' | 'after'): readonly string[] {
  return stepsTo(spot).map((step) => step[version]);
}

function stepsTo(spot: Spot): readonly Step[] {
  const steps: Step[] = [];
  for (let at = spot; at.parent !== undefined; at = at.parent) steps.push(at.step);
  return steps.reverse();
}

/** How a list member is named in a path: `[api]`. */
export function memberName(identity: string): string {
  return `[${identity.length > longestName ? `${identity.slice(0, longestName - 1)}…` : identity}]`;
}

/** `containers[api].image`; the whole file is called `content`. */
export function subjectOfNames(names: readonly string[]): string {
  const path = names.reduce((path, name) => {
    const isMember = name.startsWith('[') && name.endsWith(']');
    return path === '' || isMember ? path + name : `${path}.${name}`;
  }, '');
  return path === '' ? 'content' : path;
}
