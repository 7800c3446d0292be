import * as vscode from 'vscode';
import { isSecretName } from '../../safety/outsideNames.ts';
import { askChoice, askText, valueOf } from '../platform/prompts.ts';
import type { Gesture } from './gesture.ts';
import { knownText } from './gesture.ts';
import { investigateGesture } from './investigationGestures.ts';
import { showInformation } from '../platform/messages.ts';

/** Shows the addresses of mayday.yaml that nobody confirmed in this workspace yet, and asks about them in one question. */
export const confirmAddressesGesture: Gesture = async (app, known) => {
  const { confirmed, left } = await app.confirmAddresses({ anew: true });
  if (confirmed === 0 && left === 0) {
    void showInformation(vscode.l10n.t('No address waits to be confirmed: mayday.yaml names none that is new.'));
  }
  // Whoever came from a row wants to know what runs.
  if (confirmed > 0 && known['incident'] !== undefined) await investigateGesture(app, known);
  return { confirmed, left };
};

/** Keeps a secret that mayday.yaml refers to as `secret:NAME`. It is never shown, and never leaves but where it is named. */
export const setSecretGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Set Secret');
  const name = knownText(known, 'name') ?? (await askName(title, await app.secretNames()));
  if (name === undefined) return undefined;
  const prompt = vscode.l10n.t(
    'Kept by VS Code on this machine. Empty: forget it, and use the environment variable {0}.',
    name,
  );
  const value = valueOf(await askText({ title: `${title}: ${name}`, prompt, password: true }));
  if (value === undefined) return undefined;
  await app.keepSecret(name, value);
  return { name, kept: value !== '' };
};

async function askName(title: string, names: readonly string[]): Promise<string | undefined> {
  const placeholder = vscode.l10n.t('Which secret of mayday.yaml? secret:NAME refers to it');
  if (names.length > 0) {
    const choices = names.map((name) => ({ label: name, value: name }));
    return valueOf(await askChoice({ title, placeholder, choices }));
  }
  const validate = (text: string): string | undefined =>
    isSecretName(text.trim()) ? undefined : vscode.l10n.t('Letters, digits and _, such as SHOP_TOKEN.');
  return valueOf(await askText({ title, prompt: placeholder, validate }));
}
