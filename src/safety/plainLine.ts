import { beginning, shortened, visibleText } from './visibleText.ts';

/**
 * Text of strangers as one line for a tree row, a pick or a status: nothing invisible, white space collapsed,
 * at most `max` UTF-16 units.
 */
export function plainLine(text: string, max = 200): string {
  const { head, isCut } = beginning(text, max);
  return shortened(visibleText(head).replace(/\s+/g, ' ').trim(), max, { isCut });
}
