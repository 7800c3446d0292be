import type { ReadPlace } from '../../changes/environment/comparedReads.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { cameAfterImpact } from '../configuration/afterImpact.ts';
import type { ConfigurationFinding } from '../configuration/configurationChanges.ts';
import type { EnvironmentFinding, EnvironmentSight } from './environmentSight.ts';

type Seen = Extract<EnvironmentSight, { kind: 'seen' }>;

/** What check 2 tells of a variable. Suspicious: newly read before impact began, without a default, and set nowhere that reaches what runs. */
export function environmentFindingOf(finding: EnvironmentFinding, sight: Seen): ConfigurationFinding {
  const [place] = finding.reads;
  const [newest] = finding.commits;
  return {
    text: environmentText(finding, sight),
    source: 'environment',
    isSuspicious:
      finding.kind === 'began' &&
      finding.standing !== 'set' &&
      finding.standing !== 'code' &&
      !finding.hasDefault &&
      !cameAfterImpact(finding),
    repository: sight.repository,
    ...(place === undefined ? {} : { path: place.path, line: place.line }),
    ...(newest === undefined ? {} : { commit: newest.id }),
  };
}

/** `env LOYALTY_URL newly read in src/receipts.js:1, set nowhere in the repository`. Harmless in a line of text. */
export function environmentText(finding: EnvironmentFinding, { wholeSets }: Pick<Seen, 'wholeSets'>): string {
  const { name, kind, reads, hasDefault, settings, standing, commits } = finding;
  const where = placesText(settings.filter(({ reach }) => reach === standing));
  const by =
    commits.length === 0
      ? ''
      : ` by ${commits
          .slice(0, 3)
          .map(({ id }) => id.slice(0, 8))
          .join(', ')}`;
  const when = cameAfterImpact(finding) ? ' after impact began' : '';
  if (kind === 'ceased') {
    const still = standing === 'set' || standing === 'code' ? `, still set in ${where}` : '';
    return `env ${name} no longer read${when}${by} (was in ${placesText(reads)})${still}`;
  }
  const unless = wholeSets.length === 0 ? '' : `, unless it is in what ${placesText(wholeSets)} takes over as a whole`;
  const standings: Readonly<Record<EnvironmentFinding['standing'], string>> = {
    set: `set in ${where}`,
    code: `set by the code itself in ${where}`,
    build: `set only while the image is built, in ${where}${unless}`,
    ci: `set only for CI, in ${where}${unless}`,
    local: `set only for development and tests, in ${where}${unless}`,
    documented: `set nowhere in the repository${unless}, only documented in ${where}`,
    nowhere: `set nowhere in the repository${unless}`,
  };
  const instead = hasDefault ? '; the code has a default' : '';
  return `env ${name} newly read${when}${by} in ${placesText(reads)}, ${standings[standing]}${instead}`;
}

/** `src/a.js:1 and 2 more places`. Harmless in a line of text. */
export function placesText(places: readonly ReadPlace[]): string {
  const [first, ...others] = places;
  if (first === undefined) return 'a place unknown';
  const more = others.length === 0 ? '' : ` and ${others.length} more place${others.length === 1 ? '' : 's'}`;
  return `${plainLine(first.path, 120)}:${first.line}${more}`;
}
