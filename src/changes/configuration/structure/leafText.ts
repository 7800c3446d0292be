import type { Plain } from '../structuralDifferences.ts';

/** A leaf as people read it: text as it is, moments as the file format writes them. */
export function leafText(value: Plain): string {
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'object') return value === null ? 'null' : JSON.stringify(value);
  return typeof value === 'string' ? value : String(value);
}

function dateText(value: Date): string {
  // An invalid one throws in `toISOString`; TOML's local dates print without a zone there.
  return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
}
