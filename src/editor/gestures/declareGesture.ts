import * as vscode from 'vscode';
import { toIncidentId } from '../../incident/ids.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { Policy, Target } from '../../incident/policy.ts';
import type { Severity } from '../../incident/severity.ts';
import { severities } from '../../incident/severity.ts';
import type { App } from '../app.ts';
import type { ArgsOf } from '../useCases.ts';
import { createDetours } from '../platform/detours.ts';
import type { Answer, Choice, StepOptions } from '../platform/prompts.ts';
import { askChoice, askText } from '../platform/prompts.ts';
import { formatDuration } from '../../documents/timeText.ts';
import { minuteMs } from '../../incident/isoTime.ts';
import { openMessage } from './communicationGestures.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askTitle, declareSteps } from './askTitle.ts';
import { declareUntilRecorded } from './declareUntilRecorded.ts';
import { chooseSeverity } from './helpMeChoose.ts';
import { askTime } from './pickers.ts';

interface Draft {
  title: string;
  severity: Severity | undefined;
  impact: string;
  confidential: boolean;
  impactStart: IsoTime | undefined;
  detected: IsoTime | undefined;
  acknowledge: boolean;
}

type SeverityChoice =
  { readonly kind: 'level'; readonly severity: Severity; readonly confidential: boolean } | { readonly kind: 'help' };

/** Asks for what is not known of title, severity and impact, declares, and opens the first message ready to send. */
export const declareGesture: Gesture = async (app, known) => {
  // First, because the severities are the policy's of that folder, and an Escape here then costs no words.
  const picked = await app.pickFolder();
  if (picked.kind === 'cancelled') return undefined;
  const { folder } = picked;
  const draft = await askDeclaration(app, known, folder);
  if (draft?.severity === undefined) return undefined;
  const { title, severity, impact, confidential, impactStart, detected, acknowledge } = draft;
  const wish: ArgsOf<'declareIncident'> = {
    title,
    severity,
    confidential,
    ...(impact === '' ? {} : { impact }),
    ...(impactStart === undefined ? {} : { impactStart }),
    ...(detected === undefined ? {} : { detected }),
    ...(acknowledge ? {} : { acknowledge }),
    ...(folder === undefined ? {} : { folder }),
    ...(known['drill'] === true ? { drill: true } : {}),
  };
  const declared = await declareUntilRecorded(app, wish, (one) => app.run('declareIncident', one));
  if (declared === undefined) return undefined;
  const id = toIncidentId(declared.incident);
  if (id !== undefined) await app.reveal(id);
  const message = await app.run('postUpdate', { incident: declared.incident, kind: 'initial' });
  await openMessage(app, message);
  return declared;
};

async function askDeclaration(app: App, known: Known, folder: string | undefined): Promise<Draft | undefined> {
  const draft: Draft = {
    title: knownText(known, 'title') ?? '',
    severity: undefined,
    impact: knownText(known, 'impact') ?? '',
    confidential: false,
    impactStart: undefined,
    detected: undefined,
    acknowledge: true,
  };
  const policy = await app.context.policy(folder);
  let step = draft.title === '' ? 1 : 2;
  while (step <= declareSteps) {
    const answer = await askStep(app, draft, step, policy);
    if (answer.kind === 'cancelled') return undefined;
    step += answer.kind === 'back' ? -1 : 1;
  }
  return draft;
}

async function askStep(app: App, draft: Draft, step: number, policy: Policy): Promise<Answer<unknown>> {
  if (step === 2) return askSeverity(draft, policy);
  if (step === 3) return askImpact(app, draft);
  const answer = await askTitle(draft.title, wizardTitle(draft));
  if (answer.kind === 'answer') draft.title = answer.value;
  return answer;
}

function wizardTitle(draft: Draft): string {
  return draft.confidential ? vscode.l10n.t('Declare Incident (confidential)') : vscode.l10n.t('Declare Incident');
}

async function askSeverity(draft: Draft, policy: Policy): Promise<Answer<unknown>> {
  const answer = await askChoice<SeverityChoice>({
    title: wizardTitle(draft),
    step: 2,
    steps: declareSteps,
    placeholder: vscode.l10n.t('How bad is it? When two levels fit, take the worse one.'),
    choices: severityChoices(policy),
    buttons: [confidentialButton(draft)],
  });
  if (answer.kind !== 'answer') return answer;
  if (answer.value.kind === 'level') {
    draft.severity = answer.value.severity;
    draft.confidential = draft.confidential || answer.value.confidential;
    return answer;
  }
  const chosen = await chooseSeverity(policy, wizardTitle(draft));
  if (chosen === undefined) return askSeverity(draft, policy);
  draft.severity = chosen.severity;
  draft.confidential = draft.confidential || chosen.confidential;
  return { kind: 'answer', value: chosen };
}

