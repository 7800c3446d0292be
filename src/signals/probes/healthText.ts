import { textAt } from '../../changes/deployed/jsonFields.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { HealthBody, TroubledPart } from './healthBody.ts';
import { readHealthBody } from './healthBody.ts';

const mostTold = 3;

/** `database down (timeout after 1000 ms), cache degraded`; undefined when nothing is wrong by what the body says. */
export function troubleText({ troubled }: HealthBody): string | undefined {
  if (troubled.length === 0) return undefined;
  const worst = troubled.toSorted((a, b) => Number(b.word === 'failing') - Number(a.word === 'failing'));
  const rest = worst.length - mostTold;
  return [...worst.slice(0, mostTold).map(partText), ...(rest > 0 ? [`${String(rest)} more`] : [])].join(', ');
}

/** What a body says for itself, shortly: its failing parts, its own message, or its first line. Undefined for HTML and for nothing. */
export function explanationOf(body: string): string | undefined {
  const health = readHealthBody(body);
  const trouble = health === undefined ? undefined : troubleText(health);
  if (trouble !== undefined) return trouble;
  const text = body.trim();
  if (text.startsWith('{')) return messageIn(text);
  // HTML and lists.
  if (text === '' || /^[<[]/.test(text)) return undefined;
  return redactedLine(text.split('\n', 1)[0] ?? '', 120);
}

/** The message of an error in JSON: problem+json (RFC 9457) and what frameworks usually write. */
function messageIn(body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // Whatever begins like JSON and is none tells nothing.
    return undefined;
  }
  for (const key of ['detail', 'message', 'error', 'reason', 'title', 'output']) {
    const found = textAt(value, key) ?? textAt(value, key, 'message');
    if (found !== undefined && found.trim() !== '') return redactedLine(found, 120);
  }
  return undefined;
}

function partText({ name, status, reason }: TroubledPart): string {
  const told = `${redactedLine(name, 60)} ${redactedLine(status, 30)}`;
  return reason === undefined ? told : `${told} (${redactedLine(reason, 100)})`;
}
