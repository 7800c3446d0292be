import { describeEvent } from '../../documents/describeEvent.ts';
import { formatTime } from '../../documents/timeText.ts';
import { personName } from '../../documents/wordNames.ts';
import { isCorrectable } from '../../incident/correctedEvent.ts';
import type { Deadline } from '../../incident/deadline.ts';
import { isRetractable } from '../../incident/foldIncident.ts';
import type { IncidentEvent } from '../../incident/events.ts';
import type { ActionItem, IncidentState, TimelineEntry } from '../../incident/state.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { standingIcons, standingText } from './deadlineText.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** More rows than anyone scrolls in a tree: the timeline document has them all. */
const timelineRowLimit = 300;

/** Step 7: the post-mortem, the review and the action items. */
export function learningRow(context: RowContext): Row {
  const { state } = context;
  const open = state.actions.filter(({ outcome }) => outcome.kind === 'open').length;
  const duties = [
    ...(state.policy.severities[state.dutySeverity].postMortem
      ? [postMortemRow(context)]
      : optionalPostMortem(context)),
    ...(state.policy.severities[state.dutySeverity].review ? [reviewRow(context)] : []),
  ];
  return {
    id: rowId(context, 'learning'),
    label: 'Post-incident',
    description: [
      postMortemText(state),
      ...(state.actions.length === 0 ? [] : [`${String(open)} of ${String(state.actions.length)} action items open`]),
    ].join(' · '),
    icon: { id: 'book' },
    context: 'step+learning',
    args: { incident: context.id },
    children: [...duties, ...state.actions.map((action) => actionRow(context, action))],
  };
}

function postMortemText({ postMortem, policy, dutySeverity }: IncidentState): string {
  if (postMortem.completedAt !== undefined) return 'post-mortem completed';
  if (postMortem.writtenAt !== undefined) return 'post-mortem begun';
  return policy.severities[dutySeverity].postMortem
    ? 'post-mortem not begun'
    : `${dutySeverity} asks for no post-mortem`;
}

function optionalPostMortem(context: RowContext): readonly Row[] {
  return context.state.postMortem.writtenAt === undefined ? [] : [postMortemRow(context)];
}

function dutyText(context: RowContext, deadline: Deadline | undefined): readonly string[] {
  if (deadline === undefined) return ['due once it is resolved'];
  return [standingText(deadline, context.now), formatTime(deadline.dueAt, context.zone)];
}

function postMortemRow(context: RowContext): Row {
  const { state, deadlines } = context;
  const deadline = deadlines.findLast(({ kind }) => kind === 'postMortem');
  const { document } = state.postMortem;
  return {
    id: rowId(context, 'postMortem'),
    label: 'Post-mortem',
    description: [postMortemText(state).replace('post-mortem ', ''), ...dutyText(context, deadline)].join(' · '),
    icon: deadline === undefined ? { id: 'book' } : standingIcons[deadline.standing],
    context: 'postMortem',
    args: { incident: context.id },
    command:
      document === undefined
        ? { id: 'mayday.writePostMortem', args: { incident: context.id } }
        : { id: 'mayday.openDocument', args: { incident: context.id, document } },
  };
}

function reviewRow(context: RowContext): Row {
  const { state, deadlines, zone } = context;
  const deadline = deadlines.findLast(({ kind }) => kind === 'review');
  return {
    id: rowId(context, 'review'),
    label: 'Review meeting',
    description: (state.review === undefined
      ? ['not held', ...dutyText(context, deadline)]
      : [`held ${formatTime(state.review.heldAt, zone)}`]
    ).join(' · '),
    icon: deadline === undefined ? { id: 'comment-discussion' } : standingIcons[deadline.standing],
    context: 'review',
    args: { incident: context.id },
    ...(state.review === undefined ? { command: { id: 'mayday.recordReview', args: { incident: context.id } } } : {}),
  };
}

