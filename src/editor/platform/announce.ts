import * as vscode from 'vscode';

const shownMs = 6000;
let item: vscode.StatusBarItem | undefined;
let timer: NodeJS.Timeout | undefined;

/** Says something that needs no answer, in the status bar for some seconds; screen readers speak it. */
export function announce(text: string): void {
  item?.dispose();
  clearTimeout(timer);
  const shown = vscode.window.createStatusBarItem('mayday.announcement', vscode.StatusBarAlignment.Left, 999);
  shown.name = vscode.l10n.t('Incident Messages');
  shown.text = text.replaceAll('$(', '$\u200b(');
  // An element with this role is read out once it appears.
  shown.accessibilityInformation = { label: text, role: 'alert' };
  shown.show();
  item = shown;
  timer = setTimeout(() => {
    shown.dispose();
  }, shownMs);
}
