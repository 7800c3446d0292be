import type * as z from 'zod';
import { builtInPolicy } from '../incident/builtInPolicy.ts';
import { plainLine } from '../safety/plainLine.ts';
import type { Configuration } from './configuration.ts';
import type { ConfigurationFile } from './configurationSchema.ts';
import { configurationSchema } from './configurationSchema.ts';
import { crossChecks } from './crossChecks.ts';
import type { Diagnostic, DiagnosticFix } from './diagnostic.ts';
import { mergePolicy } from './mergePolicy.ts';
import { pathText } from './pathText.ts';
import type { YamlFile } from './readYaml.ts';
import { readSources } from './readSignals.ts';
import { largestFileCharacters, readYaml } from './readYaml.ts';
import { servicesAndChanges } from './servicesAndChanges.ts';
import { specificIssues } from './specificIssues.ts';
import { didYouMean, valueFix, wordFix } from './valueFix.ts';
import { redactedLine } from '../safety/redactedLine.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** More would help nobody. */
const mostDiagnostics = 100;

/** What a text says, and what is wrong with it. */
export interface ParsedConfiguration {
  /** The file over the built-in protocol; undefined when a diagnostic is an error. */
  readonly configuration: Configuration | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the text of `mayday.yaml`. Never throws: what is wrong becomes diagnostics with their places.
 * @param zone IANA time zone of business days, unless the file names one.
 */
export function parseConfiguration(text: string, zone: string): ParsedConfiguration {
  if (text.length > largestFileCharacters) return tooLarge(text.length);
  const file = readYaml(text);
  if (file.diagnostics.some(isError)) return result(undefined, file.diagnostics);
  const { content, diagnostics } = check(file);
  if (!content) return result(undefined, [...file.diagnostics, ...diagnostics]);
  const policy = mergePolicy(builtInPolicy(zone), content.policy ?? {});
  const all = [
    ...file.diagnostics,
    ...diagnostics,
    ...unknownMitigations(content, policy.mitigations, file),
    ...crossChecks(content, file),
  ];
  return result({ policy, people: content.people ?? [], ...servicesAndChanges(content), ...readSources(content) }, all);
}

function result(configuration: Configuration | undefined, diagnostics: readonly Diagnostic[]): ParsedConfiguration {
  return {
    configuration: diagnostics.some(isError) ? undefined : configuration,
    diagnostics: diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, mostDiagnostics),
  };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function tooLarge(length: number): ParsedConfiguration {
  const limit = largestFileCharacters / 1024;
  const message = `The file has ${Math.round(length / 1024)} KB, and at most ${limit} KB are read. Make it shorter.`;
  const diagnostic: Diagnostic = { severity: 'error', message, path: '', line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { configuration: undefined, diagnostics: [diagnostic] };
}

function check(file: YamlFile): { content: ConfigurationFile | undefined; diagnostics: readonly Diagnostic[] } {
  const value = withoutNulls(file.value) ?? {};
  const first = configurationSchema.safeParse(value);
  if (first.success) return { content: first.data, diagnostics: [] };
  const unknown = specificIssues(first.error.issues, value).filter((issue) => issue.code === 'unrecognized_keys');
  const warnings = unknown.flatMap((issue) => unknownKeys(issue, file));
  // A key that nobody knows changes nothing: the rest is checked without it.
  const known = unknown.reduce<unknown>((rest, { path, keys }) => without(rest, path, keys), value);
  const second = configurationSchema.safeParse(known);
  if (second.success) return { content: second.data, diagnostics: warnings.map(({ diagnostic }) => diagnostic) };
  const errors = specificIssues(second.error.issues, known).map((issue) => wrongValue(issue, file));
  return { content: undefined, diagnostics: withoutEchoes(warnings, errors) };
}

/** An unknown key, and where the one that was probably meant would stand. */
interface UnknownKey {
  readonly diagnostic: Diagnostic;
  readonly meant: readonly string[];
}

function unknownKeys(issue: Extract<Issue, { code: 'unrecognized_keys' }>, file: YamlFile): UnknownKey[] {
  const candidates = issue.message.split(' ');
  const parent = issue.path as Path;
  return issue.keys.slice(0, mostDiagnostics).map((key) => {
    const path = [...parent, key];
    const fix = wordFix(key, candidates);
    const advice = fix ? didYouMean(fix) : ` Known here: ${candidates.join(', ')}.`;
    const message = `"${plainLine(key, 60)}" is no key of ${pathText(parent) || 'this file'}, and is ignored.${advice}`;
    const place = file.placeOf(path, { ofKey: true });
    const diagnostic = withFix({ severity: 'warning', message, path: pathText(path), ...place }, fix);
    const meant = fix?.kind === 'replace' ? [pathText(parent), pathText([...parent, fix.text])] : [];
    return { diagnostic, meant };
  });
}

/** A misspelt key makes the one that was meant missing: that is one mistake, not two. */
function withoutEchoes(unknown: readonly UnknownKey[], errors: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = unknown.map(({ diagnostic, meant }) => ({
    diagnostic,
    echoes: errors.filter(({ path }) => meant.includes(path)),
  }));
  const echoes = new Set(causes.flatMap((one) => one.echoes));
  return [
    ...causes.map(({ diagnostic, echoes: [echo] }) =>
      echo === undefined
        ? diagnostic
        : { ...diagnostic, severity: 'error' as const, message: diagnostic.message.replace(', and is ignored.', '.') },
    ),
    ...errors.filter((error) => !echoes.has(error)),
  ];
}

function wrongValue(issue: Issue, file: YamlFile): Diagnostic {
  const path = issue.path as Path;
  const name = pathText(path) || 'The file';
  const value = path.reduce<unknown>(child, file.value);
  if (issue.code === 'invalid_key') return wrongKey(issue, file);
  const is = value == null ? 'is missing, and' : `is ${shown(value)}, but`;
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const word = typeof value === 'string' ? wordFix(value, words) : undefined;
  const message = `${name} ${is} must be ${issue.message}.${didYouMean(word)}`;
  const fix = word ?? valueFix(value, issue.message);
  return withFix({ severity: 'error', message, path: pathText(path), ...file.placeOf(path) }, fix);
}

function withFix(diagnostic: Diagnostic, fix: DiagnosticFix | undefined): Diagnostic {
  return fix === undefined ? diagnostic : { ...diagnostic, fix };
}

/** A key that is itself a name, as those of `services` are. */
function wrongKey({ path, issues }: Extract<Issue, { code: 'invalid_key' }>, file: YamlFile): Diagnostic {
  const key = String(path.at(-1));
  const message = `"${plainLine(key, 60)}" in ${pathText(path.slice(0, -1) as Path)} must be ${issues[0]?.message ?? 'another name'}.`;
  return { severity: 'error', message, path: pathText(path as Path), ...file.placeOf(path as Path, { ofKey: true }) };
}

function unknownMitigations(
  content: ConfigurationFile,
  known: readonly { id: string }[],
  file: YamlFile,
): Diagnostic[] {
  const ids = known.map(({ id }) => id);
  return Object.entries(content.policy?.symptoms ?? {}).flatMap(([symptom, { mitigations = [] } = {}]) =>
    [...mitigations.entries()]
      .filter(([, id]) => !ids.includes(id))
      .map(([index, id]) => {
        const path = ['policy', 'symptoms', symptom, 'mitigations', index];
        const message = `${pathText(path)} is "${id}", but must be the id of a mitigation: one of ${ids.join(', ')}.`;
        return withFix({ severity: 'error', message, path: pathText(path), ...file.placeOf(path) }, wordFix(id, ids));
      }),
  );
}

/** A key without a value (`calendar:`, its lines commented out) says nothing. */
function withoutNulls(value: unknown, depth = 0): unknown {
  // An alias may contain itself.
  if (typeof value !== 'object' || value === null || depth > 20) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withoutNulls(item, depth + 1));
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item, depth + 1)]));
}

function child(parent: unknown, segment: string | number): unknown {
  return typeof parent === 'object' && parent !== null ? (parent as Record<string, unknown>)[segment] : undefined;
}

function without(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [segment, ...rest] = path;
  if (segment === undefined) return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === segment ? without(item, rest, keys) : item));
  }
  return { ...value, [segment]: without((value as Record<PropertyKey, unknown>)[segment], rest, keys) };
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a set of keys';
  return redactedLine(JSON.stringify(value), 60);
}
