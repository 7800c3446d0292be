import { parseDocument } from 'yaml';
import { secretNames } from '../secretReferences.ts';
import type { JsonSchema } from './jsonSchemaAt.ts';
import { schemasAt } from './jsonSchemaAt.ts';
import { yamlCursor } from './yamlCursor.ts';

/** Something that may stand at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference';
  readonly description?: string;
  /** What is written; with `$1` where a person goes on. */
  readonly insert: string;
}

export interface Suggestions {
  /** What a chosen one takes the place of, as offsets. */
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
}

/** Keys and values that may stand at an offset of mayday.yaml: those of the schema, and the names that other parts of the file give. */
export function completeConfiguration(text: string, offset: number, schema: JsonSchema): Suggestions {
  const cursor = yamlCursor(text, offset);
  if (cursor === undefined) return { start: offset, end: offset, suggestions: [] };
  const { path, at, siblings, start, end } = cursor;
  const found = schemasAt(schema, path);
  const suggestions = [
    ...(at === 'value' ? [] : keysOf(found, siblings)),
    ...(at === 'key' ? [] : [...references(text, path), ...valuesOf(found)]),
  ];
  return {
    start,
    end,
    suggestions: suggestions.filter(
      (one, index) => suggestions.findIndex(({ label }) => label === one.label) === index,
    ),
  };
}

function keysOf(schemas: readonly JsonSchema[], siblings: readonly string[]): readonly Suggestion[] {
  return schemas.flatMap(({ properties = {}, propertyNames, required = [] }) => {
    const named = (propertyNames?.enum ?? []).map((name): readonly [string, JsonSchema] => [String(name), {}]);
    return [...Object.entries<JsonSchema>(properties), ...named]
      .filter(([key]) => !siblings.includes(key))
      .map(([key, schema]): Suggestion => {
        const description = [schema.description, required.includes(key) ? 'Must be there.' : undefined]
          .filter(Boolean)
          .join(' ');
        return { label: key, kind: 'key', insert: `${key}: `, ...(description === '' ? {} : { description }) };
      });
  });
}

function valuesOf(schemas: readonly JsonSchema[]): readonly Suggestion[] {
  return schemas.flatMap((schema) => {
    const words = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])];
    const all = schema.type === 'boolean' ? [...words, true, false] : words;
    return all.map((word): Suggestion => {
      const label = String(word);
      return {
        label,
        kind: 'value',
        insert: label,
        ...(schema.description === undefined ? {} : { description: schema.description }),
      };
    });
  });
}

/** Names that the file gives elsewhere, where one of them is meant. */
function references(text: string, path: readonly string[]): readonly Suggestion[] {
  const key = path.at(-1) === '[]' ? path.at(-2) : path.at(-1);
  const root = rootOf(text);
  if (key === 'statusPage')
    return Object.keys(asRecord(root['statusPages'])).map((name) => reference(name, 'A page of statusPages.'));
  if (key === 'source' && path.at(-2) === 'metrics')
    return sourceNames(root).map((name) => reference(name, 'A server of dataSources.prometheus.'));
  if (key === 'owners') return people(root).map((name) => reference(name, 'Somebody of people.'));
  const takesSecret = path.includes('headers') || (key === 'token' && path.includes('pagerduty'));
  return takesSecret ? secrets(text) : [];
}

function secrets(text: string): readonly Suggestion[] {
  const known = secretNames(text).map((name) =>
    reference(`secret:${name}`, 'A secret of this machine: Incident: Set Secret….'),
  );
  const description = 'A secret that only this machine has; Incident: Set Secret… keeps its value.';
  return [...known, { label: 'secret:NAME', kind: 'reference', insert: 'secret:$1', description }];
}

function reference(name: string, description: string): Suggestion {
  const isPlain = /^[A-Za-z][\w .:/-]*$/.test(name) && !name.includes(': ');
  return { label: name, kind: 'reference', insert: isPlain ? name : JSON.stringify(name), description };
}

function sourceNames(root: Readonly<Record<string, unknown>>): readonly string[] {
  const servers = asRecord(root['dataSources'])['prometheus'];
  const list: readonly unknown[] = Array.isArray(servers) ? servers : servers == null ? [] : [servers];
  return list.map((one, index) => {
    const { name } = asRecord(one);
    return typeof name === 'string' ? name : list.length === 1 ? 'Prometheus' : `Prometheus ${String(index + 1)}`;
  });
}

function people(root: Readonly<Record<string, unknown>>): readonly string[] {
  const listed = root['people'];
  return (Array.isArray(listed) ? (listed as readonly unknown[]) : []).flatMap((one) => {
    const { name } = asRecord(one);
    return typeof name === 'string' ? [name] : [];
  });
}

/** What can be read of a file that is being written. */
function rootOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const document = parseDocument(text.slice(0, 256 * 1024), {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    return asRecord(document.toJS({ maxAliasCount: 100 }));
  } catch {
    // What is being written may be anything: then there is no name to offer.
    return {};
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
