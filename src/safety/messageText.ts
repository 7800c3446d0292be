/**
 * Text of strangers for a notification of VS Code, which makes a link of `[words](command:…)` in any text and runs the command at
 * a click: reads nearly as written, and is never a link.
 * @see https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function messageText(text: string): string {
  return text.replace(/\](?=\()/g, '] ');
}
