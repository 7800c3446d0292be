import type { Plain, PlainRecord } from '../structuralDifferences.ts';
import { leafText } from './leafText.ts';
import { isLeaf, isList, isRecord } from './plainKinds.ts';

const environmentKeys = /^(?:env|environment|envVars|extraEnv|extraEnvs|extraEnvVars|additionalEnv|variables)$/;
/** Workflows call the place of a deployment `environment` as well. */
const deploymentFields = /^(?:name|url|on_stop|action|deployment_tier|auto_stop_in|kubernetes)$/;
/** Deeper data is left as it is. */
const deepest = 60;

/**
 * A copy of a value in which environment variables stand as one record of text by name, however they were written: as
 * `[{name, value}]`, as `[{name, valueFrom}]`, as `['NAME=value']` or as a record whose values may be numbers.
 */
export function withEnvironmentRecords(value: Plain, depth = 0): Plain {
  if (depth > deepest) return value;
  if (isList(value)) return value.map((item) => withEnvironmentRecords(item, depth + 1));
  if (!isRecord(value)) return value;
  return mapValues(value, (item, key) => {
    const variables = environmentKeys.test(key) ? environmentRecord(item) : undefined;
    return variables ?? withEnvironmentRecords(item, depth + 1);
  });
}

/** True for names that lead to the variables themselves, so that each is told. */
export function isEnvironment(names: readonly string[]): boolean {
  return environmentKeys.test(names.at(-1) ?? '');
}

/** The variable that names lead to, if they lead to one. */
export function variableOf(names: readonly string[]): string | undefined {
  const name = names.at(-1) ?? '';
  const isDeployment = names.at(-2) === 'environment' && deploymentFields.test(name);
  return isEnvironment(names.slice(0, -1)) && !isDeployment ? name : undefined;
}

/** A copy of a record with other values. */
export function mapValues(record: PlainRecord, change: (value: Plain, key: string) => Plain): PlainRecord {
  const result = Object.create(null) as Record<string, Plain>;
  for (const key of Object.keys(record)) result[key] = change(record[key], key);
  return result;
}

function environmentRecord(value: Plain): PlainRecord | undefined {
  if (isRecord(value)) {
    return Object.values(value).every(isLeaf)
      ? mapValues(value, (item) => (item === null ? '' : leafText(item)))
      : undefined;
  }
  if (!isList(value)) return undefined;
  const result = Object.create(null) as Record<string, Plain>;
  for (const item of value) {
    const variable = typeof item === 'string' ? assigned(item) : isRecord(item) ? named(item) : undefined;
    if (!variable) return undefined;
    result[variable[0]] = variable[1];
  }
  return result;
}

function assigned(text: string): readonly [string, string] | undefined {
  const [, name, value = ''] = /^([\w.-]+)(?:=([\s\S]*))?$/.exec(text) ?? [];
  return name === undefined ? undefined : [name, value];
}

function named({ name, value, valueFrom, ...rest }: PlainRecord): readonly [string, Plain] | undefined {
  if (typeof name !== 'string' || Object.keys(rest).length > 0) return undefined;
  if (valueFrom !== undefined) return value === undefined ? [name, sourceText(valueFrom)] : undefined;
  return isLeaf(value) ? [name, value === undefined || value === null ? '' : leafText(value)] : undefined;
}

const sources: Readonly<Record<string, string>> = {
  secretKeyRef: 'secret',
  configMapKeyRef: 'configMap',
  fieldRef: 'field',
  resourceFieldRef: 'resource',
};

/** `<secret shop-secrets stripe-url>`, a form that redaction knows for a reference. */
function sourceText(valueFrom: Plain): string {
  if (!isRecord(valueFrom)) return leafText(valueFrom);
  const parts = Object.entries(valueFrom).map(([kind, reference]) => {
    return `${sources[kind] ?? kind} ${isRecord(reference) ? referenceText(reference) : leafText(reference)}`;
  });
  return `<${parts.join(' ')}>`;
}

function referenceText({ name, key, fieldPath, resource, ...rest }: PlainRecord): string {
  const path = [name, key, fieldPath, resource].filter((part) => part !== undefined).map(leafText);
  const others = Object.entries(rest).filter(([, value]) => value !== undefined);
  return [...path, ...others.map(([field, value]) => `${field} ${leafText(value)}`)].join(' ');
}
