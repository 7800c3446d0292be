import { beginning, shortened, visibleText } from './visibleText.ts';

/**
 * Text of strangers for a Slack message: no mentions, channels or links (`<!here>`, `<https://…|text>`).
 * At most `max` UTF-16 units before escaping; line ends stay.
 */
export function escapeSlack(text: string, max = 3000): string {
  const { head, isCut } = beginning(text, max);
  return shortened(visibleText(head), max, { isCut })
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
