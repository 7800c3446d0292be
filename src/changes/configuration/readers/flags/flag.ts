import type { Entry } from '../../entryDifferences.ts';
import type { Plain } from '../../structuralDifferences.ts';
import { isRecord } from '../../structure/plainKinds.ts';

/** A feature flag as a file holds it. */
export interface Flag {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** What it is, per environment, then what else decides it. */
  readonly aspects: readonly Aspect[];
}

/** One thing that decides a flag; the main one, whether it is on, has no name. */
export interface Aspect extends Entry {
  readonly isMain: boolean;
}

/** Reads flags from the value of a file; `lineOf` gives the line of a place. */
export type ReadsFlags = (value: Plain, lineOf: (place: readonly string[]) => number) => readonly Flag[];

/** An aspect of `flag`: `name` empty for whether it is on. */
export function aspect(
  flag: string,
  name: string,
  value: string,
  { line, environment }: { readonly line: number; readonly environment?: string | undefined },
): Aspect {
  const subject = name === '' ? `flag ${flag}` : `flag ${flag} ${name}`;
  const key = `${name}\0${environment ?? ''}`;
  return {
    key,
    subject,
    value,
    line,
    isMain: name === '',
    ...(environment === undefined ? {} : { note: environment }),
  };
}

/** `on` and `off` for booleans and for words that mean them, other scalars as they are, the rest as JSON with sorted keys. */
export function flagValue(value: Plain): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return sortedJson(value);
}

/** JSON in one line with sorted keys, so that their order says nothing. */
export function sortedJson(value: Plain): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    if (!isRecord(inner as Plain)) return inner;
    const entries = Object.entries(inner as object).sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries) as unknown;
  }) as string | undefined;
  return text ?? '';
}

/** A share: `5%`, at most two digits behind the point. */
export function percent(share: number): string {
  return `${Math.round(share * 100) / 100}%`;
}

/** Names and weights of what a flag is split into as aspects: `rollout: 5% → 50%` where one of two means on. */
export function rolloutAspects(
  flag: string,
  shares: readonly (readonly [variant: string, weight: number])[],
  place: { readonly line: number; readonly environment?: string | undefined },
): readonly Aspect[] {
  const sum = shares.reduce((total, [, weight]) => total + weight, 0);
  if (sum <= 0) return [];
  const on = shares.find(([variant]) => /^(?:on|true|enabled|yes)$/i.test(variant));
  if (on !== undefined && shares.length <= 2) return [aspect(flag, 'rollout', percent((on[1] / sum) * 100), place)];
  return shares.map(([variant, weight]) => aspect(flag, `rollout of ${variant}`, percent((weight / sum) * 100), place));
}
