import { formatTime } from '../../documents/timeText.ts';
import { momentNames, personName } from '../../documents/wordNames.ts';
import type { Deadline } from '../../incident/deadline.ts';
import { isPending } from '../../incident/deadlinesOf.ts';
import type { Handover, IncidentState } from '../../incident/state.ts';
import type { Role } from '../../incident/words.ts';
import { moments, roles } from '../../incident/words.ts';
import { attachedAlertRows } from './attachedAlertRows.ts';
import { deadlineNames, standingIcons, standingText } from './deadlineText.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** Steps 1 and 2: who does what, until when, and since when it lasts. */
export function responseRow(context: RowContext): Row {
  const { state, deadlines, now } = context;
  const missing = missingRoles(state);
  const responding = deadlines.filter(
    ({ kind }) => kind === 'respond' || kind === 'mitigate' || kind === 'communicate',
  );
  const next = responding.filter(isPending).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
  const words = [
    peopleText(state),
    ...(missing.length === 0
      ? []
      : [`${String(missing.length)} of ${String(requiredRoles(state).length)} roles not filled`]),
    ...(next === undefined ? [] : [`${deadlineNames[next.kind].toLowerCase()} ${standingText(next, now)}`]),
  ];
  return {
    id: rowId(context, 'response'),
    label: 'Response',
    description: words.join(' · '),
    icon: { id: 'organization' },
    context: 'step+response',
    args: { incident: context.id },
    children: [
      ...roles.map((role) => roleRow(context, role, missing.includes(role))),
      ...state.handovers
        .filter(({ outcome }) => outcome.kind === 'offered')
        .map((handover) => handoverRow(context, handover)),
      {
        id: rowId(context, 'channel'),
        label: 'Channel',
        description: state.channel,
        icon: { id: 'comment' },
        tooltip: `Channel name proposed for the chat: ${state.channel}`,
      },
      ...attachedAlertRows(context),
      ...worthShowing(responding).map((deadline) => deadlineRow(context, deadline)),
      momentsRow(context),
    ],
  };
}

/** Roles that the severity which duties follow asks for. */
export function requiredRoles(state: IncidentState): readonly Role[] {
  return state.policy.severities[state.dutySeverity].roles;
}

/** Roles that are asked for and that nobody holds. */
export function missingRoles(state: IncidentState): readonly Role[] {
  return requiredRoles(state).filter((role) => state.roles[role] === undefined);
}

/** Of the messages that were on time only the last: a night of updates would push everything else out of sight. */
function worthShowing(deadlines: readonly Deadline[]): readonly Deadline[] {
  const lastMet = deadlines.findLast(({ kind, standing }) => kind === 'communicate' && standing === 'met');
  return deadlines.filter((deadline) => {
    return deadline.kind !== 'communicate' || deadline.standing !== 'met' || deadline === lastMet;
  });
}

function peopleText(state: IncidentState): string {
  const holders = Object.values(state.roles);
  const people = new Set(holders).size;
  if (people === 0) return 'nobody has a role';
  return `${plural(people, 'person', 'people')}, ${plural(holders.length, 'role', 'roles')}`;
}

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

function roleRow(context: RowContext, role: Role, missing: boolean): Row {
  const { state, zone } = context;
  const { name, duty } = state.policy.roles[role];
  const person = state.roles[role];
  const terms = state.roleTerms.filter((term) => term.role === role);
  const history = terms.map(({ person: holder, from, to }) => {
    return `${personName(holder)}: ${formatTime(from, zone)} – ${to === undefined ? 'now' : formatTime(to, zone)}`;
  });
  return {
    id: rowId(context, 'role', role),
    label: name,
    description:
      person !== undefined ? personName(person) : missing ? `not filled, ${state.dutySeverity} needs it` : 'not filled',
    icon:
      person !== undefined
        ? { id: 'person' }
        : missing
          ? { id: 'warning', color: 'problemsWarningIcon.foreground' }
          : { id: 'dash' },
    tooltip: [`${name}: ${duty}`, ...history].join('\n'),
    context: contextOf('role', { filled: person !== undefined }),
    args: { incident: context.id, role },
    ...(person === undefined ? { command: { id: 'mayday.assignRole', args: { incident: context.id, role } } } : {}),
  };
}

function handoverRow(context: RowContext, handover: Handover): Row {
  const held = handover.roles.map((role) => context.state.policy.roles[role].name).join(', ');
  return {
    id: rowId(context, 'handover', handover.id),
    label: `Handover to ${personName(handover.to)}`,
    description: `${held} · waits to be accepted`,
    tooltip: `${personName(handover.from)} → ${personName(handover.to)}\n${handover.situation}`,
    icon: { id: 'arrow-right' },
    context: 'handover+offered',
    args: { incident: context.id, handover: handover.id },
  };
}

/** A deadline with what is left of it; met and missed ones stay to be seen. */
export function deadlineRow(context: RowContext, deadline: Deadline): Row {
  const { now, zone } = context;
  const name = deadlineNames[deadline.kind];
  const snoozed = deadline.snoozedUntil === undefined ? [] : [`quiet until ${formatTime(deadline.snoozedUntil, zone)}`];
  const description = [standingText(deadline, now), formatTime(deadline.dueAt, zone), ...snoozed].join(' · ');
  return {
    id: rowId(context, 'deadline', deadline.id),
    label: name,
    description,
    icon: standingIcons[deadline.standing],
    tooltip: `${name}: ${description}\nCounted from ${formatTime(deadline.from, zone)}, as the policy in force then gave it.`,
    aria: `Deadline ${name}, ${description}`,
    context: contextOf('deadline', { pending: isPending(deadline) }),
    args: { incident: context.id, deadline: deadline.id },
  };
}

function momentsRow(context: RowContext): Row {
  const { state, zone } = context;
  const known = moments.filter((moment) => state.moments[moment] !== undefined);
  return {
    id: rowId(context, 'moments'),
    label: 'Moments',
    description:
      state.moments.impactStart === undefined
        ? 'impact start unknown'
        : `${String(known.length)} of ${String(moments.length)} known`,
    icon: { id: 'history' },
    children: moments.map((moment) => {
      const time = state.moments[moment];
      return {
        id: rowId(context, 'moment', moment),
        label: momentNames[moment].replace(/^./, (letter) => letter.toUpperCase()),
        description: time === undefined ? 'unknown: nobody has set it' : formatTime(time, zone),
        icon: { id: time === undefined ? 'question' : 'circle-small-filled' },
        context: 'moment',
        args: { incident: context.id, moment },
      };
    }),
  };
}
