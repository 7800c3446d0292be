import type { PlainScalar } from '../structure/plainKinds.ts';

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

const longestWord = 5;

/** The value of a plain scalar by the core schema of YAML 1.2 (10.3.2); integers that a double cannot hold as bigint. */
export function plainScalar(text: string): PlainScalar {
  if (text.length <= longestWord && words.has(text)) return words.get(text);
  // Most scalars are words.
  if (!/^[-+.\d]/.test(text)) return text;
  if (/^[-+]?\d+$/.test(text)) return integer(text);
  if (/^0o[0-7]+$|^0x[\da-fA-F]+$/.test(text)) return Number(text);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}

/** More digits nobody means, and reading them takes long. */
const mostDigits = 400;

/** An integer of decimal digits; one that a double would round as bigint. */
export function integer(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) || text.length > mostDigits ? number : BigInt(text);
}

/** A scalar that stands as a key. */
export function keyOfScalar(value: PlainScalar): string {
  return value === null ? '' : String(value);
}

/** The value of a quoted scalar that stands on one line, a comment behind it; undefined where it takes more to read it. */
export function quotedScalar(text: string): string | undefined {
  const [, double, single] =
    /^(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^']*(?:''[^']*)*)')[ \t]*(?:(?<=[ \t])#.*)?$/.exec(text) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  if (!double?.includes('\\')) return double;
  return /^[^\\\t]*(?:\\["\\/bfnrt][^\\\t]*)*$/.test(double) ? (JSON.parse(`"${double}"`) as string) : undefined;
}
