import type { IsoTime } from '../../incident/isoTime.ts';
import type { Alert } from './alert.ts';

/** A label that must have exactly this value, or must not when `isEqual` is false. Never a pattern: values are strangers' text. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isEqual: boolean;
}

/** What is kept quiet, and how long. */
export interface Silence {
  readonly matchers: readonly Matcher[];
  readonly startsAt: IsoTime;
  readonly endsAt: IsoTime;
  readonly createdBy: string;
  readonly comment: string;
}

/** Matchers for an alert: all its labels, or those that are named. What Prometheus keeps for itself (`__…`) is none. */
export function matchersOf({ labels }: Pick<Alert, 'labels'>, names?: readonly string[]): readonly Matcher[] {
  return Object.entries(labels)
    .filter(([name]) => !name.startsWith('__') && (names === undefined || names.includes(name)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, isEqual: true }));
}

/** `alertname="CheckoutErrors"`, as Alertmanager writes it. */
export function matcherText({ name, value, isEqual }: Matcher): string {
  return `${name}${isEqual ? '=' : '!='}${JSON.stringify(value)}`;
}
