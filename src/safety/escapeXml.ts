import { plainLine } from './plainLine.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text of strangers for the content or an attribute of XML: one line, nothing invisible, at most `max` UTF-16 units before
 * escaping. Characters that XML 1.0 does not have become `�`.
 */
export function escapeXml(text: string, max = 300): string {
  return plainLine(text, max)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
