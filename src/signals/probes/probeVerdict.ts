import type { Verdict } from '../../incident/words.ts';

/** What one probe comes to. */
export interface ProbeVerdict {
  readonly verdict: Verdict;
  /** A sentence without a full stop that goes on from the name of what was probed. */
  readonly text: string;
  readonly details?: readonly string[];
  /** It is what could not be seen: told beside what is fine, which would sound like all of it. */
  readonly isGap?: true;
}

const order: readonly Verdict[] = ['notApplicable', 'ok', 'unknown', 'suspicious', 'bad'];

/** The worst of what one probe told, in one: its text first, then those of the others that point somewhere; where none does, what was not seen. */
export function worstVerdict(first: ProbeVerdict, ...others: readonly ProbeVerdict[]): ProbeVerdict {
  const pointing = others.filter(({ verdict }) => verdict === 'bad' || verdict === 'suspicious');
  const [worst = first] = [first, ...pointing].toSorted((a, b) => order.indexOf(b.verdict) - order.indexOf(a.verdict));
  const gaps = worst.verdict === 'ok' ? others.filter(({ isGap }) => isGap === true) : [];
  const details = [first, ...others].flatMap((one) => one.details ?? []);
  return {
    verdict: worst.verdict,
    text: [first, ...pointing, ...gaps].map(({ text }) => text).join('; '),
    ...(details.length === 0 ? {} : { details }),
  };
}

/** `840 ms`, `2.4 s` */
export function latencyText(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${String(Math.round(ms / 100) / 10)} s`;
}
