import { formatDuration, formatTime } from '../../documents/timeText.ts';
import { checkName, judgementNames, personName, verdictNames } from '../../documents/wordNames.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { CheckPolicy } from '../../incident/policy.ts';
import type { Finding, Suspect } from '../../incident/state.ts';
import type { Check, Verdict } from '../../incident/words.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { CommitSummary } from './commitSummary.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

const verdictIcons: Readonly<Record<Verdict, { readonly id: string; readonly color?: string }>> = {
  ok: { id: 'pass', color: 'testing.iconPassed' },
  suspicious: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  bad: { id: 'error', color: 'problemsErrorIcon.foreground' },
  notApplicable: { id: 'dash' },
  unknown: { id: 'question' },
};

/** Step 3: the seven checks in the order of the protocol, and the suspects. */
export function investigationRow(context: RowContext): Row {
  const { state } = context;
  const results = Object.values(state.checks);
  const done = results.filter(({ verdict }) => verdict !== 'unknown').length;
  const pointing = results.filter(({ verdict }) => verdict === 'suspicious' || verdict === 'bad').length;
  const suspects = state.suspects.filter(({ judgement }) => judgement !== 'cleared');
  return {
    id: rowId(context, 'investigation'),
    label: 'Investigation',
    description: [
      `${String(done)} of ${String(state.policy.checks.length)} checks done`,
      ...(pointing === 0 ? [] : [`${String(pointing)} suspicious or bad`]),
      ...(suspects.length === 0 ? [] : [`${String(suspects.length)} suspect${suspects.length === 1 ? '' : 's'}`]),
    ].join(' · '),
    icon: { id: 'search' },
    context: 'step+investigation',
    args: { incident: context.id },
    children: [
      ...lookFirstRows(context),
      ...state.policy.checks.map((check, index) => checkRow(context, check, index + 1)),
      ...state.suspects.map((suspect) => suspectRow(context, suspect)),
    ],
  };
}

function lookFirstRows(context: RowContext): readonly Row[] {
  const { symptom, policy } = context.state;
  if (symptom === undefined) {
    return [
      {
        id: rowId(context, 'symptom'),
        label: 'Where to look first',
        description: 'choose the symptom',
        icon: { id: 'lightbulb' },
        command: { id: 'mayday.editIncident', args: { incident: context.id, field: 'symptom' } },
      },
    ];
  }
  const hints = policy.symptoms[symptom].lookFirst.map(({ hint }) => hint);
  return [
    {
      id: rowId(context, 'symptom'),
      label: `${policy.symptoms[symptom].name}: look here first`,
      description: hints.join(', then '),
      tooltip: hints.join('\nthen '),
      icon: { id: 'lightbulb', color: 'charts.yellow' },
    },
  ];
}

function checkRow(context: RowContext, { id: check, name, looksAt }: CheckPolicy, position: number): Row {
  const { state, zone } = context;
  const result = state.checks[check];
  const automatic = check === 'deployments';
  const first = lookFirst(context).includes(check);
  const findings = state.findings.filter((finding) => finding.check === check);
  const howto = automatic ? 'not run yet' : `a manual check: look at ${looksAt}, then mark it`;
  const words = [
    result === undefined ? howto : `${verdictNames[result.verdict]}: ${plainLine(result.summary, 200)}`,
    ...(first ? ['look here first'] : []),
  ];
  const children = [
    ...(automatic ? commitRows(context) : []),
    ...findings.map((finding) => findingRow(context, finding)),
  ];
  return {
    id: rowId(context, 'check', check),
    label: `${String(position)} ${name}`,
    description: words.join(' · '),
    icon: result === undefined ? { id: 'circle-large-outline' } : verdictIcons[result.verdict],
    tooltip: [
      `${name}: ${looksAt}`,
      ...(result === undefined
        ? [automatic ? 'Investigate runs it.' : 'This check is done by hand: nothing is connected that could do it.']
        : [
            `${verdictNames[result.verdict]}: ${result.summary}`,
            `${result.manual ? 'By hand, ' : ''}${personName(result.by)}, ${formatTime(result.at, zone)}`,
          ]),
    ].join('\n'),
    aria: `Check ${String(position)} of ${String(state.policy.checks.length)}, ${name}, ${words.join(', ')}`,
    context: contextOf('check', { automatic }),
    args: { incident: context.id, check },
    ...(result === undefined && children.length === 0
      ? {
          command: {
            id: automatic ? 'mayday.investigate' : 'mayday.completeCheck',
            args: { incident: context.id, check },
          },
        }
      : {}),
    ...(children.length === 0 ? {} : { children, expanded: automatic }),
  };
}

