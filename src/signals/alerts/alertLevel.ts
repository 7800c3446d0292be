import type { AlertPolicy } from '../../incident/policy.ts';
import type { Severity } from '../../incident/severity.ts';
import type { Alert } from './alert.ts';

/** How bad an alert is said to be. */
export interface AlertLevel {
  /** As the source says it: a stranger's text. Absent when it says nothing. */
  readonly text?: string;
  /** What the policy makes of it; absent when it does not know the word, so that a person has to say. */
  readonly severity?: Severity;
}

const noWords: AlertPolicy = { label: 'severity', severities: {} };

/** By the policy's label, else by what the source itself says. Case does not matter. */
export function alertLevel(
  { labels, urgency }: Pick<Alert, 'labels' | 'urgency'>,
  { label, severities }: AlertPolicy = noWords,
): AlertLevel {
  const text = Object.hasOwn(labels, label) ? labels[label] : urgency;
  if (text === undefined || text.trim() === '') return {};
  const word = text.trim().toLowerCase();
  const severity = Object.hasOwn(severities, word) ? severities[word] : undefined;
  return { text, ...(severity === undefined ? {} : { severity }) };
}
