import { isLoopback, webAddressOf } from '../safety/webAddress.ts';
import { closestWord } from './closestWord.ts';
import type { DiagnosticFix } from './diagnostic.ts';
import { percentOf } from './percentOf.ts';
import { isSelector } from './signalSchema.ts';

/** The fix for a word that is nearly one of those that can stand here; undefined when none is near. */
export function wordFix(word: string, candidates: readonly string[]): DiagnosticFix | undefined {
  const meant = closestWord(word, candidates);
  return meant === undefined ? undefined : { kind: 'replace', title: `Write "${meant}"`, text: meant };
}

/** The same, said behind a message: ` Did you mean "feed"?`; empty when no word is near. */
export function didYouMean(fix: DiagnosticFix | undefined): string {
  return fix?.kind === 'replace' ? ` Did you mean "${fix.text}"?` : '';
}

/**
 * What is usually meant by a value of another kind than the schema wants.
 * @param wanted what the value must be, in the words of its schema.
 */
export function valueFix(value: unknown, wanted: string): DiagnosticFix | undefined {
  if (typeof value === 'string') return textFix(value, wanted);
  if (typeof value === 'number' && /^in percent\b/.test(wanted)) return percentFix(value);
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  if (isPlain && /^(?:a text|PromQL|a host)\b/.test(wanted)) {
    return { kind: 'wrap', title: 'Put it in quotes', before: '"', after: '"' };
  }
  if (isPlain && /^a list\b/.test(wanted)) return listFix;
  return undefined;
}

const listFix: DiagnosticFix = { kind: 'wrap', title: 'Make it a list', before: '[', after: ']' };

function percentFix(share: number): DiagnosticFix {
  const text = String(percentOf(share));
  return { kind: 'replace', title: `Write ${text}`, text };
}

function textFix(value: string, wanted: string): DiagnosticFix | undefined {
  if (/^a list\b/.test(wanted)) return listFix;
  if (/^(?:a percentage|a status of HTTP|a whole number)\b/.test(wanted) && /^\d+(?:\.\d+)?$/.test(value.trim())) {
    return { kind: 'replace', title: 'Take the quotes away', text: value.trim() };
  }
  if (/^label matchers\b/.test(wanted)) return withoutBraces(value);
  if (!/\bhttp or https address\b/.test(wanted) || !/^[\w.[\]-]+(?::\d+)?(?:\/\S*)?$/.test(value)) return undefined;
  const address = webAddressOf(`https://${value}`);
  if (address === undefined) return undefined;
  const scheme = isLoopback(address) || address.port !== '' ? 'http' : 'https';
  return { kind: 'replace', title: `Write ${scheme}://${value}`, text: `${scheme}://${value}` };
}

/** `{job="checkout"}`, as PromQL has it; label matchers need quotes in YAML. */
function withoutBraces(value: string): DiagnosticFix | undefined {
  const [, inside = ''] = /^\s*\{(.*)\}\s*$/.exec(value) ?? [];
  if (!isSelector(inside)) return undefined;
  return { kind: 'replace', title: 'Take the braces away', text: `'${inside.trim().replaceAll("'", "''")}'` };
}
