import * as vscode from 'vscode';
import { momentNames, statusNames } from '../../documents/wordNames.ts';
import { deadlinesOf, isPending } from '../../incident/deadlinesOf.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { severities } from '../../incident/severity.ts';
import type { MomentName, Symptom } from '../../incident/words.ts';
import { moments, symptoms, workingStatuses } from '../../incident/words.ts';
import type { App } from '../app.ts';
import { askChoice, askText, valueOf } from '../platform/prompts.ts';
import { timeZone } from '../platform/settings.ts';
import { deadlineNames, standingText } from '../rows/deadlineText.ts';
import { formatTime } from '../../documents/timeText.ts';
import { timesOf } from './declareGesture.ts';
import { createDetours } from '../platform/detours.ts';
import type { Gesture } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askReason, askTime, pickIncident } from './pickers.ts';

export const acknowledgeGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Acknowledge');
  const handle = await pickIncident(app, known, title, ({ open }) => open);
  return handle && app.run('acknowledge', { incident: handle.id });
};

export const changeSeverityGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Change Severity');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const { state } = handle;
  const to = valueOf(
    await askChoice({
      title,
      placeholder: vscode.l10n.t('Now {0}. When two levels fit, take the worse one.', state.severity),
      choices: severities
        .filter((severity) => severity !== state.severity)
        .map((severity) => ({
          label: severity,
          description: state.policy.severities[severity].meaning,
          detail: timesOf(state.policy, severity),
          value: severity,
        })),
    }),
  );
  if (to === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why {0}?', to) });
  if (reason === undefined) return undefined;
  const lowered = severities.indexOf(to) > severities.indexOf(state.severity);
  const misclassified = lowered ? await askMisclassified(title, handle) : false;
  if (misclassified === undefined) return undefined;
  return app.run('changeSeverity', { incident: handle.id, to, reason, misclassified });
};

async function askMisclassified(title: string, { state }: IncidentHandle): Promise<boolean | undefined> {
  return valueOf(
    await askChoice({
      title,
      placeholder: vscode.l10n.t('Was {0} right at the time?', state.severity),
      choices: [
        {
          label: vscode.l10n.t('It got better'),
          description: vscode.l10n.t('post-mortem and review still follow the worst level it had'),
          value: false,
        },
        {
          label: vscode.l10n.t('It was misclassified'),
          description: vscode.l10n.t('duties follow the new level'),
          value: true,
        },
      ],
    }),
  );
}

type Field = 'title' | 'impact' | 'symptom' | 'service' | 'ticket';

export const editIncidentGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Edit Incident');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const { state } = handle;
  const field = (knownText(known, 'field') as Field | undefined) ?? (await askField(title, handle));
  if (field === undefined) return undefined;
  if (field === 'symptom') {
    const symptom = valueOf(
      await askChoice<Symptom>({
        title,
        placeholder: vscode.l10n.t('What does it look like from outside? It decides where to look first.'),
        choices: symptoms.map((id) => ({
          label: state.policy.symptoms[id].name,
          description: state.policy.symptoms[id].lookFirst.map(({ hint }) => hint).join(', then '),
          value: id,
        })),
      }),
    );
    return symptom && app.run('editIncident', { incident: handle.id, symptom });
  }
  const value = await askReason({ title, prompt: fieldNames()[field], value: state[field] ?? '' });
  return value === undefined ? undefined : app.run('editIncident', { incident: handle.id, [field]: value });
};

function fieldNames(): Readonly<Record<Field, string>> {
  return {
    title: vscode.l10n.t('Title'),
    impact: vscode.l10n.t('Impact: who or what, estimated scope'),
    symptom: vscode.l10n.t('Symptom'),
    service: vscode.l10n.t('Service'),
    ticket: vscode.l10n.t('Ticket (link)'),
  };
}

