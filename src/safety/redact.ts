import { createHash } from 'node:crypto';
import type { CredentialRule } from './credentialRule.ts';
import { isReference } from './credentialRule.ts';
import { namedRules, namesCredential } from './namedRules.ts';
import { tokenRules } from './tokenRules.ts';

const rules: readonly CredentialRule[] = [...tokenRules, ...namedRules];

const maxRounds = 6;

/** No rule matches a text without any of these: most short texts need no more than this look. */
const anyAnchor = new RegExp(
  [...new Set(rules.flatMap(({ anchors }) => anchors))]
    .map((anchor) => anchor.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|'),
  'i',
);

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * `text` with every value that looks like a credential replaced by `[redacted <kind> <first 8 hex of its SHA-256>]`.
 * The name beside the value stays, and equal values read alike, so that a change can still be seen. Idempotent.
 */
export function redact(text: string): string {
  let result = text;
  // What is taken out may have hidden a value beside it from a rule.
  for (let round = 0; round < maxRounds; round++) {
    const spans = merged(spansOf(result));
    if (spans.length === 0) return result;
    result = replaced(result, spans);
  }
  return result;
}

/**
 * The text of a file redacted as `redact` does, with as many lines as before: a private key leaves empty lines, so that line
 * numbers stay true.
 */
export function redactLines(text: string): string {
  let result = text;
  for (let round = 0; round < maxRounds; round++) {
    const spans = merged(spansOf(result));
    if (spans.length === 0) return result;
    result = replaced(result, spans, (value) => '\n'.repeat(value.split('\n').length - 1));
  }
  return result;
}

/** Plain JSON with every string in it redacted; keys stay, and a key such as `apiKey` makes its text a credential. */
export function redactDeep<T>(value: T): T {
  return redacted(value, undefined) as T;
}

function redacted(value: unknown, key: string | undefined): unknown {
  if (typeof value === 'string') return key !== undefined && namesCredential(key) ? redactNamed(value) : redact(value);
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item, name)]));
}

/** One mark in the place of a value that is a credential whatever it looks like; what stands for a value kept elsewhere stays. */
export function redactNamed(value: string): string {
  return value === '' || isReference(value) ? redact(value) : mark('value', value);
}

function replaced(text: string, spans: readonly Span[], after: (value: string) => string = () => ''): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, kind } of spans) {
    const value = text.slice(start, end);
    parts.push(text.slice(from, start), mark(kind, value), after(value));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

function mark(kind: string, value: string): string {
  return `[redacted ${kind} ${createHash('sha256').update(value).digest('hex').slice(0, 8)}]`;
}

function spansOf(text: string): Span[] {
  if (!anyAnchor.test(text)) return [];
  const lower = text.toLowerCase();
  return rules
    .filter(({ anchors }) => anchors.some((anchor) => lower.includes(anchor)))
    .flatMap((rule) => [...matches(rule, text)]);
}

function* matches({ kind, pattern, accepts }: CredentialRule, text: string): Generator<Span> {
  for (const match of text.matchAll(pattern)) {
    const { value, bare } = match.indices?.groups ?? {};
    const [start, end] = value ?? bare ?? [match.index, match.index + match[0].length];
    if (accepts && !accepts(text.slice(start, end), match.groups ?? {})) continue;
    yield { start, end, kind };
  }
}

/** Overlapping spans become one; of the same start, the rule that stands first names it. */
function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    } else {
      result.push(span);
    }
  }
  return result;
}
