import { listAt, textAt, valueAt } from '../../changes/deployed/jsonFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { toIsoTime } from '../../incident/isoTime.ts';
import { webAddressOf } from '../../safety/webAddress.ts';

/** The time at a path of JSON of strangers; undefined when there is none with a zone. */
export function timeAt(value: unknown, ...path: readonly string[]): IsoTime | undefined {
  const text = textAt(value, ...path);
  return text === undefined ? undefined : toIsoTime(text);
}

/** An id, written as text or as a number. */
export function idAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found.slice(0, 200) : undefined;
}

/** An address with http or https, nothing else. */
export function linkAt(value: unknown, ...path: readonly string[]): string | undefined {
  return webAddressOf(textAt(value, ...path) ?? '')?.href;
}

/** The first of a list at one of several names: vendors differ. */
export function firstListAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  return names.map((name) => listAt(value, name)).find((list) => list.length > 0) ?? [];
}
