import { servicesWithout } from '../../changes/deployed/differingServices.ts';
import type { DifferingService } from '../../changes/deployed/runningRevision.ts';
import type { Brought, ChangedPlace } from '../../changes/lines/changedPlaces.ts';
import type { Mark } from '../../changes/lines/placeMarks.ts';
import type { BlamedCommit } from '../../changes/lines/readsLines.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import { formatDuration, formatTime } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import { escapeMarkdown, markdownCode } from '../../safety/escapeMarkdown.ts';
import { redact } from '../../safety/redact.ts';
import { markWords } from '../rows/commitRows.ts';

/** What is known of a marked line. */
export interface HoverFacts {
  readonly mark: Mark;
  /** What git tells of the commit; undefined where it does not tell which one it was. */
  readonly commit: BlamedCommit | undefined;
  /** How the commit came to production, when it is listed in the window. */
  readonly brought: Brought | undefined;
  readonly place: ChangedPlace;
  /** It is on the deploy branch and does not run. */
  readonly isPending: boolean;
  readonly changes: Pick<WindowChanges, 'running' | 'ref' | 'notes'>;
  readonly now: IsoTime;
  /** IANA name. */
  readonly zone: string;
}

/** How many of the lines that stood there before are shown. */
const shownLines = 8;
/** How many commits are named where any of them may have removed lines. */
const namedArrivals = 3;

