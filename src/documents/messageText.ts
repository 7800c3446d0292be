import { plainLine } from '../safety/plainLine.ts';

/**
 * Text from outside for a message: one line that Markdown shows as written, with as few backslashes as that needs, for
 * what a person reads in the editor is what they send. Templates put it after a field's name, never at a line's start.
 */
export function messageText(text: string): string {
  return plainLine(text, 4000)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/`|\*(?! )|(?<=\S)\*|<(?=[a-z/!?])|&(?=#?\w+;)|(?<=\S)~|~(?=[~\s]|$)|\$(?=\S)/gi, '\\$&')
    .replace(/\](?=[([])/g, '\\]')
    .replace(/(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, (run) => '\\_'.repeat(run.length));
}

/** A message as it is pasted into a chat: without the backslashes and the spaces at line ends that only Markdown needs. */
export function chatText(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/[ \t]+$/gm, '')
    .trimEnd();
}
