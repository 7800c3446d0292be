import type { Folding } from './draft.ts';
import { replaceAt } from './draft.ts';
import type { DueTime } from './events.ts';
import type { Ulid } from './ids.ts';
import type { IsoTime } from './isoTime.ts';
import type { LedgerEntry } from './state.ts';

/** Ends the pending clock of a kind as done at `at`: met, or missed when that was after it was due. */
export function settle(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  const index = folding.pendingAt.get(kind);
  if (index === undefined) return;
  endPending(folding, kind, (entry) => doneAt(entry, at));
  folding.stoppedAt.set(kind, index);
}

/** Ends the clock of what need not be done again: no other clock of the kind starts. */
export function finish(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  settle(folding, kind, at);
  folding.done.add(kind);
}

/** Another time for what stopped a clock of a kind, or would have: judged again against the same due time. */
export function correctFinish(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  finish(folding, kind, at);
  replaceAt(folding.draft.ledger, folding.stoppedAt.get(kind), (entry) => ({ ...entry, outcome: doneAt(entry, at) }));
}

/** What is told only after the resolution had stopped the clock of a kind: the earlier of the two counts. */
export function finishAtLatest(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  const stopped = stoppedTime(folding, kind);
  correctFinish(folding, kind, stopped !== undefined && stopped < at ? stopped : at);
}

/** Ends the pending clock of a kind without its being done: a miss when it was already overdue at `at`. */
export function withdraw(folding: Folding, kind: DueTime['kind'], at: IsoTime): void {
  endPending(folding, kind, (entry) => (entry.dueAt < at ? { kind: 'missed' } : { kind: 'withdrawn' }));
}

/** Ends the pending clock of a kind for good: an incident that was none has no misses either. */
export function cancel(folding: Folding, kind: DueTime['kind']): void {
  endPending(folding, kind, () => ({ kind: 'withdrawn' }));
}

/** What was done counts no longer: it has to be done again, and its clock may start again. */
export function undo(folding: Folding, kind: DueTime['kind']): void {
  folding.done.delete(kind);
  folding.stoppedAt.delete(kind);
}

/**
 * Starts the clocks that an event set, each in place of the pending one of its kind; one that is due when the pending one
 * is goes on as it was. What was done first by another responder's event, or ended with the incident, does not start.
 */
export function start(
  folding: Folding,
  due: readonly DueTime[],
  event: { readonly id: Ulid; readonly at: IsoTime },
): void {
  const { draft, pendingAt, done } = folding;
  if (draft.closed !== undefined) return;
  for (const { kind, from, dueAt } of due) {
    const pending = pendingOf(folding, kind);
    if (done.has(kind) || pending?.dueAt === dueAt || pending?.setBy === event.id) continue;
    withdraw(folding, kind, event.at);
    const id = `${kind}-${event.id}`;
    pendingAt.set(
      kind,
      draft.ledger.push({ id, kind, from, dueAt, setBy: event.id, outcome: { kind: 'pending' } }) - 1,
    );
  }
}

/** The clock of a kind that is running; undefined when none is. */
export function pendingOf({ draft, pendingAt }: Folding, kind: DueTime['kind']): LedgerEntry | undefined {
  const index = pendingAt.get(kind);
  return index === undefined ? undefined : draft.ledger[index];
}

function stoppedTime({ draft, stoppedAt }: Folding, kind: DueTime['kind']): IsoTime | undefined {
  const index = stoppedAt.get(kind);
  const outcome = index === undefined ? undefined : draft.ledger[index]?.outcome;
  return outcome !== undefined && 'at' in outcome ? outcome.at : undefined;
}

function doneAt(entry: LedgerEntry, at: IsoTime): LedgerEntry['outcome'] {
  return { kind: at <= entry.dueAt ? 'met' : 'missed', at };
}

function endPending(
  folding: Folding,
  kind: DueTime['kind'],
  outcome: (entry: LedgerEntry) => LedgerEntry['outcome'],
): void {
  replaceAt(folding.draft.ledger, folding.pendingAt.get(kind), (entry) => ({ ...entry, outcome: outcome(entry) }));
  folding.pendingAt.delete(kind);
}
