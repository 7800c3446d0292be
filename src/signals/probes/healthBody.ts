import { valueAt } from '../../changes/deployed/jsonFields.ts';

/** What a word of a health endpoint means. */
export type HealthWord = 'fine' | 'warning' | 'failing';

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

const warning = /^(?:warn(?:ing)?|degraded|partial(?:ly)?|slow|unstable|minor)$/;
const failing =
  /^(?:down|fail(?:ed|ing|ure)?|unhealthy|error|critical|out[ _-]?of[ _-]?service|dead|offline|unavailable|not[ _-]?(?:ready|ok|healthy)|ko|broken|disconnected|timeout)$/;
const fine =
  /^(?:up|ok|okay|pass(?:ed|ing)?|healthy|ready|alive|live|green|connected|available|running|success|serving)$/;

/** Where parts are: Spring Boot Actuator (`components`, earlier `details`), IETF health+json and MicroProfile (`checks`), ASP.NET (`entries`, `results`), NestJS Terminus (`error`). */
const partKeys = ['checks', 'components', 'details', 'entries', 'results', 'error', 'dependencies', 'services'];
/** Where other things than parts are kept too: a lone word or truth value there is no verdict. */
const looseKeys = ['details', 'entries', 'results', 'error'];
const reasonKeys = ['error', 'output', 'message', 'description', 'reason', 'exception', 'detail', 'cause'];
const deepest = 4;
const mostParts = 50;

/** Reads the usual formats of health endpoints; undefined for what is no JSON object. Never throws. */
export function readHealthBody(body: string): HealthBody | undefined {
  if (!body.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const overall = wordOf(value);
  const parts = partsOf(value, '', 0).slice(0, mostParts);
  const troubled = [...new Map(parts.map((part) => [part.name, part])).values()];
  return { troubled, ...(overall === undefined ? {} : { overall }) };
}

function wordOf(value: unknown): HealthWord | undefined {
  const text = statusText(value)?.trim().toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'false' || failing.test(text)) return 'failing';
  if (warning.test(text)) return 'warning';
  return text === 'true' || fine.test(text) ? 'fine' : undefined;
}

function statusText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  for (const key of ['status', 'state', 'healthy', 'ok', 'health']) {
    const found = valueAt(value, key);
    if (typeof found === 'string' || typeof found === 'boolean') return String(found);
  }
  return undefined;
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
  for (const key of ['name', 'id', 'key', 'component', 'componentId']) {
    const found = valueAt(part, key);
    if (typeof found === 'string' && found !== '') return found;
  }
  return 'a part without a name';
}

/** The parts of a part say more than the part. */
function partOf(name: string, part: unknown, depth: number): readonly TroubledPart[] {
  const inner = partsOf(part, name, depth + 1);
  if (inner.length > 0) return inner;
  const word = wordOf(part);
  if (word === undefined || word === 'fine') return [];
  const reason = reasonOf(part);
  const status = typeof part === 'boolean' || statusText(part) === 'false' ? 'failing' : (statusText(part) ?? word);
  return [{ name, word, status: status.toLowerCase(), ...(reason === undefined ? {} : { reason }) }];
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
