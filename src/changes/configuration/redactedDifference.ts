import { isHarmless } from '../../safety/namedRules.ts';
import { redactNamed } from '../../safety/redact.ts';
import { redactPairs, redactValueOf } from '../../safety/redactValue.ts';
import type { Difference } from './difference.ts';
import { visibleValue } from './visibleValue.ts';

/** Longer values are cut around where they differ. */
const shownLength = 160;
/** How much of a cut value stands before what differs. */
const contextLength = 24;
/** So much of a huge value, on either side of where it differs, is looked at: more than a private key has. */
const searchedLength = 8 * 1024;

/**
 * A difference as it may be shown, stored and exported: a value whose name or form gives it away as a credential reads
 * `[redacted … hash]`, equal values alike; others stand in one line, every character visible, cut when long.
 */
export function redactedDifference(difference: Difference): Difference {
  const told = difference.note === undefined ? difference : { ...difference, note: lineOf(difference.note) };
  if (told.kind === 'told') return { ...told, text: lineOf(told.text) };
  const name = { subject: told.subject, isSecret: told.isSecret === true };
  const subject = lineOf(told.subject);
  switch (told.kind) {
    case 'changed':
      return { ...told, subject, ...redactedSides(name, told.before, told.after) };
    case 'added':
      return { ...told, subject, after: told.after === '' ? '' : redactedSides(name, '', told.after).after };
    case 'removed':
      return { ...told, subject, before: told.before === '' ? '' : redactedSides(name, told.before, '').before };
  }
}

interface Named {
  readonly subject: string;
  readonly isSecret: boolean;
}

function redactedSides(
  name: Named,
  before: string,
  after: string,
): { readonly before: string; readonly after: string } {
  const at = firstDifference(before, after);
  const [was, is] = [before, after].map((value) => visibleValue(redactedAround(name, value, at)));
  const shownAt = firstDifference(was ?? '', is ?? '');
  return { before: cutAround(was ?? '', shownAt), after: cutAround(is ?? '', shownAt) };
}

function redactedAround({ subject, isSecret }: Named, value: string, at: number): string {
  const from = Math.max(0, at - searchedLength);
  const part = value.slice(from, at + searchedLength);
  const redacted = isSecret || isAmongSecrets(subject) ? redactedSecrets(part) : redactedValue(subject, part);
  const isNamed = redacted.startsWith('[redacted value ');
  return isNamed ? redacted : `${from > 0 ? '…' : ''}${redacted}${at + searchedLength < value.length ? '…' : ''}`;
}

function redactedValue(subject: string, value: string): string {
  return redactPairs(redactValueOf(nameIn(subject), value)).replace(
    secretsInside,
    (whole, name: string, secret: string) =>
      tellsOfSecrets.test(name) ? whole : `${name}: ${redactedSecrets(secret)}`,
  );
}

/** Names under which everything is a credential, as charts and pipelines have them. */
const secrets = String.raw`(?:secrets|secret_?env|credentials|string_?data|sealed_?secrets?)`;
const amongSecrets = new RegExp(String.raw`(?:^|[.\s])${secrets}(?:[.[]|$)`, 'i');
const secretsInside = new RegExp(String.raw`((?:^|(?<=[{,.\s]))${secrets}\.[\w.-]+): ([^,{}[\]]+)`, 'gi');
/** What is said about a credential beside its value. */
const tellsOfSecrets =
  /(?:name|ref|file|path|external|enabled|type|provider|kind|mode|optional|version|namespace|engine|store|region|mount|labels?|annotations?)$/i;

function isAmongSecrets(subject: string): boolean {
  return amongSecrets.test(subject) && !tellsOfSecrets.test(nameIn(subject));
}

/** One mark for a text, one for every value of a record. */
function redactedSecrets(value: string): string {
  if (!/^[{[]/.test(value)) return isHarmless(value) ? value : redactNamed(value);
  return value.replace(/(?<=: )[^,{}[\]]+/g, (part) => (isHarmless(part) ? part : redactNamed(part)));
}

/** What stands under a name of its own: `env` lists and secrets have their values one level below. */
const general =
  /^(?:\d*|value|values|data|text|content|default|literal|current|plain|raw|string|stringValue|fallback)$/i;

/** The name that tells what a value is: `password` of `db.password`, of `env DB_PASSWORD`, of `env[DB_PASSWORD].value`. */
function nameIn(subject: string): string {
  const names = subject.split(/[^\w-]+/).filter(Boolean);
  return names.findLast((part) => !general.test(part)) ?? '';
}

function lineOf(text: string): string {
  return cutAround(visibleText(redactPairs(text.slice(0, searchedLength))), 0, 2 * shownLength);
}

function visibleText(text: string): string {
  return text === '' ? '' : visibleValue(text.trim());
}

function firstDifference(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** At most `max` characters of a text around a place, and whole marks of what was redacted. */
function cutAround(text: string, at: number, max = shownLength): string {
  if (text.length <= max) return text;
  const from = outsideMark(text, Math.max(0, Math.min(at - contextLength, text.length - max)), 'start');
  const to = outsideMark(text, Math.min(text.length, from + max), 'end');
  const part = text.slice(from, to).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}`;
}

function outsideMark(text: string, at: number, side: 'start' | 'end'): number {
  const start = text.lastIndexOf('[redacted ', at);
  if (start < 0) return at;
  const end = text.indexOf(']', start) + 1;
  if (end <= at) return at;
  return side === 'start' ? start : end;
}
