/** One thing that a migration does. */
export interface Operation {
  /** Goes on after `migration 042`: `drops column users.email`. */
  readonly text: string;
  /** What makes it dangerous: `irreversible`. */
  readonly note?: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What each danger is called, so that all kinds of migrations say it in the same words. */
export const danger = {
  dataGone: 'irreversible',
  notNullWithoutDefault: 'not null without a default: fails where rows exist',
  rewritesTable: 'may rewrite and lock the table',
  indexLocks: 'not concurrently: in PostgreSQL writes wait while it builds',
  becomesNotNull: 'fails where a row holds null',
  allRows: 'every row, no WHERE',
} as const;

/** An operation; `notes` that are undefined are left out. */
export function operation(line: number, text: string, ...notes: readonly (string | undefined)[]): Operation {
  const told = notes.filter((note) => note !== undefined);
  return told.length === 0 ? { text, line } : { text, line, note: told.join(', ') };
}
