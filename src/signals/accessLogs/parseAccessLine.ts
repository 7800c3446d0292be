import type { AccessLine } from './accessEntry.ts';
import { parseCommonLine } from './parseCommonLine.ts';
import { parseJsonLine } from './parseJsonLine.ts';

/** Lines with more characters are not read: no server writes them, and they would hold others up. */
export const longestLine = 64 * 1024;

/**
 * One line of an access log in a format that is known: common and combined (Apache, nginx), also behind a virtual host, or one
 * object of JSON. Total: any other line is *unreadable*. Takes time in proportion to the line.
 */
export function parseAccessLine(line: string): AccessLine {
  if (line.length > longestLine) return { kind: 'unreadable' };
  const text = line.trim();
  return text.startsWith('{') ? parseJsonLine(text) : parseCommonLine(text);
}
