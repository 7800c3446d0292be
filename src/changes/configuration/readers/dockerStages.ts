import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { Entry } from '../entryDifferences.ts';
import type { Instruction } from './dockerfileReader.ts';
import { readDockerfile } from './dockerfileReader.ts';
import { assignmentsOf } from './shellWords.ts';

/** The image that a stage starts from, its tag or digest apart. */
export interface BaseImage {
  readonly repository: string;
  /** Tag or `sha256:…`; empty where none is given. */
  readonly version: string;
  readonly platform: string | undefined;
  /** The ARG whose default gave (a part of) it. */
  readonly argument: string | undefined;
}

/** What one value of a stage is; a step (RUN, COPY, ADD) runs in its order. */
export interface StageEntry extends Entry {
  readonly isStep: boolean;
}

/** A build stage; the first of a file holds what stands before the first FROM and has no image. */
export interface Stage {
  /** The same stage in another version: its name, its place among the unnamed ones, or `last`. */
  readonly key: string;
  readonly name: string | undefined;
  readonly image: BaseImage | undefined;
  readonly line: number;
  readonly entries: readonly StageEntry[];
}

/** The stages of a Dockerfile. Throws UnreadableConfiguration with the line. */
export function readStages(text: string): readonly Stage[] {
  const groups: { from: Instruction | undefined; rest: Instruction[] }[] = [{ from: undefined, rest: [] }];
  for (const instruction of readDockerfile(text)) {
    if (instruction.name === 'FROM') groups.push({ from: instruction, rest: [] });
    else groups.at(-1)?.rest.push(instruction);
  }
  const defaults = new Map(
    (groups[0]?.rest ?? []).filter(({ name }) => name === 'ARG').flatMap(({ text }) => assignmentsOf(text)),
  );
  let unnamed = 0;
  return groups.map(({ from, rest }, at) => {
    const entries = rest.flatMap(entriesOf);
    if (from === undefined) return { key: 'start', name: undefined, image: undefined, line: 1, entries };
    const { image, name } = readFrom(from, defaults);
    const key = at === groups.length - 1 ? 'last' : name === undefined ? `#${unnamed++}` : `stage ${name}`;
    return { key, name, image, line: from.line, entries: lastOnes(entries) };
  });
}

function readFrom(
  from: Instruction,
  defaults: ReadonlyMap<string, string>,
): { image: BaseImage; name: string | undefined } {
  const words = from.text.split(/\s+/);
  const platform = words.find((word) => word.startsWith('--platform='))?.slice('--platform='.length);
  const [written = '', as, name] = words.filter((word) => !word.startsWith('--'));
  if (written === '') throw new UnreadableConfiguration(`line ${from.line}: FROM without an image`);
  let argument: string | undefined;
  const reference = written.replace(
    /\$\{?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}?/g,
    (all, variable: string, otherwise?: string) => {
      const value = defaults.get(variable);
      if (value !== undefined && value !== '') argument = variable;
      return value === undefined || value === '' ? (otherwise ?? all) : value;
    },
  );
  const image = { ...splitReference(reference), platform, argument };
  return { image, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined };
}

function splitReference(reference: string): { repository: string; version: string } {
  const digest = reference.indexOf('@');
  const named = digest < 0 ? reference : reference.slice(0, digest);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/') && !named.slice(colon - 1).startsWith('{:');
  const tag = hasTag ? named.slice(colon + 1) : '';
  const repository = hasTag ? named.slice(0, colon) : named;
  if (digest < 0) return { repository, version: tag };
  const hash = reference.slice(digest + 1);
  return { repository, version: tag === '' ? hash : `${tag}@${hash}` };
}

const lastWins = new Set(['CMD', 'ENTRYPOINT', 'USER', 'HEALTHCHECK', 'STOPSIGNAL', 'SHELL']);

/** Of what only the last one counts, the last one. */
function lastOnes(entries: readonly StageEntry[]): readonly StageEntry[] {
  const last = new Map<string, StageEntry>();
  for (const entry of entries) last.set(entry.key, entry);
  return entries.filter((entry) => {
    const counts = lastWins.has(entry.key) || entry.key.startsWith('ENV ') || entry.key.startsWith('healthcheck ');
    return !counts || last.get(entry.key) === entry;
  });
}

function entriesOf({ name, text, line }: Instruction): readonly StageEntry[] {
  const one = (key: string, subject: string, value: string, isStep = false): StageEntry => ({
    key,
    subject,
    value,
    line,
    isStep,
  });
  switch (name) {
    case 'ENV':
      return assignmentsOf(text).map(([variable, value]) => one(`ENV ${variable}`, `env ${variable}`, value));
    case 'LABEL':
      return assignmentsOf(text).map(([label, value]) => one(`LABEL ${label}`, `label ${label}`, value));
    case 'ARG':
      return assignmentsOf(text).map(([variable, value]) => one(`ARG ${variable}`, `arg ${variable}`, value));
    case 'EXPOSE':
      return text
        .split(/\s+/)
        .map((port) => one(`port ${port.replace(/\/tcp$/i, '')}`, `port ${port.replace(/\/tcp$/i, '')}`, ''));
    case 'HEALTHCHECK':
      return healthcheck(text).map(([key, value]) => one(`healthcheck ${key}`, `healthcheck ${key}`, value));
    case 'RUN':
    case 'COPY':
    case 'ADD':
      // The lines of a here-document one by one: only those that changed are told.
      return text.split('\n').map((part) => one(name, name, part, true));
    default:
      return [one(name, name, commandOf(text))];
  }
}

function healthcheck(text: string): readonly (readonly [string, string])[] {
  const options = text.matchAll(/(?:^|\s)--([a-z-]{1,40})=(\S+)/g);
  const command = text.replace(/^(--\S+\s+)*/, '');
  return [
    ...[...options].map(([, key = '', value = '']): readonly [string, string] => [key, value]),
    ['command', commandOf(command.replace(/^CMD\s+/i, ''))],
  ];
}

/** An exec form `["a", "b"]` in one spelling; a shell form as it is. */
function commandOf(text: string): string {
  if (!text.startsWith('[')) return text;
  try {
    return JSON.stringify(JSON.parse(text)).replaceAll('","', '", "');
  } catch {
    // Docker runs what is no JSON as a shell form, too.
    return text;
  }
}