async function askImpact(app: App, draft: Draft): Promise<Answer<string>> {
  const detours = createDetours({
    impactStart: { icon: 'history', tooltip: vscode.l10n.t('It began earlier…') },
    detected: { icon: 'bell', tooltip: vscode.l10n.t('It was noticed earlier: the clocks run from then…') },
  });
  for (;;) {
    const answer = await askText({
      title: wizardTitle(draft),
      step: 3,
      steps: declareSteps,
      prompt: vscode.l10n.t('Who or what is affected, and how much? Leave it empty if that is not known yet.'),
      rememberAs: 'impact',
      placeholder: vscode.l10n.t('About a third of checkouts fail, all regions'),
      value: draft.impact,
      buttons: [...detours.buttons, acknowledgeButton(draft), confidentialButton(draft)],
    });
    if (answer.kind === 'answer') draft.impact = answer.value;
    const detour = detours.taken();
    if (answer.kind !== 'cancelled' || detour === undefined) return answer;
    const prompt =
      detour === 'detected' ? vscode.l10n.t('When was it noticed?') : vscode.l10n.t('When did the impact begin?');
    draft[detour] = (await askTime(app, { title: wizardTitle(draft), prompt })) ?? draft[detour];
  }
}

function acknowledgeButton(draft: Draft): NonNullable<StepOptions['buttons']>[number] {
  return {
    button: {
      iconPath: new vscode.ThemeIcon('person-add'),
      tooltip: vscode.l10n.t('Somebody else is to respond: do not acknowledge it for me'),
    },
    run: () => {
      draft.acknowledge = !draft.acknowledge;
      void vscode.window.setStatusBarMessage(
        draft.acknowledge
          ? vscode.l10n.t('You acknowledge the incident as you declare it.')
          : vscode.l10n.t('The incident will wait for somebody to acknowledge it.'),
        5000,
      );
    },
  };
}

function confidentialButton(draft: Draft): NonNullable<StepOptions['buttons']>[number] {
  return {
    button: {
      iconPath: new vscode.ThemeIcon('lock'),
      tooltip: vscode.l10n.t('Confidential: a neutral name, and no title in folders, channels or other tools'),
    },
    run: (input) => {
      draft.confidential = !draft.confidential;
      input.title = wizardTitle(draft);
      void vscode.window.setStatusBarMessage(
        draft.confidential
          ? vscode.l10n.t('The incident will be confidential.')
          : vscode.l10n.t('The incident will not be confidential.'),
        5000,
      );
    },
  };
}

/** The four levels with what each means and leaves time for, a breach, and help. */
export function severityChoices(policy: Policy): readonly Choice<SeverityChoice>[] {
  const levels = severities.map((severity) => ({
    label: severity,
    description: policy.severities[severity].meaning,
    detail: timesOf(policy, severity),
    value: { kind: 'level', severity, confidential: false } as const,
  }));
  const breach: Choice<SeverityChoice> = {
    label: vscode.l10n.t('SEV1, security breach'),
    description: vscode.l10n.t('confidential'),
    detail: vscode.l10n.t('A neutral name; no title in folder names, channels or other tools'),
    value: { kind: 'level', severity: 'SEV1', confidential: true },
  };
  const help: Choice<SeverityChoice> = {
    label: vscode.l10n.t('$(question) Help me choose…'),
    description: vscode.l10n.t('a few questions; in doubt the worse level'),
    alwaysShow: true,
    value: { kind: 'help' },
  };
  return [...levels, breach, help];
}

/** `respond 5 min · mitigate 30 min · message every 15 min`. */
export function timesOf(policy: Policy, severity: Severity): string {
  const { respond, mitigate, communicate } = policy.severities[severity];
  return [
    vscode.l10n.t('respond {0}', targetText(respond)),
    vscode.l10n.t('mitigate {0}', targetText(mitigate)),
    communicate.kind === 'ticket'
      ? vscode.l10n.t('communicate on the ticket')
      : vscode.l10n.t('message every {0}', formatDuration(communicate.minutes * minuteMs)),
  ].join(' · ');
}

function targetText(target: Target): string {
  if (target.kind === 'nextBusinessDay') return vscode.l10n.t('by the end of the next business day');
  return vscode.l10n.t('within {0}', formatDuration(target.minutes * minuteMs));
}
