import type { Plain } from '../structuralDifferences.ts';
import { isList, isRecord } from './plainKinds.ts';

/** What stands at a place; undefined where nothing does. */
export function valueAt(value: Plain, ...place: readonly string[]): Plain {
  let at = value;
  for (const step of place) {
    if (isList(at)) at = at[Number(step)];
    else at = isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

/** The text at a place; undefined for anything but text and numbers. */
export function textAt(value: Plain, ...place: readonly string[]): string | undefined {
  const found = valueAt(value, ...place);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
