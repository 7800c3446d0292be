import * as vscode from 'vscode';
import { formatTime } from '../../documents/timeText.ts';
import { mitigationOutcomeNames, personName } from '../../documents/wordNames.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { MitigationPolicy } from '../../incident/policy.ts';
import type { MitigationOutcome } from '../../incident/words.ts';
import type { App } from '../app.ts';
import { createDetours } from '../platform/detours.ts';
import type { Choice } from '../platform/prompts.ts';
import { askChoice, askText, valueOf } from '../platform/prompts.ts';
import { timeZone } from '../platform/settings.ts';
import type { Gesture } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askPerson, askReason, askTime, pickIncident } from './pickers.ts';

/** Suggests what the protocol does about the symptom, and records what was done about it. */
export const runMitigationGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Run Mitigation');
  const handle = await pickIncident(app, known, title, ({ open, status }) => open && status !== 'resolved');
  if (handle === undefined) return undefined;
  const chosen = await askMitigation(title, handle, knownText(known, 'mitigation'));
  if (chosen === undefined) return undefined;
  const { cause, action, command } = chosen;
  const what = valueOf(
    await askText({
      title: `${title}: ${cause}`,
      prompt: vscode.l10n.t('What exactly is done? Fill in the names; Mayday records it and does not run it.'),
      value: command ?? action,
      validate: (text) => {
        if (text.trim() === '') return vscode.l10n.t('Please give a few words.');
        const [placeholder] = /<[a-z]\w*>/i.exec(text) ?? [];
        return placeholder === undefined ? undefined : vscode.l10n.t('Please fill in {0}.', placeholder);
      },
    }),
  );
  if (what === undefined) return undefined;
  return record(app, handle, { what, cause });
};

async function askMitigation(
  title: string,
  { state }: IncidentHandle,
  wanted: string | undefined,
): Promise<MitigationPolicy | undefined> {
  const { mitigations, symptoms } = state.policy;
  const known = mitigations.find(({ id }) => id === wanted);
  if (known !== undefined) return known;
  const order = state.symptom === undefined ? [] : symptoms[state.symptom].mitigations;
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = mitigations.toSorted((a, b) => rank(a.id) - rank(b.id));
  return valueOf(
    await askChoice({
      title,
      placeholder: vscode.l10n.t('Restore service first. What looks wrong?'),
      choices: sorted.map((mitigation) => ({
        label: mitigation.cause,
        description: mitigation.action,
        ...(mitigation.command === undefined ? {} : { detail: mitigation.command }),
        value: mitigation,
      })),
    }),
  );
}

/** Records what was done in one's own words, or the outcome of what was begun. */
export const recordMitigationGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Record Mitigation');
  const handle = await pickIncident(app, known, title, ({ open, status }) => open && status !== 'resolved');
  if (handle === undefined) return undefined;
  const running = handle.state.mitigations.filter(({ outcome }) => outcome === 'running');
  const wanted = knownText(known, 'running');
  const begun =
    running.find(({ id }) => id === wanted) ?? (wanted === undefined ? await askRunning(title, handle) : undefined);
  if (begun === 'cancelled') return undefined;
  if (begun !== undefined) return record(app, handle, { what: begun.what, running: begun.id });
  const what = await askReason({ title, prompt: vscode.l10n.t('What was done?') });
  return what === undefined ? undefined : record(app, handle, { what });
};

type Begun = IncidentHandle['state']['mitigations'][number];

async function askRunning(title: string, { state }: IncidentHandle): Promise<Begun | 'cancelled' | undefined> {
  const running = state.mitigations.filter(({ outcome }) => outcome === 'running');
  if (running.length === 0) return undefined;
  const choices: Choice<Begun | 'another'>[] = running.map((mitigation) => ({
    label: mitigation.what,
    value: mitigation,
  }));
  const answer = valueOf(
    await askChoice<Begun | 'another'>({
      title,
      placeholder: vscode.l10n.t('Which one has an outcome?'),
      choices: [...choices, { label: vscode.l10n.t('$(add) Another one'), value: 'another' }],
    }),
  );
  return answer === 'another' ? undefined : (answer ?? 'cancelled');
}

interface Done {
  readonly what: string;
  readonly cause?: string;
  readonly running?: string;
}

/** Asks how it went, and records it: as done now and by who is here, unless a person says otherwise. */
async function record(app: App, handle: IncidentHandle, done: Done): Promise<unknown> {
  const detours = createDetours({
    when: { icon: 'history', tooltip: vscode.l10n.t('It was done earlier…') },
    who: { icon: 'account', tooltip: vscode.l10n.t('Somebody else did it…') },
  });
  let finishedAt: string | undefined;
  let by: string | undefined;
  for (;;) {
    const answer = await askChoice<MitigationOutcome | 'running'>({
      title: [
        done.what,
        ...(by === undefined ? [] : [personName(by)]),
        ...(finishedAt === undefined ? [] : [formatTime(finishedAt, timeZone())]),
      ].join(' · '),
      placeholder: vscode.l10n.t('Did it help?'),
      choices: outcomeChoices(done),
      buttons: detours.buttons,
    });
    if (answer.kind === 'answer') {
      const { value: outcome } = answer;
      const at = finishedAt === undefined ? {} : outcome === 'running' ? { startedAt: finishedAt } : { finishedAt };
      const words = { incident: handle.id, ...done, outcome, ...at, ...(by === undefined ? {} : { by }) };
      return app.run('runMitigation', words);
    }
    const detour = detours.taken();
    if (detour === undefined) return undefined;
    if (detour === 'who')
      by = (await askPerson(app, { title: done.what, placeholder: vscode.l10n.t('Who did it?') })) ?? by;
    else
      finishedAt = (await askTime(app, { title: done.what, prompt: vscode.l10n.t('When was it done?') })) ?? finishedAt;
  }
}

function outcomeChoices({ running }: Done): readonly Choice<MitigationOutcome | 'running'>[] {
  const outcomes: readonly MitigationOutcome[] = ['worked', 'noEffect', 'madeWorse', 'unknown'];
  const ended = outcomes.map((word) => ({
    label: mitigationOutcomeNames[word],
    ...(word === 'worked' ? { description: vscode.l10n.t('status becomes Monitoring') } : {}),
    value: word,
  }));
  if (running !== undefined) return ended;
  const description = vscode.l10n.t('record the outcome later; status becomes Mitigating');
  return [...ended, { label: vscode.l10n.t('still running'), description, value: 'running' }];
}