/** An action item with its owner and how its due date stands. */
export function actionRow(context: RowContext, action: ActionItem): Row {
  const deadline = context.deadlines.find(({ id }) => id === `actionItem-${action.id}`);
  const done = action.outcome.kind !== 'open';
  const words = [
    action.owner === undefined ? 'no owner' : personName(action.owner),
    ...(action.outcome.kind === 'dropped'
      ? [`dropped: ${plainLine(action.outcome.reason, 120)}`]
      : [...(deadline === undefined ? [] : [standingText(deadline, context.now)]), action.dueOn]),
  ];
  const label = plainLine(action.title, 200);
  return {
    id: rowId(context, 'action', action.id),
    label,
    description: words.join(' · '),
    icon: action.outcome.kind === 'dropped' ? { id: 'trash' } : standingIcons[deadline?.standing ?? 'onTrack'],
    tooltip: `${label}\n${words.join('\n')}`,
    aria: `Action item ${label}, ${words.join(', ')}`,
    context: contextOf('action', { open: !done, done }),
    args: { incident: context.id, action: action.id, deadline: `actionItem-${action.id}` },
    ...(action.link === undefined ? {} : { command: { id: 'mayday.openLink', args: { link: action.link } } }),
  };
}

/** Every event, newest last. */
export function timelineRow(context: RowContext): Row {
  const shown = inOrderOfTime(context.state.entries);
  const left = Math.max(0, shown.length - timelineRowLimit);
  return {
    id: rowId(context, 'timeline'),
    label: 'Timeline',
    description: shown.length === 1 ? '1 entry' : `${String(shown.length)} entries`,
    icon: { id: 'list-ordered' },
    context: 'step+timeline',
    args: { incident: context.id },
    children: [
      ...(left === 0
        ? []
        : [
            {
              id: rowId(context, 'earlier'),
              label: `${String(left)} earlier entries`,
              description: 'in the timeline document',
              icon: { id: 'ellipsis' },
              command: { id: 'mayday.openTimeline', args: { incident: context.id } } as const,
            },
          ]),
      ...shown.slice(left).map((entry) => entryRow(context, entry)),
    ],
  };
}

function inOrderOfTime(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const told = entries.filter(({ event }) => event.type !== 'writer.opened');
  return told.sort((a, b) => (a.event.at < b.event.at ? -1 : a.event.at > b.event.at ? 1 : 0));
}

function entryRow(context: RowContext, { event, original, retraction }: TimelineEntry): Row {
  const { state, zone } = context;
  const sentence = plainLine(describeEvent(event, state.policy), 300);
  const marks = [...(retraction === undefined ? [] : ['retracted']), ...(original === undefined ? [] : ['corrected'])];
  return {
    id: rowId(context, 'event', event.id),
    label: `${event.at.slice(5, 16).replace('T', ' ')} UTC ${sentence}`,
    description: [...marks, personName(event.by)].join(' · '),
    icon: { id: iconOf(event, retraction !== undefined) },
    tooltip: [
      sentence,
      `${formatTime(event.at, zone)}, ${personName(event.by)}`,
      ...(original === undefined
        ? []
        : [`First recorded: ${formatTime(original.at, zone)} ${describeEvent(original, state.policy)}`]),
    ].join('\n'),
    aria: `${formatTime(event.at, zone)}, ${[...marks, sentence].join(', ')}, ${personName(event.by)}`,
    context: contextOf('event', {
      correctable: isCorrectable(event) && retraction === undefined,
      retractable: isRetractable(event) && retraction === undefined,
    }),
    args: { incident: context.id, event: event.id },
    command: { id: 'mayday.openEvent', args: { incident: context.id, event: event.id } },
  };
}

const icons: readonly (readonly [RegExp, string])[] = [
  [/^incident\.declared/, 'flame'],
  [/^incident\.(resolved|closed)/, 'pass-filled'],
  [/^incident\.reopened/, 'debug-restart'],
  [/^incident\./, 'edit'],
  [/^severity\./, 'arrow-swap'],
  [/^(role|handover)\./, 'person'],
  [/^(check|suspect|change)\./, 'search'],
  [/^finding\./, 'pin'],
  [/^deploy\./, 'rocket'],
  [/^mitigation\./, 'tools'],
  [/^update\./, 'megaphone'],
  [/^verification\./, 'checklist'],
  [/^(postMortem|review)\./, 'book'],
  [/^action\./, 'tasklist'],
  [/^note\./, 'note'],
  [/^(event|moment)\./, 'history'],
  [/^unknown/, 'question'],
];

function iconOf(event: IncidentEvent, retracted: boolean): string {
  if (retracted) return 'trash';
  return icons.find(([pattern]) => pattern.test(event.type))?.[1] ?? 'circle-small-filled';
}