async function askField(title: string, { state }: IncidentHandle): Promise<Field | undefined> {
  const names = fieldNames();
  const choices = (['impact', 'symptom', 'title', 'service', 'ticket'] as const).map((field) => ({
    label: names[field],
    description: state[field] ?? vscode.l10n.t('unknown'),
    value: field,
  }));
  return valueOf(await askChoice<Field>({ title, placeholder: vscode.l10n.t('What is to be changed?'), choices }));
}

export const correctMomentGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Set a Moment');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const { state } = handle;
  const moment =
    (knownText(known, 'moment') as MomentName | undefined) ??
    valueOf(
      await askChoice<MomentName>({
        title,
        placeholder: vscode.l10n.t('Which moment? Due times already set stay as they are; durations follow.'),
        choices: moments.map((name) => ({
          label: momentNames[name],
          description: timeText(state.moments[name]),
          value: name,
        })),
      }),
    );
  if (moment === undefined) return undefined;
  const time = await askTime(app, { title, prompt: vscode.l10n.t('When was {0}?', momentNames[moment]) });
  if (time === undefined) return undefined;
  // Nobody said so until now: that somebody saw it then is news, and no correction.
  if (moment === 'acknowledged' && state.moments.acknowledged === undefined) {
    return app.run('acknowledge', { incident: handle.id, at: time });
  }
  const reason = await askReason({ title, prompt: vscode.l10n.t('How is that known?') });
  return reason === undefined ? undefined : app.run('correctMoment', { incident: handle.id, moment, time, reason });
};

function timeText(time: string | undefined): string {
  return time === undefined ? vscode.l10n.t('unknown') : formatTime(time, timeZone());
}

export const setStatusGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Set Status');
  const handle = await pickIncident(app, known, title, ({ open, status }) => open && status !== 'resolved');
  if (handle === undefined) return undefined;
  const status = valueOf(
    await askChoice({
      title,
      placeholder: vscode.l10n.t('Now {0}', statusNames[handle.state.status]),
      choices: workingStatuses
        .filter((name) => name !== handle.state.status)
        .map((name) => ({ label: statusNames[name], value: name })),
    }),
  );
  return status && app.run('setStatus', { incident: handle.id, status });
};

export const snoozeDeadlineGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Snooze a Deadline');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const deadline = knownText(known, 'deadline') ?? (await askDeadline(app, title, handle));
  if (deadline === undefined) return undefined;
  const until = await askTime(app, {
    title,
    prompt: vscode.l10n.t('Quiet until when? The deadline itself stays.'),
    value: '15m',
    direction: 'future',
  });
  if (until === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?') });
  return reason === undefined ? undefined : app.run('snoozeDeadline', { incident: handle.id, deadline, until, reason });
};

async function askDeadline(app: App, title: string, handle: IncidentHandle): Promise<string | undefined> {
  const now = app.context.host.clock.now();
  const pending = deadlinesOf(handle.state, now).deadlines.filter(isPending);
  return valueOf(
    await askChoice<string>({
      title,
      placeholder: vscode.l10n.t('Which one?'),
      choices: pending.map((deadline) => ({
        label: deadline.title ?? deadlineNames[deadline.kind],
        description: standingText(deadline, now),
        value: deadline.id,
      })),
    }),
  );
}

export const addNoteGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Add Note');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const earlier = createDetours({ time: { icon: 'history', tooltip: vscode.l10n.t('It happened earlier…') } });
  let at: string | undefined;
  let text = knownText(known, 'text') ?? '';
  for (;;) {
    const answer = await askText({
      title,
      prompt: at === undefined ? vscode.l10n.t('What happened?') : vscode.l10n.t('What happened at {0}?', timeText(at)),
      value: text,
      rememberAs: 'note',
      validate: (typed) => (typed.trim() === '' ? vscode.l10n.t('A note needs words.') : undefined),
      buttons: earlier.buttons,
    });
    if (answer.kind === 'answer') {
      text = answer.value;
      return app.run('addNote', { incident: handle.id, text, ...(at === undefined ? {} : { at }) });
    }
    if (earlier.taken() === undefined) return undefined;
    at = await askTime(app, { title, prompt: vscode.l10n.t('When did it happen?') });
  }
};
