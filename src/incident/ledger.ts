import type { Folding } from './draft.ts';
import { replaceAt } from './draft.ts';
import type { DueTime } from './events.ts';
import type { Ulid } from './ids.ts';
import type { IsoTime } from './isoTime.ts';
import type { LedgerEntry } from './state.ts';

/** Ends the pending clock of a kind as done at `at`: met, or missed when that was after it was due. */
export function settle(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  endPending(folding, kind, (entry) => ({ kind: at <= entry.dueAt ? 'met' : 'missed', at }));
}

/** Ends the pending clock of a kind without its being done: a miss when it was already overdue at `at`. */
export function withdraw(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  endPending(folding, kind, (entry) => (entry.dueAt < at ? { kind: 'missed' } : { kind: 'withdrawn' }));
}

/** Ends the pending clock of a kind for good: an incident that was none has no misses either. */
export function cancel(folding: Folding, kind: DueTime['kind']): void {
  endPending(folding, kind, () => ({ kind: 'withdrawn' }));
}

/**
 * Starts the clocks that an event set, each in place of the pending one of its kind. Response and mitigation happen
 * once: when another responder's event settled them first, a clock that arrives later does not start them again.
 */
export function start(
  folding: Folding,
  due: readonly DueTime[],
  event: { readonly id: Ulid; readonly at: IsoTime },
): void {
  const { draft, pendingAt } = folding;
  for (const { kind, from, dueAt } of due) {
    const done =
      kind === 'respond' ? draft.moments.acknowledged : kind === 'mitigate' ? draft.moments.mitigated : undefined;
    if (done !== undefined) continue;
    withdraw(folding, kind, event.at);
    const entry: LedgerEntry = {
      id: `${kind}-${event.id}`,
      kind,
      from,
      dueAt,
      setBy: event.id,
      outcome: { kind: 'pending' },
    };
    pendingAt.set(kind, draft.ledger.push(entry) - 1);
  }
}

function endPending(
  folding: Folding,
  kind: DueTime['kind'],
  outcome: (entry: LedgerEntry) => LedgerEntry['outcome'],
): void {
  replaceAt(folding.draft.ledger, folding.pendingAt.get(kind), (entry) => ({ ...entry, outcome: outcome(entry) }));
  folding.pendingAt.delete(kind);
}
