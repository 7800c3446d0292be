import type { EvidenceRef } from '../incident/evidenceRef.ts';
import type { IncidentState } from '../incident/state.ts';
import { code, evidenceLinks, inline, webLink } from './markdownText.ts';
import { formatTime } from './timeText.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { checkName, judgementNames, personName, verdictNames } from './wordNames.ts';

/** A change and what people think of it. */
export interface SuspectRow {
  readonly commit: Markdown;
  readonly subject: string;
  readonly judgement: string;
  readonly reason: string;
  readonly by: string;
  readonly time: string;
}

/** A commit whose diff was opened. */
export interface InspectedRow {
  readonly commit: Markdown;
  readonly subject: string;
  readonly author: string;
  readonly time: string;
}

/** One of the seven checks. `evidence` is empty where there is none. */
export interface CheckRow {
  readonly number: number;
  readonly check: string;
  readonly verdict: string;
  readonly seen: string;
  readonly by: string;
  readonly time: string;
  readonly evidence: Markdown;
}

/** Suspects in the order in which they were first named. */
export function suspectRows(state: IncidentState, zone: string): readonly SuspectRow[] {
  return state.suspects.map(({ commit, subject, judgement, reason, by, at }) => ({
    commit: commitText(commit),
    subject,
    judgement: judgementNames[judgement],
    reason,
    by: personName(by),
    time: formatTime(at, zone),
  }));
}

/** So many findings and commits at most: `timeline.md` has them all. */
const listLimit = 200;
const textLimit = 800;

/** How many of a list's elements its rows leave out, in words; null when none. */
export function leftOut(list: readonly unknown[]): string | null {
  return list.length <= listLimit ? null : `${list.length - listLimit} more are in timeline.md.`;
}

/** Commits that were looked at, in that order. `time` is the commit's. */
export function inspectedRows(state: IncidentState, zone: string): readonly InspectedRow[] {
  return state.inspected.slice(0, listLimit).map(({ id, subject, author, at }) => ({
    commit: commitText(id),
    subject,
    author: personName(author),
    time: formatTime(at, zone),
  }));
}

/** The checks in the order of the policy, those not done included. */
export function checkRows(state: IncidentState, zone: string): readonly CheckRow[] {
  return state.policy.checks.map(({ id, name }, index) => {
    const result = state.checks[id];
    const row = { number: index + 1, check: name };
    if (result === undefined) {
      return { ...row, verdict: 'not done', seen: '', by: '', time: '', evidence: asMarkdown('') };
    }
    return {
      ...row,
      verdict: verdictNames[result.verdict],
      seen: result.summary,
      by: `${personName(result.by)}${result.manual ? '' : ' with Mayday'}`,
      time: formatTime(result.at, zone),
      evidence: asMarkdown(evidenceLinks(result.evidence)),
    };
  });
}

/** Findings in the order of the record, each as a line with what it rests on. */
export function findingLines(state: IncidentState, zone: string): readonly { readonly line: Markdown }[] {
  return state.findings.slice(0, listLimit).map(({ check, text, place, revision, link, evidence, at, by }) => {
    const said = `**${inline(checkName(check, state.policy))}**: ${inline(text, textLimit)}`;
    const sources = [
      ...(place === undefined
        ? []
        : [`${code(place)}${revision === undefined ? '' : ` at ${code(shortId(revision))}`}`]),
      ...(link === undefined ? [] : [webLink(link)]),
      ...linksOf(evidence),
    ];
    const from = sources.length === 0 ? '' : ` (${sources.join('; ')})`;
    return { line: asMarkdown(`${said}${from}. ${inline(personName(by))}, ${formatTime(at, zone)}`) };
  });
}

function linksOf(evidence: readonly EvidenceRef[] | undefined): readonly string[] {
  const links = evidenceLinks(evidence ?? []);
  return links === '' ? [] : [`evidence: ${links}`];
}

function commitText(commit: string): Markdown {
  return asMarkdown(code(shortId(commit)));
}

/** A commit as people write it; other revisions as they are. */
function shortId(revision: string): string {
  return /^[0-9a-f]{12,64}$/i.test(revision) ? revision.slice(0, 8) : revision;
}