function lookFirst({ state }: RowContext): readonly Check[] {
  if (state.symptom === undefined) return [];
  return state.policy.symptoms[state.symptom].lookFirst.flatMap(({ checks }) => checks);
}

function commitRows(context: RowContext): readonly Row[] {
  const { commits } = context;
  if (commits === undefined) return [];
  if (commits.length === 0) {
    return [
      {
        id: rowId(context, 'noCommits'),
        label: 'No commits in this window',
        description: 'widen it to 24 hours or 7 days',
        icon: { id: 'calendar' },
        command: { id: 'mayday.setChangeWindow', args: { incident: context.id } },
      },
    ];
  }
  return commits.map((commit) => commitRow(context, commit));
}

function commitRow(context: RowContext, commit: CommitSummary): Row {
  const { state, now, zone } = context;
  const suspect = state.suspects.find(({ commit: judged }) => judged === commit.id);
  const age = formatDuration(Math.max(0, epochMsOf(now) - epochMsOf(commit.at)));
  const size =
    commit.additions === undefined || commit.deletions === undefined
      ? []
      : [`+${String(commit.additions)} −${String(commit.deletions)}`];
  const words = [
    ...(suspect === undefined ? [] : [judgementNames[suspect.judgement]]),
    plainLine(commit.author, 60),
    `${age} ago`,
    `${String(commit.files)} file${commit.files === 1 ? '' : 's'}`,
    ...size,
    ...(commit.afterImpactStart ? ['after impact start'] : []),
  ];
  const subject = plainLine(commit.subject, 200);
  const args = { incident: context.id, commit: commit.id, subject, repository: commit.repository };
  return {
    id: rowId(context, 'commit', commit.id),
    label: subject,
    description: words.join(' · '),
    icon: commitIcon(commit, suspect),
    tooltip: `${commit.id.slice(0, 12)} ${subject}\n${plainLine(commit.author, 200)}, ${formatTime(commit.at, zone)}`,
    aria: `Commit ${subject}, ${words.join(', ')}`,
    context: 'commit',
    args,
    command: { id: 'mayday.openCommit', args },
  };
}

function commitIcon(
  commit: CommitSummary,
  suspect: Suspect | undefined,
): { readonly id: string; readonly color?: string } {
  if (suspect?.judgement === 'confirmed') return { id: 'target', color: 'problemsErrorIcon.foreground' };
  if (suspect?.judgement === 'suspected') return { id: 'target', color: 'problemsWarningIcon.foreground' };
  if (suspect?.judgement === 'cleared') return { id: 'pass' };
  return commit.afterImpactStart ? { id: 'git-commit', color: 'disabledForeground' } : { id: 'git-commit' };
}

function findingRow(context: RowContext, finding: Finding): Row {
  const where = [finding.place, finding.link].filter((text): text is string => text !== undefined);
  return {
    id: rowId(context, 'finding', finding.id),
    label: plainLine(finding.text, 200),
    description: [...where.map((text) => plainLine(text, 120)), personName(finding.by)].join(' · '),
    icon: { id: 'pin' },
    tooltip: [finding.text, ...where, `${personName(finding.by)}, ${formatTime(finding.at, context.zone)}`].join('\n'),
    context: 'event+correctable+retractable',
    args: { incident: context.id, event: finding.id },
    command:
      finding.link === undefined
        ? { id: 'mayday.openEvent', args: { incident: context.id, event: finding.id } }
        : { id: 'mayday.openLink', args: { link: finding.link } },
  };
}

function suspectRow(context: RowContext, suspect: Suspect): Row {
  const subject = plainLine(suspect.subject, 200);
  const args = { incident: context.id, commit: suspect.commit, subject };
  return {
    id: rowId(context, 'suspect', suspect.commit),
    label: `Suspect: ${subject}`,
    description: [judgementNames[suspect.judgement], plainLine(suspect.reason, 120), personName(suspect.by)]
      .filter((text) => text !== '')
      .join(' · '),
    icon: suspect.judgement === 'cleared' ? { id: 'pass' } : { id: 'target', color: 'problemsWarningIcon.foreground' },
    tooltip: `${suspect.commit.slice(0, 12)} ${subject}\n${checkName('deployments', context.state.policy)}`,
    context: 'commit',
    args,
    command: { id: 'mayday.openCommit', args },
  };
}
