import type { Verdict } from '../incident/words.ts';
import type { Observation } from './observation.ts';

/** What a check comes to, in one or two sentences. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly summary: string;
}

/** The worst first. Not seeing something counts more than seeing that the rest is fine. */
const order: readonly Verdict[] = ['bad', 'suspicious', 'unknown', 'ok', 'notApplicable'];
const mostTold = 2;

/** The worst first; of one verdict, what became so last before what has been so for long; else as they were. */
export function worstFirst(observations: readonly Observation[]): readonly Observation[] {
  const rank = ({ verdict }: Observation) => order.indexOf(verdict);
  // What nobody dated may have begun just now.
  const since = (one: Observation) => one.since ?? one.at;
  return observations.toSorted((a, b) => rank(a) - rank(b) || since(b).localeCompare(since(a)));
}

/**
 * The verdict of a check from what it saw: the worst one, and never *ok* where something could not be seen.
 * @param nothing why there was nothing to look at, a sentence: it is the summary of a check without observations.
 */
export function judgeObservations(observations: readonly Observation[], nothing: string): Judgement {
  const [first] = worstFirst(observations);
  if (first === undefined) return { verdict: 'unknown', summary: nothing };
  const of = (verdict: Verdict) => observations.filter((one) => one.verdict === verdict);
  const pointing = worstFirst([...of('bad'), ...of('suspicious')]);
  const [unseen, fine] = [of('unknown'), of('ok')];
  const sentences = [
    ...(pointing.length === 0 ? [] : [told(pointing)]),
    ...(pointing.length === 0 && fine.length > 0 ? [`${fineText(fine)}.`] : []),
    ...(pointing.length > 0 && fine.length > 0
      ? [`${String(fine.length)} other${fine.length === 1 ? ' is' : 's are'} fine.`]
      : []),
    ...(unseen.length === 0 ? [] : [`Not seen: ${told(unseen)}`]),
    ...(first.verdict === 'notApplicable' ? [told(of('notApplicable'))] : []),
  ];
  return { verdict: first.verdict, summary: sentences.join(' ') };
}

/** `checkout /health/ready answers 503; Stripe API has an outage; 2 more.` */
function told(observations: readonly Observation[]): string {
  const shown = observations.slice(0, mostTold).map(observationSentence);
  const rest = observations.length - shown.length;
  return `${[...shown, ...(rest > 0 ? [`${String(rest)} more`] : [])].join('; ')}.`;
}

function fineText(fine: readonly Observation[]): string {
  const [only] = fine;
  return fine.length === 1 && only !== undefined
    ? observationSentence(only)
    : `${String(fine.length)} looked at, all fine`;
}

/** Subject, name and text in one line. */
export function observationSentence({ subject, name, text }: Observation): string {
  return [subject, name, text].filter((part) => part !== '').join(' ');
}
