import type { IsoTime } from '../incident/isoTime.ts';
import type { Verdict } from '../incident/words.ts';
import { redactedLine } from '../safety/redactedLine.ts';
import { webAddressOf } from '../safety/webAddress.ts';

/** One thing that a check saw, or could not see, in words for people. Made by `observation`, so that strangers' text in it is harmless. */
export interface Observation {
  /** Unique within its check, and the same at every look: `checkout/health/ready`. */
  readonly id: string;
  /** Whom it is about: a service, a dependency, a machine. */
  readonly subject: string;
  /** What of it: `/health/ready`, `error rate`, `CPU`. */
  readonly name: string;
  readonly verdict: Verdict;
  /** What was seen, a sentence without a full stop that goes on from subject and name: `answers 503: database down`. */
  readonly text: string;
  /** Where the number comes from: an address, a query, a file. */
  readonly source: string;
  readonly at: IsoTime;
  /** Since when it has been so, where that is known. */
  readonly since?: IsoTime;
  /** More for whoever asks, a line each. */
  readonly details?: readonly string[];
  /** An http or https address with more. */
  readonly link?: string;
  /** What it is evidence of when somebody asks for it by symptom. */
  readonly topic?: ObservationTopic;
}

/** Things that the protocol's quick reference names. */
export const observationTopics = [
  'slowQueries',
  'replicationLag',
  'connections',
  'restarts',
  'dns',
  'loadBalancers',
] as const;
export type ObservationTopic = (typeof observationTopics)[number];

const textLength = 300;
const mostDetails = 20;

/**
 * An observation with credentials taken out of all its texts, and nothing in them that is not for a line. A link that is no http
 * or https address is left out.
 */
export function observation({ link, ...seen }: Observation): Observation {
  const isAddress = link !== undefined && webAddressOf(link) !== undefined;
  return {
    ...seen,
    ...(isAddress ? { link } : {}),
    id: redactedLine(seen.id, textLength),
    subject: redactedLine(seen.subject, 80),
    name: redactedLine(seen.name, 120),
    text: redactedLine(seen.text, textLength),
    source: redactedLine(seen.source, textLength),
    ...(seen.details === undefined
      ? {}
      : { details: seen.details.slice(0, mostDetails).map((line) => redactedLine(line, textLength)) }),
  };
}
