import type { FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import type { LocatedValue } from '../readers/locatedValue.ts';
import type { Plain, StructureOptions } from '../structuralDifferences.ts';
import { structuralDifferences } from '../structuralDifferences.ts';

/** How a kind of file is compared; `shaped` brings two ways to write the same thing into one form, keeping places. */
export interface FileComparison extends Omit<StructureOptions, 'lineAfter' | 'lineBefore'> {
  readonly read: (text: string) => LocatedValue;
  readonly shaped?: (value: Plain) => Plain;
}

/** What differs in meaning between two versions of a file of one value; of a file that came or went, what is in it. */
export function comparedFile(
  { before, after }: Pick<FileVersions, 'before' | 'after'>,
  { read, shaped = (value) => value, ...options }: FileComparison,
): readonly Difference[] {
  if (before === after) return [];
  const earlier = before === undefined ? undefined : read(before);
  const later = after === undefined ? undefined : read(after);
  return structuralDifferences(earlier && shaped(earlier.value), later && shaped(later.value), {
    ...options,
    ...(later && { lineAfter: later.lineOf }),
    ...(earlier && { lineBefore: earlier.lineOf }),
  });
}
