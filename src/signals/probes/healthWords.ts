import { valueAt } from '../../changes/deployed/jsonFields.ts';

/** What a word of a health endpoint means. */
export type HealthWord = 'fine' | 'warning' | 'failing';

/** What something says of itself, and how it says it. */
export interface SaidStatus {
  readonly word: HealthWord;
  /** As it is written: `DOWN`; of a truth value and of a number, the word or the number. */
  readonly text: string;
}

const warning = /^(?:warn(?:ing)?|degraded|partial(?:ly)?|slow|unstable|minor|yellow)$/;
const failing =
  /^(?:down|fail(?:ed|ing|ure)?|unhealthy|error|critical|out[ _-]?of[ _-]?service|dead|offline|unavailable|unreachable|not[ _-]?(?:ready|ok|healthy|connected|serving)|ko|broken|disconnected|timeout|red)$/;
const fine =
  /^(?:up|ok|okay|pass(?:ed|ing)?|healthy|ready|alive|live|green|connected|available|running|success|serving)$/;

const statusKeys = ['status', 'state', 'healthy', 'isHealthy', 'ok', 'health', 'result', 'statusCode'];
/** Truth values alone: `up: "2 h"` tells since when. */
const truthKeys = ['ready', 'alive', 'up', 'connected', 'success'];
const badness: readonly HealthWord[] = ['fine', 'warning', 'failing'];

/** The meaning of one word; undefined when it is not known. */
export function meaningOf(text: string): HealthWord | undefined {
  const word = text.trim().toLowerCase();
  if (failing.test(word)) return 'failing';
  if (warning.test(word)) return 'warning';
  return fine.test(word) ? 'fine' : undefined;
}

/** What a value says of itself, as a word, a truth value, or under one of the usual keys; the worst where it says several things. */
export function statusOf(value: unknown): SaidStatus | undefined {
  if (typeof value !== 'object') return lone(value);
  const said = [
    ...statusKeys.flatMap((key) => underKey(key, valueAt(value, key))),
    ...truthKeys.flatMap((key) => {
      const found = valueAt(value, key);
      return typeof found === 'boolean' ? (lone(found) ?? []) : [];
    }),
  ];
  return said.toSorted((a, b) => badness.indexOf(b.word) - badness.indexOf(a.word))[0];
}

/** The worst of several; undefined when none says anything. */
export function worstWord(...words: readonly (HealthWord | undefined)[]): HealthWord | undefined {
  return badness.findLast((word) => words.includes(word));
}

function lone(value: unknown): SaidStatus | undefined {
  if (value === false || value === 'false') return { word: 'failing', text: 'failing' };
  if (value === true || value === 'true') return { word: 'fine', text: 'fine' };
  const word = typeof value === 'string' ? meaningOf(value) : undefined;
  return word === undefined ? undefined : { word, text: String(value).trim() };
}

/** A number there is a status of HTTP. */
function underKey(key: string, value: unknown): readonly SaidStatus[] {
  if (typeof value !== 'number') return typeof value === 'object' ? [] : [lone(value) ?? []].flat();
  if (!key.startsWith('status') || !Number.isInteger(value) || value < 200 || value > 599) return [];
  return value >= 400 || value < 300 ? [{ word: value >= 400 ? 'failing' : 'fine', text: String(value) }] : [];
}
