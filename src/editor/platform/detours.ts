import * as vscode from 'vscode';
import type { StepOptions } from './prompts.ts';

/** Buttons of a prompt that ask for something else first. */
export interface Detours<K extends string> {
  readonly buttons: NonNullable<StepOptions['buttons']>;
  /** Which one closed the prompt; undefined when none did. Tells it once. */
  taken(): K | undefined;
}

/** One button for each key, in their order. A prompt that is asked again after a detour has its words still. */
export function createDetours<K extends string>(
  shown: Readonly<Record<K, { readonly icon: string; readonly tooltip: string }>>,
): Detours<K> {
  let pressed: K | undefined;
  const entries = Object.entries<{ readonly icon: string; readonly tooltip: string }>(shown);
  return {
    buttons: entries.map(([key, { icon, tooltip }]) => ({
      button: { iconPath: new vscode.ThemeIcon(icon), tooltip },
      run: async () => {
        pressed = key as K;
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      },
    })),
    taken: () => {
      const which = pressed;
      pressed = undefined;
      return which;
    },
  };
}
