import type { Plain, PlainRecord } from '../structuralDifferences.ts';

/** What has nothing in it. */
export type PlainScalar = Exclude<Plain, readonly Plain[] | PlainRecord>;

/** True for a list of plain data. */
export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** True for plain data with keys: no list, no moment. */
export function isRecord(value: Plain): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** True for what has nothing in it: text, numbers, moments, null. */
export function isLeaf(value: Plain): value is PlainScalar {
  return typeof value !== 'object' || value === null || value instanceof Date;
}

/** True for a record or list without members. */
export function isEmpty(value: Plain): boolean {
  return isList(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}
