import { valueAt } from '../../changes/deployed/jsonFields.ts';
import type { HttpExpectation } from '../../config/signalConfiguration.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** What a body lacks of what is expected of it, each as words behind a name; empty when all is as expected. */
export function unmetExpectations({ json = {}, text }: HttpExpectation, body: string): readonly string[] {
  const conditions = Object.entries(json);
  const missingText = text === undefined || body.includes(text) ? [] : [`does not contain "${redactedLine(text, 80)}"`];
  if (conditions.length === 0) return missingText;
  const value = parsed(body);
  if (value === undefined) return [`with ${whatInstead(body)} where JSON is expected`, ...missingText];
  return [
    ...conditions.flatMap(([path, wanted]) => {
      const found = atPath(value.json, path);
      return isEqual(found, wanted) ? [] : [`has ${path} ${shown(found)}, not ${shown(wanted)}`];
    }),
    ...missingText,
  ];
}

/** `a.b.c`, `a[0].b`; a key with dots in it is found as a whole too. Nothing inherited. */
function atPath(value: unknown, path: string): unknown {
  const whole = valueAt(value, path);
  if (whole !== undefined) return whole;
  return valueAt(
    value,
    ...path
      .replace(/^\$\.?/, '')
      .split(/\.|\[(\d+)\]/)
      .filter(Boolean),
  );
}

/** YAML knows `up` and `true` apart, and people do not always: both are compared as text too. */
function isEqual(found: unknown, wanted: string | number | boolean): boolean {
  if (found === wanted) return true;
  return ['string', 'number', 'boolean'].includes(typeof found) && String(found) === String(wanted);
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null
    ? 'an object'
    : `"${redactedLine(JSON.stringify(value), 60).replace(/^"|"$/g, '')}"`;
}

function parsed(body: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function whatInstead(body: string): string {
  const text = body.trimStart();
  return text === '' ? 'nothing' : text.startsWith('<') ? 'a page of HTML' : 'something else';
}
