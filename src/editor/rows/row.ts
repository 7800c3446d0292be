import type { CommandId } from '../../contributions.ts';

/** One row of a tree as data: what it shows, what a click does, and what commands on it are about. */
export interface Row {
  /** Unique within its view and the same at every refresh, or selection and expansion would be lost. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Plain text. */
  readonly tooltip?: string;
  readonly icon?: { readonly id: string; readonly color?: string };
  /** `base+flag+flag`, for the `when` clauses of package.json. */
  readonly context?: string;
  readonly command?: { readonly id: CommandId; readonly args: Readonly<Record<string, unknown>> };
  readonly checked?: boolean;
  /** What a screen reader says instead of label and description. */
  readonly aria?: string;
  /** What a command that runs on this row already knows. */
  readonly args?: Readonly<Record<string, unknown>>;
  readonly expanded?: boolean;
  readonly children?: readonly Row[];
}

/** The rows of a tree by id, parents before children. */
export function rowsById(rows: readonly Row[], found = new Map<string, Row>()): Map<string, Row> {
  for (const row of rows) {
    found.set(row.id, row);
    if (row.children !== undefined) rowsById(row.children, found);
  }
  return found;
}

/** True when two rows look alike and have the same children by id: whether those changed is their own affair. */
export function sameRow(a: Row, b: Row): boolean {
  return a === b || shallow(a) === shallow(b);
}

function shallow({ children, ...row }: Row): string {
  return JSON.stringify([row, children?.map((child) => child.id)]);
}

/** `base+flag+flag`, leaving out flags that do not hold. */
export function contextOf(base: string, flags: Readonly<Record<string, boolean>>): string {
  const held = Object.entries(flags).filter(([, holds]) => holds);
  return [base, ...held.map(([flag]) => flag)].join('+');
}
