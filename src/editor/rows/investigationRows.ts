import { formatTime } from '../../documents/timeText.ts';
import { checkName, judgementNames, personName, verdictNames } from '../../documents/wordNames.ts';
import type { CheckPolicy } from '../../incident/policy.ts';
import type { Finding, Suspect } from '../../incident/state.ts';
import type { Check } from '../../incident/words.ts';
import { traceEvidenceName } from '../../investigate/code/traceEvidenceName.ts';
import { signalChecks } from '../../investigate/signalReader.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { changeRows } from './changeRows.ts';
import { configurationRows, migrationRows } from './configurationRows.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';
import { signalRows, topicRows } from './signalRows.ts';
import { verdictIcons } from './verdictIcons.ts';

/** Step 3: the seven checks in the order of the protocol, and the suspects. */
export function investigationRow(context: RowContext): Row {
  const { state, watching = false } = context;
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
      ...(watching ? ['watching'] : []),
    ].join(' · '),
    icon: { id: 'search' },
    context: contextOf('step', { investigation: true, watching }),
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
  const migrations = symptom === 'dataIssues' ? migrationRows(context) : [];
  const children = [...migrations, ...topicRows(context, symptom)];
  return [
    {
      id: rowId(context, 'symptom'),
      label: `${policy.symptoms[symptom].name}: look here first`,
      description: hints.join(', then '),
      tooltip: hints.join('\nthen '),
      icon: { id: 'lightbulb', color: 'charts.yellow' },
      ...(children.length === 0 ? {} : { children, expanded: true }),
    },
  ];
}

/** Checks that run by themselves; the others are done by hand. */
const automaticChecks: readonly Check[] = ['deployments', 'configuration', ...signalChecks];

function checkRow(context: RowContext, { id: check, name, looksAt }: CheckPolicy, position: number): Row {
  const { state, zone } = context;
  const result = state.checks[check];
  const automatic = automaticChecks.includes(check);
  const first = lookFirst(context).includes(check);
  const findings = state.findings.filter((finding) => finding.check === check);
  const howto = automatic ? 'not run yet' : `a manual check: look at ${looksAt}, then mark it`;
  const words = [
    result === undefined ? howto : `${verdictNames[result.verdict]}: ${plainLine(result.summary, 200)}`,
    ...(first ? ['look here first'] : []),
  ];
  const children = [
    ...(check === 'deployments' ? changeRows(context) : []),
    ...(check === 'configuration' ? configurationRows(context) : []),
    ...signalRows(context, check),
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
    ...(children.length === 0 ? {} : { children, expanded: check === 'deployments' || check === 'configuration' }),
  };
}

function lookFirst({ state }: RowContext): readonly Check[] {
  if (state.symptom === undefined) return [];
  return state.policy.symptoms[state.symptom].lookFirst.flatMap(({ checks }) => checks);
}

function findingRow(context: RowContext, finding: Finding): Row {
  const where = [finding.place, finding.link].filter((text): text is string => text !== undefined);
  // Its frames are a click away: the list is made anew from what was kept.
  const isTrace = finding.evidence?.some(({ name }) => name === traceEvidenceName) === true;
  return {
    id: rowId(context, 'finding', finding.id),
    label: plainLine(finding.text, 200),
    description: [...where.map((text) => plainLine(text, 120)), personName(finding.by)].join(' · '),
    icon: { id: isTrace ? 'list-tree' : 'pin' },
    tooltip: [finding.text, ...where, `${personName(finding.by)}, ${formatTime(finding.at, context.zone)}`].join('\n'),
    context: 'event+correctable+retractable',
    args: { incident: context.id, event: finding.id },
    command:
      finding.link === undefined
        ? { id: isTrace ? 'mayday.traceToCode' : 'mayday.openEvent', args: { incident: context.id, event: finding.id } }
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
