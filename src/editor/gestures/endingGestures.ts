import * as vscode from 'vscode';
import { closeOutcomeNames } from '../../documents/wordNames.ts';
import { hasToldTheEnd } from '../../incident/hasToldTheEnd.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { CloseOutcome } from '../../incident/words.ts';
import { closeOutcomes } from '../../incident/words.ts';
import type { App } from '../app.ts';
import { askChoice, askChoices, askText, valueOf } from '../platform/prompts.ts';
import { openMessage } from './communicationGestures.ts';
import type { Gesture } from './gesture.ts';
import { askReason, pickIncident } from './pickers.ts';

/** The five items as a list to tick; what was ticked and is not any more is unticked. */
export const verifyRecoveryGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Verify Recovery');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const { policy, verification } = handle.state;
  const isChecked = (item: string): boolean => verification[item]?.kind === 'checked';
  const ticked = valueOf(
    await askChoices<string>({
      title,
      placeholder: vscode.l10n.t('Tick what you have seen to be so'),
      selected: policy.verification.map(({ id }) => id).filter(isChecked),
      choices: policy.verification.map(({ id, text }) => ({ label: text.replaceAll('`', ''), value: id })),
    }),
  );
  if (ticked === undefined) return undefined;
  const items = policy.verification
    .filter(({ id }) => ticked.includes(id) !== isChecked(id))
    .map(({ id }) => ({ item: id, state: ticked.includes(id) ? ('checked' as const) : ('unchecked' as const) }));
  return items.length === 0 ? { incident: handle.id } : app.run('verifyRecovery', { incident: handle.id, items });
};

/** A checkbox of the tree. */
export async function setVerified(app: App, incident: string, item: string, verified: boolean): Promise<void> {
  await app.run('verifyRecovery', { incident, items: [{ item, state: verified ? 'checked' : 'unchecked' }] });
}

export const resolveGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Resolve');
  const handle = await pickIncident(app, known, title, ({ open, status }) => open && status !== 'resolved');
  if (handle === undefined) return undefined;
  const waiver = await askWaiver(title, handle);
  if (waiver === 'cancelled') return undefined;
  const answer = await askText({
    title,
    prompt: vscode.l10n.t('Root cause in a line. Leave it empty if it is unknown yet.'),
    placeholder: vscode.l10n.t('unknown yet'),
  });
  if (answer.kind !== 'answer') return undefined;
  const result = await app.run('resolve', {
    incident: handle.id,
    ...(answer.value === '' ? {} : { rootCause: answer.value }),
    ...(waiver === undefined ? {} : { waiver: waiver.reason }),
  });
  const message = await app.run('postUpdate', { incident: handle.id, kind: 'resolved' });
  await openMessage(app, message);
  return result;
};

async function askWaiver(
  title: string,
  { state }: IncidentHandle,
): Promise<{ readonly reason: string } | 'cancelled' | undefined> {
  const open = state.policy.verification.filter(({ id }) => state.verification[id] === undefined);
  if (open.length === 0) return undefined;
  const names = open.map(({ text }) => text.replaceAll('`', '')).join(', ');
  const reason = await askReason({
    title: vscode.l10n.t(
      '{0}: {1} of {2} items are not verified',
      title,
      open.length,
      state.policy.verification.length,
    ),
    prompt: vscode.l10n.t('Not verified: {0}. Why resolve all the same? Escape goes back to verifying.', names),
  });
  return reason === undefined ? 'cancelled' : { reason };
}

export const reopenGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Reopen');
  const handle = await pickIncident(app, known, title, ({ status }) => status === 'resolved' || status === 'closed');
  if (handle === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?') });
  return reason === undefined ? undefined : app.run('reopen', { incident: handle.id, reason });
};

export const closeGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Close');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const outcome = await askOutcome(app, title, handle);
  if (outcome === undefined) return undefined;
  if (outcome === 'completed') return complete(app, title, handle);
  const duplicateOf = outcome === 'duplicate' ? await askOriginal(app, title, handle) : undefined;
  if (outcome === 'duplicate' && duplicateOf === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?') });
  if (reason === undefined) return undefined;
  return app.run('closeIncident', {
    incident: handle.id,
    outcome,
    reason,
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
  });
};

/** Closes what is done, not without a word about a resolution that nobody was told of, and refreshes the post-mortem. */
async function complete(app: App, title: string, { id, state }: IncidentHandle): Promise<unknown> {
  const goOn = hasToldTheEnd(state) || (await askDespiteSilence(title));
  if (goOn === undefined) return undefined;
  if (!goOn) {
    await openMessage(app, await app.run('postUpdate', { incident: id, kind: 'resolved' }));
    return undefined;
  }
  const result = await app.run('closeIncident', { incident: id, outcome: 'completed' });
  if (state.postMortem.document !== undefined) await app.run('writePostMortem', { incident: id });
  return result;
}

async function askDespiteSilence(title: string): Promise<boolean | undefined> {
  const answer = await askChoice<boolean>({
    title,
    placeholder: vscode.l10n.t('Nobody was told that it is resolved.'),
    choices: [
      { label: vscode.l10n.t('Write the message'), value: false },
      { label: vscode.l10n.t('Close all the same'), value: true },
    ],
  });
  return valueOf(answer);
}

function askOutcome(app: App, title: string, { id, state }: IncidentHandle): Promise<CloseOutcome | undefined> {
  const resolved = state.status === 'resolved';
  const others = app.store.list().some((other) => other.id !== id);
  const outcomes = closeOutcomes.filter((outcome) => {
    return outcome === 'completed' ? resolved : outcome !== 'duplicate' || others;
  });
  return askChoice<CloseOutcome>({
    title,
    placeholder: resolved
      ? vscode.l10n.t('How does it end?')
      : vscode.l10n.t('Not resolved: it can end as something that was none.'),
    choices: outcomes.map((outcome) => ({ label: closeOutcomeNames[outcome], value: outcome })),
  }).then(valueOf);
}

async function askOriginal(app: App, title: string, handle: IncidentHandle): Promise<string | undefined> {
  const others = app.store.list().filter(({ id }) => id !== handle.id);
  return valueOf(
    await askChoice<string>({
      title,
      placeholder: vscode.l10n.t('Duplicate of which incident?'),
      choices: others.map((other) => ({
        label: `${other.severity} ${other.title}`,
        description: other.name,
        value: other.id,
      })),
    }),
  );
}
