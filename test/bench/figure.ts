import { median, spreadOf } from './statistics.ts';

/** One line of the JSON that `--json FILE` writes; what does not apply is null. */
export interface Figure {
  readonly name: string;
  /** The median of what was measured. */
  readonly value: number;
  readonly unit: string;
  /** The median of the reference, measured in the same run and in turns with the value; in the same unit. */
  readonly reference: number | null;
  /** `value / reference`. */
  readonly ratio: number | null;
  /** `ratio <= 1.5`, `value <= 300`, or `value - reference <= 10`. */
  readonly goal: string | null;
  readonly met: boolean | null;
}

/** A figure with what only people want to see beside it. */
export interface Measured extends Figure {
  /** `4.1–5.0`: between which values the middle half lies; empty for a single measurement. */
  readonly spread: string;
  readonly referenceSpread: string;
}

/** What a goal is about; the measured may be at most this much. */
export type Goal =
  | { readonly of: 'value'; readonly atMost: number }
  | { readonly of: 'ratio'; readonly atMost: number }
  | { readonly of: 'difference'; readonly atMost: number };

export interface Samples {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** What the reference took, in the same unit. */
  readonly references?: readonly number[];
  readonly goal?: Goal;
  /** What stands for the samples; the median unless given. */
  readonly summarize?: (samples: readonly number[]) => number;
}

const goalTexts = { value: 'value', ratio: 'ratio', difference: 'value - reference' } as const;

/** Makes a figure of samples. */
export function figureOf({ name, unit, values, references, goal, summarize = median }: Samples): Measured {
  const value = summarize(values);
  const reference = references === undefined ? null : summarize(references);
  const ratio = reference === null || reference <= 0 ? null : value / reference;
  return {
    name,
    value: rounded(value),
    unit,
    reference: reference === null ? null : rounded(reference),
    ratio: ratio === null ? null : rounded(ratio),
    goal: goal === undefined ? null : `${goalTexts[goal.of]} <= ${goal.atMost}`,
    met: goal === undefined ? null : isMet(goal, value, reference, ratio),
    spread: spreadOf(values, formatNumber),
    referenceSpread: references === undefined ? '' : spreadOf(references, formatNumber),
  };
}

/** A number with three significant digits, and all of its whole ones. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function isMet(goal: Goal, value: number, reference: number | null, ratio: number | null): boolean {
  if (goal.of === 'value') return value <= goal.atMost;
  if (goal.of === 'ratio') return ratio !== null && ratio <= goal.atMost;
  return reference !== null && value - reference <= goal.atMost;
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
