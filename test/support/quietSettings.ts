import type { VscodeRelease } from './vscodeInstall.ts';

/**
 * User settings for tests and the demo: nothing in the workbench that neither a person nor a test asked for. In the words of
 * the release: VS Code writes old ones anew when a window opens, and of windows that open at the same time one then reads half
 * a file.
 */
export function quietSettings(release: VscodeRelease): Readonly<Record<string, unknown>> {
  return { ...settings, ...wordsOf[release] };
}

const wordsOf: Readonly<Record<VscodeRelease, Readonly<Record<string, unknown>>>> = {
  latest: { 'workbench.colorTheme': 'Dark Modern', 'extensions.autoUpdate': 'off' },
  oldest: { 'workbench.colorTheme': 'Default Dark Modern', 'extensions.autoUpdate': false },
};

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.layoutControl.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'editor.cursorBlinking': 'solid',
  'window.commandCenter': false,
  'window.confirmBeforeClose': 'never',
  'files.simpleDialog.enable': true,
};