/** What a hover over a marked line says, as Markdown without its links: every word of strangers is escaped. */
export function hoverText(facts: HoverFacts): string {
  const { mark, commit } = facts;
  const parts = [
    ...(commit === undefined ? unknownCommit(facts) : [knownCommit(facts, commit)]),
    deployedText(facts),
    beforeText(mark),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function knownCommit({ brought, now, zone, changes }: HoverFacts, commit: BlamedCommit): string {
  const reachedAt = brought?.arrival.reachedAt ?? commit.committedAt;
  const merge = brought !== undefined && brought.arrival.commit.id !== commit.id ? brought.arrival.commit : undefined;
  const where = escapeMarkdown(changes.ref.name, 100);
  const times = [
    `reached ${where} ${timeAndAge(reachedAt, now, zone)}`,
    ...(isFar(commit.authoredAt, reachedAt) ? [`written ${timeAndAge(commit.authoredAt, now, zone)}`] : []),
  ];
  const heading = `$(git-commit) **${subjectOf(commit.subject)}** \`${commit.id.slice(0, 8)}\``;
  const by = merge === undefined ? '' : `, merged by \`${merge.id.slice(0, 8)}\` ${subjectOf(merge.subject)}`;
  const notes = changes.notes?.get(commit.id);
  const words = notes === undefined ? [] : markWords(notes).map((word) => escapeMarkdown(word, 100));
  const marks = words.length === 0 ? '' : `  \n$(tag) ${words.join(' · ')}`;
  const impact = brought?.arrival.afterImpactStart === true ? '  \n$(info) It came after impact began.' : '';
  return `${heading}  \n${escapeMarkdown(commit.author, 100)} · ${times.join('; ')}${by}${marks}${impact}`;
}

/** Removed lines: git tells of a file who wrote what is there, not who took away what is not. */
function unknownCommit({ mark, place, now, zone }: HoverFacts): readonly string[] {
  const { before, count } = mark.hunk;
  const what =
    mark.kind === 'removed'
      ? `$(diff-removed) **${linesText(before.length)} removed ${mark.isAtEnd ? 'below' : 'above'} this one**`
      : `$(diff-modified) **${linesText(count)} changed in the change window**`;
  const named = place.arrivals.slice(0, namedArrivals).map(({ commit, reachedAt }) => {
    const author = escapeMarkdown(commit.author, 100);
    return `\`${commit.id.slice(0, 8)}\` ${subjectOf(commit.subject)}, ${author}, ${timeAndAge(reachedAt, now, zone)}`;
  });
  const more = place.arrivals.length - named.length;
  if (named.length === 0) return [`${what}  \nWhich commit did it is not known.`];
  if (place.arrivals.length === 1) return [`${what}  \nby ${named.join('')}`];
  const rest = more > 0 ? [`${more} more`] : [];
  return [`${what}  \nby one of those that changed this file in the window:`, listOf([...named, ...rest])];
}

function deployedText(facts: HoverFacts): string {
  const { changes, brought, isPending, now, zone } = facts;
  const { running, ref } = changes;
  if (running.kind === 'unknown') {
    const reason = escapeMarkdown(running.reason, 300);
    const name = escapeMarkdown(ref.name, 100);
    return `$(question) **Assumed to be deployed**: what runs is unknown, so it is taken to be ${name}. ${reason}`;
  }
  const deploy = brought?.deploy;
  const went =
    deploy === undefined ? '' : ` since ${escapeMarkdown(deploy.name, 100)}, ${timeAndAge(deploy.at, now, zone)}`;
  const source = `${escapeMarkdown(running.from, 200)}, read ${ageText(running.readAt, now)}`;
  if (running.services !== undefined) return differingText(facts, running.services, went);
  if (isPending) {
    const runs = `${versionText(running.version)}, told by ${source}`;
    return `$(circle-slash) **Not deployed**: it is on ${escapeMarkdown(ref.name, 100)} and not in what runs (${runs})`;
  }
  return `$(rocket) **Deployed**${went} (runs: ${versionText(running.version)}, told by ${source})`;
}

/** Services run different revisions: which of them have it, and which do not. */
function differingText(
  { changes: { running, ref }, brought, place, isPending }: HoverFacts,
  services: readonly DifferingService[],
  went: string,
): string {
  const named = (some: readonly DifferingService[]): string =>
    some.map(({ service, version }) => `${escapeMarkdown(service, 60)}: ${versionText(version)}`).join(', ');
  if (isPending) {
    return `$(circle-slash) **Not deployed**: it is on ${escapeMarkdown(ref.name, 100)} and not in what any service runs (${named(services)})`;
  }
  // Where git does not tell which commit it was, a service may lack any of those that changed the file.
  const arrivals = brought === undefined ? place.arrivals : [brought.arrival];
  const without = servicesWithout(
    running,
    arrivals.map(({ commit }) => commit.id),
  );
  const having = services.filter(({ service }) => !without.includes(service));
  const lacking = services.filter(({ service }) => without.includes(service));
  if (lacking.length === 0) return `$(rocket) **Deployed**${went} (${named(services)})`;
  if (brought === undefined)
    return `$(rocket) **Deployed for some services**, which run different revisions (${named(services)})`;
  return `$(rocket) **Deployed for ${named(having)}**${went}; not for ${named(lacking)}`;
}

function beforeText({ hunk: { before } }: Mark): string {
  if (before.length === 0) return '';
  const rows = before.slice(0, shownLines).map((row) => `- ${row}`);
  const more = before.length > shownLines ? [`… ${before.length - shownLines} more`] : [];
  return `Before:\n\n${markdownCode(redact([...rows, ...more].join('\n')), { language: 'diff', max: 2000 })}`;
}

function listOf(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Services often tell the whole id of their commit. */
function versionText(version: string): string {
  return /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 8) : escapeMarkdown(version, 60);
}

function linesText(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}

function subjectOf(subject: string): string {
  return subject.trim() === '' ? '(no message)' : escapeMarkdown(redact(subject), 200);
}

function timeAndAge(at: IsoTime, now: IsoTime, zone: string): string {
  return `${ageText(at, now)}, ${escapeMarkdown(formatTime(at, zone))}`;
}

/** `43 min ago` */
export function ageText(at: IsoTime, now: IsoTime): string {
  const ageMs = epochMsOf(now) - epochMsOf(at);
  if (ageMs < -minuteMs) return 'in the future';
  return ageMs < minuteMs ? 'less than a minute ago' : `${formatDuration(Math.floor(ageMs / minuteMs) * minuteMs)} ago`;
}

/** Two moments that are worth telling apart. */
function isFar(one: IsoTime, other: IsoTime): boolean {
  return Math.abs(epochMsOf(one) - epochMsOf(other)) > 10 * minuteMs;
}
