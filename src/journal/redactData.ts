import { isUlid } from '../incident/ids.ts';
import { isIsoTime } from '../incident/isoTime.ts';

/** Replaces what looks like a credential in a text. */
export type Redact = (text: string) => string | Promise<string>;

/** Fields that hold no words of people or programs: the policy in force, clocks, places in logs. */
const untouched = new Set(['policy', 'due', 'heads', 'dueOn']);
/** Fields that name a content or a commit: hexadecimal there is no credential. */
const hashes = new Set(['sha256', 'commit', 'id', 'revision']);

/** A copy of an event's data in which every text was redacted; ids, times, hashes and the policy stay as they are. */
export async function redactData(data: unknown, redact: Redact): Promise<unknown> {
  return redactValue('', data, redact);
}

async function redactValue(name: string, value: unknown, redact: Redact): Promise<unknown> {
  if (untouched.has(name)) return value;
  if (typeof value === 'string') return isIdentifier(name, value) ? value : redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map((element: unknown) => redactValue(name, element, redact)));
  const fields = await Promise.all(
    Object.entries(value).map(async ([key, field]) => [key, await redactValue(key, field, redact)] as const),
  );
  return Object.fromEntries(fields);
}

function isIdentifier(name: string, text: string): boolean {
  return isUlid(text) || isIsoTime(text) || (hashes.has(name) && /^[0-9a-f]{7,64}$/.test(text));
}
