import { formatTime } from '../../documents/timeText.ts';
import { mitigationOutcomeNames, personName, statusNames, updateKindNames } from '../../documents/wordNames.ts';
import type { Mitigation, SentUpdate } from '../../incident/state.ts';
import type { UpdateKind } from '../../incident/words.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { standingText } from './deadlineText.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** Step 4: what was tried, then what the protocol suggests for the symptom. */
export function mitigationRow(context: RowContext): Row {
  const { state } = context;
  const isOver = state.status === 'resolved' || state.status === 'closed';
  const isMitigated = state.moments.mitigated !== undefined && (isOver || state.status === 'monitoring');
  return {
    id: rowId(context, 'mitigation'),
    label: 'Mitigation',
    description: isMitigated ? 'mitigated' : attemptsText(state.mitigations),
    icon: { id: 'tools' },
    context: 'step+mitigation',
    args: { incident: context.id },
    children: [
      ...state.mitigations.map((mitigation) => attemptRow(context, mitigation)),
      ...(isMitigated || isOver ? [] : suggestionRows(context)),
    ],
  };
}

/** How the attempts stand while it goes on, or went on until now. */
function attemptsText(mitigations: readonly Mitigation[]): string {
  const having = (wanted: Mitigation['outcome']) => mitigations.filter(({ outcome }) => outcome === wanted).length;
  if (having('running') > 0) return `${String(having('running'))} running`;
  if (mitigations.length === 0) return 'nothing tried yet';
  return `${String(mitigations.length)} tried, ${having('worked') > 0 ? 'and it goes on' : 'none worked'}`;
}

function attemptRow(context: RowContext, mitigation: Mitigation): Row {
  const running = mitigation.outcome === 'running';
  const time = mitigation.finishedAt ?? mitigation.startedAt;
  const worked = mitigation.outcome === 'worked';
  const args = { incident: context.id, running: mitigation.id };
  return {
    id: rowId(context, 'attempt', mitigation.id),
    label: plainLine(mitigation.what, 200),
    description: [
      running ? 'running' : mitigationOutcomeNames[mitigation.outcome],
      personName(mitigation.by),
      ...(time === undefined ? [] : [formatTime(time, context.zone)]),
    ].join(' · '),
    icon: running ? { id: 'sync' } : worked ? { id: 'pass', color: 'testing.iconPassed' } : { id: 'circle-slash' },
    tooltip: [mitigation.what, ...(mitigation.note === undefined ? [] : [mitigation.note])].join('\n'),
    context: running ? 'mitigation+running' : 'mitigation',
    args,
    ...(running ? { command: { id: 'mayday.recordMitigation', args } } : {}),
  };
}

function suggestionRows(context: RowContext): readonly Row[] {
  const { policy, symptom } = context.state;
  const order = symptom === undefined ? policy.mitigations.map(({ id }) => id) : policy.symptoms[symptom].mitigations;
  const suggested = order.flatMap((id) => policy.mitigations.filter((mitigation) => mitigation.id === id));
  return suggested.map(({ id, cause, action, command }) => ({
    id: rowId(context, 'suggestion', id),
    label: `${cause}?`,
    description: [action, ...(command === undefined ? [] : [command])].join(' · '),
    icon: { id: 'lightbulb' },
    tooltip:
      command === undefined
        ? action
        : `${action}\n${command}\nMayday does not run it: fill in the names, run it, then record it.`,
    context: 'suggestion',
    args: { incident: context.id, mitigation: id },
    command: { id: 'mayday.runMitigation', args: { incident: context.id, mitigation: id } },
  }));
}

/** Step 5: drafts that wait to be posted, and what was sent. */
export function communicationRow(context: RowContext): Row {
  const { state, deadlines, drafts, now } = context;
  const due = deadlines.findLast(
    ({ kind, standing }) => kind === 'communicate' && standing !== 'met' && standing !== 'missed',
  );
  const sent = state.updates.length;
  return {
    id: rowId(context, 'communication'),
    label: 'Communication',
    description: [
      sent === 0 ? 'nothing sent yet' : `${String(sent)} sent`,
      ...(drafts.length === 0 ? [] : [`${String(drafts.length)} draft${drafts.length === 1 ? '' : 's'} not posted`]),
      due === undefined ? cadenceText(context) : `next ${standingText(due, now)}`,
    ].join(' · '),
    icon: { id: 'megaphone' },
    context: 'step+communication',
    args: { incident: context.id },
    children: [
      ...drafts.map((draft) => ({
        id: rowId(context, 'draft', draft.update),
        label: `Draft: ${updateKindNames[draft.kind as UpdateKind]}`,
        description: 'not posted',
        icon: { id: 'edit' },
        context: 'draft',
        args: { incident: context.id, update: draft.update, kind: draft.kind },
        command: { id: 'mayday.openDocument', args: { path: draft.path } } as const,
      })),
      ...state.updates.map((update) => updateRow(context, update)),
      ...(sent + drafts.length > 0 ? [] : [nothingSentRow(context)]),
    ],
  };
}

function cadenceText({ state }: RowContext): string {
  const { communicate } = state.policy.severities[state.severity];
  if (state.closed !== undefined) return 'no more is due';
  return communicate.kind === 'ticket'
    ? `on the ticket${state.ticket === undefined ? ', which is not linked yet' : ''}`
    : 'no more is due';
}

function nothingSentRow(context: RowContext): Row {
  return {
    id: rowId(context, 'nothingSent'),
    label: 'Write the initial notification',
    icon: { id: 'add' },
    command: { id: 'mayday.postUpdate', args: { incident: context.id } },
  };
}

function updateRow(context: RowContext, update: SentUpdate): Row {
  const status = update.status === undefined ? [] : [statusNames[update.status]];
  return {
    id: rowId(context, 'update', update.event),
    label: updateKindNames[update.kind],
    description: [...status, formatTime(update.at, context.zone), personName(update.by)].join(' · '),
    icon: { id: 'pass' },
    tooltip: update.text,
    context: 'event+retractable',
    args: { incident: context.id, event: update.event },
    command: { id: 'mayday.openEvent', args: { incident: context.id, event: update.event } },
  };
}

/** Step 6: the items as checkboxes, with who and when. */
export function verificationRow(context: RowContext): Row {
  const { state, zone } = context;
  const items = state.policy.verification;
  const done = items.filter(({ id }) => state.verification[id] !== undefined).length;
  return {
    id: rowId(context, 'verification'),
    label: 'Verification',
    description: `${String(done)} of ${String(items.length)} verified or waived`,
    icon: { id: 'checklist' },
    context: 'step+verification',
    args: { incident: context.id },
    children: items.map(({ id, text }) => {
      const verified = state.verification[id];
      const label = text.replaceAll('`', '');
      const description =
        verified === undefined
          ? 'not verified'
          : verified.kind === 'checked'
            ? `${personName(verified.by)}, ${formatTime(verified.at, zone)}`
            : `waived: ${plainLine(verified.reason, 120)} · ${personName(verified.by)}, ${formatTime(verified.at, zone)}`;
      return {
        id: rowId(context, 'verify', id),
        label,
        description,
        checked: verified?.kind === 'checked',
        aria: `${label}, ${verified?.kind === 'checked' ? 'verified by ' : ''}${description}`,
        context: 'verification',
        args: { incident: context.id, item: id },
      };
    }),
  };
}
