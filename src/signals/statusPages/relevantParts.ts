import type { PageComponent, PageIncident, StatusPageSight } from './statusPageSight.ts';

/** The part of a status page that matters to a dependency. */
export interface RelevantParts {
  readonly components: readonly PageComponent[];
  readonly incidents: readonly PageIncident[];
  /** Names that the page does not have; empty for a feed, which names no components. */
  readonly missing: readonly string[];
}

/**
 * What matters of a page: components by their own name or their group's, without regard to case, and the incidents that are
 * about them or do not say what they are about. All of it when no names are given.
 */
export function relevantParts(sight: StatusPageSight, names: readonly string[]): RelevantParts {
  const { components, incidents, kind } = sight;
  if (names.length === 0) return { components, incidents, missing: [] };
  const wanted = new Set(names.map(folded));
  if (kind === 'feed') {
    return { components: [], incidents: incidents.filter((one) => isAbout(one, wanted)), missing: [] };
  }
  const namesOf = ({ name, group }: PageComponent) => [name, ...(group === undefined ? [] : [group])].map(folded);
  const mattering = components.filter((one) => namesOf(one).some((name) => wanted.has(name)));
  const found = new Set(mattering.flatMap(namesOf));
  const keys = new Set([...mattering.flatMap(({ key, name }) => [folded(key), folded(name)]), ...wanted]);
  return {
    components: mattering,
    incidents: incidents.filter(
      (one) => one.components.length === 0 || one.components.some((part) => keys.has(folded(part))),
    ),
    missing: names.filter((name) => !found.has(folded(name))),
  };
}

/** The incidents that name a component, in their order. */
export type IncidentsOf = (component: PageComponent) => readonly PageIncident[];

/** Looks at each incident once, however many components are asked for: a page may have thousands of both. */
export function incidentsByComponent(incidents: readonly PageIncident[]): IncidentsOf {
  const places = new Map<string, Set<number>>();
  for (const [place, { components }] of incidents.entries()) {
    for (const part of components) {
      const name = folded(part);
      const known = places.get(name);
      if (known === undefined) places.set(name, new Set([place]));
      else known.add(place);
    }
  }
  return ({ key, name }) => {
    const found = new Set([...(places.get(folded(key)) ?? []), ...(places.get(folded(name)) ?? [])]);
    return [...found].sort((a, b) => a - b).flatMap((place) => incidents[place] ?? []);
  };
}

/** A feed names what it is about in its text alone. */
function isAbout({ title, message = '' }: PageIncident, wanted: ReadonlySet<string>): boolean {
  const text = folded(`${title} ${message}`);
  return [...wanted].some((name) => text.includes(name));
}

function folded(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
