import { plainLine } from './plainLine.ts';
import { redact } from './redact.ts';

/** So much more than what is shown is looked at: what is taken out may be longer than what stands for it. */
const lookedAt = 16;

/**
 * Text of strangers as one line of at most `max` UTF-16 units, with credentials taken out before it is cut: nobody would
 * recognise half of one.
 */
export function redactedLine(text: string, max = 200): string {
  return plainLine(redact(text.slice(0, lookedAt * max)), max);
}
