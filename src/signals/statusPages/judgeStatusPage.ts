import type { IsoTime } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { PageMoments } from './pageWords.ts';
import { datedVerdict, dayText, sinceText, stateVerdicts, stateWords } from './pageWords.ts';
import type { IncidentsOf, RelevantParts } from './relevantParts.ts';
import { incidentsByComponent, relevantParts } from './relevantParts.ts';
import type { StatusPageReading } from './readStatusPage.ts';
import type { PageComponent, PageIncident, StatusPageSight } from './statusPageSight.ts';

/** What a status page says of one thing. */
export interface PageFinding {
  /** The same at every look: `API`, `incident/abc`; empty for the page as a whole. */
  readonly key: string;
  /** A component's name, or what the finding is about. */
  readonly name: string;
  readonly verdict: Verdict;
  /** Goes on from the name. */
  readonly text: string;
  readonly since?: IsoTime;
  readonly details?: readonly string[];
  readonly link?: string;
}

const mostFindings = 30;
const oldCopySeconds = 3600;
const says = 'says its status page';

/**
 * What a status page comes to for what a dependency uses of it (`names` of components, all when empty): one finding per
 * named component, else one per component that is in trouble, and one per incident that is about none of them. Trouble since
 * more than a day before impact start is *suspicious* at most, and told as such.
 */
export function judgeStatusPage(
  { sight, ageSeconds }: Extract<StatusPageReading, { readonly kind: 'read' }>,
  names: readonly string[],
  moments: PageMoments,
): readonly PageFinding[] {
  const parts = relevantParts(sight, names);
  const incidentsOf = incidentsByComponent(parts.incidents);
  const shown = names.length === 0 ? inTrouble(parts, incidentsOf) : parts.components;
  const components = shown.map((one) => judgeComponent(one, incidentsOf(one), moments));
  const told = new Set(shown.flatMap(incidentsOf));
  const others = parts.incidents.filter((one) => !told.has(one) && one.state !== 'operational');
  const findings = [
    ...components,
    ...parts.missing.map((name) => missing(name, sight)),
    ...others.map((one) => judgeIncident(one, names.length > 0, moments)),
  ];
  const all = findings.length === 0 ? [wholePage(sight, parts, names, moments)] : shortened(findings);
  return ageSeconds > oldCopySeconds ? all.map((one) => fromOldCopy(one, ageSeconds)) : all;
}

function inTrouble({ components }: RelevantParts, incidentsOf: IncidentsOf): readonly PageComponent[] {
  return components.filter(
    (one) => one.state !== 'operational' || incidentsOf(one).some(({ state }) => state !== 'operational'),
  );
}

/** The component's own state, or what an incident about it says where that is worse. */
function judgeComponent(
  component: PageComponent,
  incidents: readonly PageIncident[],
  moments: PageMoments,
): PageFinding {
  const { name, state, word } = component;
  const [latest] = incidents.toSorted((a, b) => (b.since ?? '').localeCompare(a.since ?? ''));
  const isTold = state === 'operational' && incidents.some((one) => one.state !== 'operational');
  const since = state === 'operational' ? (isTold ? latest?.since : undefined) : (component.since ?? latest?.since);
  const verdict = isTold ? 'suspicious' : datedVerdict(stateVerdicts[state], since, moments);
  const what =
    state === 'unknown' ? `has the state "${redactedLine(word, 40)}", which is not known` : stateWords[state];
  const when = isTold ? '' : sinceText(since, moments);
  const why = latest === undefined ? '' : `; ${incidentText(latest, isTold ? sinceText(since, moments) : '')}`;
  return {
    ...{ key: name, name, verdict, text: `${what}${when}, ${says}${why}` },
    ...definedFields({ since, link: latest?.link }),
    ...detailsOf(incidents),
  };
}

function judgeIncident(incident: PageIncident, isNamed: boolean, moments: PageMoments): PageFinding {
  const { key, state, since, link } = incident;
  const worst = datedVerdict(stateVerdicts[state], since, moments);
  // Nobody says that it is about what the dependency uses.
  const verdict = (isNamed && worst === 'bad') || worst === 'unknown' ? 'suspicious' : worst;
  return {
    ...{ key: `incident/${key}`, name: 'status page', verdict },
    text: `tells of ${incidentText(incident, sinceText(since, moments))}`,
    ...definedFields({ since, link }),
    ...detailsOf([incident]),
  };
}

function incidentText({ title, status, state }: PageIncident, since: string): string {
  const kind = state === 'maintenance' ? 'maintenance' : 'incident';
  const standing = status === undefined ? '' : ` (${redactedLine(status, 30)})`;
  return `${kind} "${redactedLine(title, 100)}"${standing}${since}`;
}

function detailsOf(incidents: readonly PageIncident[]): Pick<PageFinding, 'details'> {
  const details = incidents.map(({ title, message }) => (message === undefined ? title : `${title}: ${message}`));
  return details.length === 0 ? {} : { details };
}

function missing(name: string, { components }: StatusPageSight): PageFinding {
  return {
    ...{ key: name, name, verdict: 'unknown', text: 'is unknown: its status page names no such component' },
    details: components.map((one) => one.name),
  };
}

/** Nothing that matters is in trouble. A page says it of itself, so it is told as that and no more. */
function wholePage(
  { kind, overall, newest, components }: StatusPageSight,
  parts: RelevantParts,
  names: readonly string[],
  moments: PageMoments,
): PageFinding {
  const page = { key: '', name: 'status page' };
  if (kind === 'feed') {
    const about = names.length === 0 ? '' : ` about ${names.map((name) => redactedLine(name, 60)).join(', ')}`;
    const last = newest === undefined ? 'it has no entries' : `newest entry ${dayText(newest, moments.now)}`;
    return { ...page, verdict: 'ok', text: `tells of nothing open${about} (${last})` };
  }
  if (overall !== undefined && overall !== 'operational' && overall !== 'unknown') {
    return { ...page, verdict: 'suspicious', text: `says that the whole ${stateWords[overall]}, and not what of it` };
  }
  if (components.length === 0 && overall === undefined) {
    return { ...page, verdict: 'unknown', text: 'is unknown: it names no components and no state' };
  }
  const count = parts.components.length;
  const what = count === 0 ? '' : ` (${String(count)} component${count === 1 ? '' : 's'} operational)`;
  return {
    ...page,
    verdict: 'ok',
    text: `says that all is well${what}${harmless(parts, moments)}`,
    ...detailsOf(parts.incidents),
  };
}

/** Incidents that the page itself says do no harm, and that are open all the same. */
function harmless({ incidents }: RelevantParts, moments: PageMoments): string {
  const [first, ...others] = incidents;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return `, with ${incidentText(first, sinceText(first.since, moments))}${more} open, said to have no impact`;
}

function shortened(findings: readonly PageFinding[]): readonly PageFinding[] {
  if (findings.length <= mostFindings) return findings;
  const worst = findings.toSorted((a, b) => Number(b.verdict === 'bad') - Number(a.verdict === 'bad'));
  const rest = findings.length - mostFindings;
  const more = { key: 'more', name: 'status page', text: `tells of ${String(rest)} more that are not well` };
  return [...worst.slice(0, mostFindings), { ...more, verdict: 'suspicious' }];
}

/** What a cache kept for an hour says nothing of now. */
function fromOldCopy(finding: PageFinding, ageSeconds: number): PageFinding {
  const minutes = String(Math.round(ageSeconds / 60));
  if (finding.verdict !== 'ok') return finding;
  return { ...finding, verdict: 'unknown', text: `is unknown: a cache answered with a copy ${minutes} min old` };
}
