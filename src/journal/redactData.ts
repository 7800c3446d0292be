import { isUlid } from '../incident/ids.ts';
import { isIsoTime } from '../incident/isoTime.ts';

/** Replaces what looks like a credential in a text. */
export type Redact = (text: string) => string | Promise<string>;

/** Fields that hold no words of people or programs: the policy in force, clocks, places in logs. */
const untouched = new Set(['policy', 'due', 'heads', 'dueOn']);
/** Fields that name a content or a commit: hexadecimal there is no credential. */
const hashes = new Set(['sha256', 'commit', 'id', 'revision', 'fingerprint']);

/** A copy of an event's data in which every text was redacted; ids, times, hashes and the policy stay as they are. */
export async function redactData(data: unknown, redact: Redact): Promise<unknown> {
  const asked = new Map<string, string | Promise<string>>();
  mapTexts('', data, (text) => {
    if (!asked.has(text)) asked.set(text, redact(text));
    return text;
  });
  const redacted = new Map<string, string>();
  for (const [text, result] of asked) redacted.set(text, typeof result === 'string' ? result : await result);
  return mapTexts('', data, (text) => redacted.get(text) ?? '');
}

function mapTexts(name: string, value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return isIdentifier(name, value) ? value : map(value);
  if (typeof value !== 'object' || value === null || untouched.has(name)) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => mapTexts(name, element, map));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mapTexts(key, field, map)]));
}

function isIdentifier(name: string, text: string): boolean {
  return untouched.has(name) || isUlid(text) || isIsoTime(text) || (hashes.has(name) && /^[0-9a-f]{7,64}$/.test(text));
}
