import { recordAt, valueAt } from '../../changes/deployed/jsonFields.ts';
import { type HealthWord, meaningOf, statusOf, worstWord } from './healthWords.ts';
import { plainParts } from './plainParts.ts';

/** A part of a service of which its health endpoint says that it is not fine. Strangers' text. */
export interface TroubledPart {
  readonly name: string;
  readonly word: Exclude<HealthWord, 'fine'>;
  /** As the endpoint calls it: `down`. */
  readonly status: string;
  readonly reason?: string;
}

/** What the body of a health endpoint says of the whole and of its parts. */
export interface HealthBody {
  /** Absent when it says nothing of the whole, or in a word that is not known. */
  readonly overall?: HealthWord;
  readonly troubled: readonly TroubledPart[];
}

/** Where parts are: Spring Boot Actuator (`components`, earlier `details`), IETF health+json and MicroProfile (`checks`), ASP.NET (`entries`, `results`), NestJS Terminus (`error`). */
const partKeys = ['checks', 'components', 'details', 'entries', 'results', 'error', 'dependencies', 'services'];
/** Where other things than parts are kept too: a lone word or truth value there is no verdict. */
const looseKeys = ['details', 'entries', 'results', 'error'];
const reasonKeys = ['error', 'output', 'message', 'description', 'reason', 'exception', 'detail', 'cause'];
/** Where the whole is said again, or all of it is. */
const wrappers = ['data', 'status', 'health', 'result', 'response', 'payload'];
/** Keys that are no part of their own. */
const ownKeys = [
  ...partKeys,
  ...wrappers,
  ...reasonKeys,
  'state',
  'healthy',
  'ok',
  'ready',
  'alive',
  'up',
  'connected',
  'isHealthy',
  'success',
];
const deepest = 4;
const mostParts = 50;
const longestWord = 40;
const longestLines = 5000;

/** Reads the usual formats of health endpoints: JSON, lines of `name: word`, or one word; undefined for what is none. Never throws. */
export function readHealthBody(body: string): HealthBody | undefined {
  const text = body.trim();
  if (!/^[[{]/.test(text)) return readWord(text) ?? readLines(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Whatever begins like JSON and is none tells nothing.
    return undefined;
  }
  return readValue(value);
}

function readValue(value: unknown): HealthBody {
  const overall = overallOf(value, 0);
  const parts = wholeParts(value, 0).slice(0, mostParts);
  const troubled = [...new Map(parts.map((part) => [part.name, part])).values()];
  return { troubled, ...(overall === undefined ? {} : { overall }) };
}

/** What ASP.NET Core and many a handler send: `Degraded`. */
function readWord(text: string): HealthBody | undefined {
  if (text.length > longestWord) return undefined;
  const overall = meaningOf(text.replace(/^"(.*)"$/, '$1').replace(/[.!]$/, ''));
  return overall === undefined ? undefined : { overall, troubled: [] };
}

/** Text of which every line is `database: down`. */
function readLines(text: string): HealthBody | undefined {
  if (text.length > longestLines) return undefined;
  const lines = text
    .split('\n')
    .map((line) => /^(\w[\w .-]{0,59}?)[ \t]{0,10}[:=][ \t]{0,10}(\S.{0,200})$/.exec(line.trim()));
  const entries = lines.flatMap((found) => (found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const]));
  return entries.length === lines.length ? readValue(Object.fromEntries(entries)) : undefined;
}

function overallOf(value: unknown, depth: number): HealthWord | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > deepest) return undefined;
  const inner = wrappers.map((key) => overallOf(valueAt(value, key), depth + 1));
  return worstWord(statusOf(value)?.word, ...inner);
}

/** The parts of a body, wherever the whole is. */
function wholeParts(value: unknown, depth: number): readonly TroubledPart[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return partsOfList(value as readonly unknown[]);
  const details = recordAt(value, 'details');
  const plain = [...plainParts(value, ownKeys), ...(details === undefined ? [] : plainParts(details, ownKeys))];
  return [
    ...partsOf(value, '', 0),
    ...plain.slice(0, mostParts).flatMap(({ name, value: part }) => partOf(name, part, 0)),
    ...wrappers.flatMap((key) => wholeParts(valueAt(value, key), depth + 1)),
  ];
}

/** A list tells of health when each that is in it has a name and a word for how it is: others are lists of orders. */
function partsOfList(list: readonly unknown[]): readonly TroubledPart[] {
  const parts = list.slice(0, mostParts);
  if (!parts.every((part) => typeof part === 'object' && nameIn(part) !== undefined && statusOf(part))) return [];
  return parts.flatMap((part) => partOf(nameOf(part), part, 0));
}

function partsOf(value: unknown, parent: string, depth: number): readonly TroubledPart[] {
  if (depth > deepest) return [];
  return partKeys.flatMap((key) =>
    namedIn(valueAt(value, key))
      .filter(([, part]) => typeof part === 'object' || !looseKeys.includes(key))
      .flatMap(([name, part]) => partOf(join(parent, name), part, depth)),
  );
}

/** By key, by the name in it where they are a list, and by the component where a key has several measurements (health+json). */
function namedIn(parts: unknown): readonly (readonly [name: string, part: unknown])[] {
  if (typeof parts !== 'object' || parts === null) return [];
  if (Array.isArray(parts)) return (parts as unknown[]).slice(0, mostParts).map((part) => [nameOf(part), part]);
  return Object.entries(parts)
    .slice(0, mostParts)
    .flatMap(([name, part]) =>
      Array.isArray(part)
        ? (part as unknown[]).slice(0, mostParts).map((one) => [name, one] as const)
        : [[name, part] as const],
    );
}

function nameOf(part: unknown): string {
  return nameIn(part) ?? 'a part without a name';
}

function nameIn(part: unknown): string | undefined {
  for (const key of ['name', 'id', 'key', 'component', 'componentId', 'service', 'check']) {
    const found = valueAt(part, key);
    if (typeof found === 'string' && found !== '') return found;
  }
  return undefined;
}

/** The parts of a part say more than the part. */
function partOf(name: string, part: unknown, depth: number): readonly TroubledPart[] {
  const inner = partsOf(part, name, depth + 1);
  if (inner.length > 0) return inner;
  const said = statusOf(part);
  if (said === undefined || said.word === 'fine') return [];
  const reason = reasonOf(part);
  return [{ name, word: said.word, status: said.text.toLowerCase(), ...(reason === undefined ? {} : { reason }) }];
}

function reasonOf(part: unknown): string | undefined {
  for (const place of [part, valueAt(part, 'details'), valueAt(part, 'data')]) {
    for (const key of reasonKeys) {
      const found = valueAt(place, key);
      if (typeof found === 'string' && found.trim() !== '') return found;
    }
  }
  return undefined;
}

function join(parent: string, name: string): string {
  return parent === '' ? name : `${parent} ${name}`;
}
