import type { IsoTime } from '../../incident/isoTime.ts';
import type { HostAnswer } from './resolvesHosts.ts';

/** One answer for a host, and when it was seen for the first time. */
export interface SeenAnswer {
  readonly firstSeenAt: IsoTime;
  /** Sorted. */
  readonly addresses: readonly string[];
  readonly alias?: string;
}

/** The different answers for a host so far, the newest first. */
export interface HostRecord {
  readonly host: string;
  readonly answers: readonly SeenAnswer[];
  /** True once an older answer came back after a newer one: these take turns. A further answer ends it. */
  readonly isRotating?: boolean;
}

/** How an answer stands to those before it. */
export type HostChange =
  | { readonly kind: 'first' }
  /** The newest one of before, and nothing tells that it is a change. */
  | { readonly kind: 'same' }
  /** Several answers take turns, or share some of their addresses: this one says nothing new. */
  | { readonly kind: 'rotates'; readonly different: number; readonly since: IsoTime }
  | { readonly kind: 'changed'; readonly before: SeenAnswer };

type Answered = Extract<HostAnswer, { kind: 'answered' }>;

/** So many different answers tell that they rotate. */
const mostAnswers = 8;

/**
 * Compares sets: order says nothing, and what takes turns is no change. A change stays one while its answer is the newest
 * recorded, until an older one comes back. `since`: when the incident began; a change is told against the newest answer
 * recorded before it, where there is one, and what was the newest before it is none.
 */
export function hostChange(answer: Answered, record: HostRecord | undefined, since?: IsoTime): HostChange {
  const [last, ...earlier] = record?.answers ?? [];
  if (last === undefined) return { kind: 'first' };
  if (isSame(last, answer) && record?.isRotating !== true) {
    const wasBefore = since !== undefined && last.firstSeenAt < since;
    if (earlier.length === 0 || wasBefore) return { kind: 'same' };
    return hostChange(answer, { host: answer.host, answers: earlier }, since);
  }
  const all = [last, ...earlier];
  const before = all.find(({ firstSeenAt }) => since !== undefined && firstSeenAt < since) ?? last;
  const oldest = all.at(-1) ?? last;
  const isKnown = all.some((seen) => isSame(seen, answer));
  const known = new Set(all.flatMap(({ addresses }) => addresses));
  const isOverlap = answer.alias === last.alias && answer.addresses.some((address) => known.has(address));
  if (!isKnown && !isOverlap) return { kind: 'changed', before };
  // An answer that grew or shrank once may be a change of its own: only the second difference shows a rotation.
  if (!isKnown && all.length === 1 && isSubset(answer, last)) return { kind: 'changed', before };
  return { kind: 'rotates', different: all.length + (isKnown ? 0 : 1), since: oldest.firstSeenAt };
}

/** The record with an answer in it; the same record where it is known, so that equal sights are equal evidence. */
export function withAnswer(answer: Answered, record: HostRecord | undefined, now: IsoTime): HostRecord {
  const answers = record?.answers ?? [];
  const place = answers.findIndex((seen) => isSame(seen, answer));
  if (record !== undefined && place >= 0) {
    return place === 0 || record.isRotating === true ? record : { ...record, isRotating: true };
  }
  const { host, addresses, alias } = answer;
  const seen: SeenAnswer = { firstSeenAt: now, addresses, ...(alias === undefined ? {} : { alias }) };
  return { host, answers: [seen, ...answers].slice(0, mostAnswers) };
}

function isSame(seen: SeenAnswer, { addresses, alias }: Answered): boolean {
  return seen.alias === alias && seen.addresses.join() === addresses.join();
}

/** True when one set holds the other. */
function isSubset({ addresses }: Answered, seen: SeenAnswer): boolean {
  const holds = (large: readonly string[], small: readonly string[]) =>
    small.every((address) => large.includes(address));
  return holds(seen.addresses, addresses) || holds(addresses, seen.addresses);
}
