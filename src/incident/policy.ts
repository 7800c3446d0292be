import type { Severity } from './severity.ts';
import type { Check, Role, Symptom } from './words.ts';

/** When something is due after it began: a span, or the end of the next business day in the policy's calendar. */
export type Target = { readonly kind: 'within'; readonly minutes: number } | { readonly kind: 'nextBusinessDay' };

/** How often people are told: at a cadence, or not at all because the ticket tells them. */
export type Cadence = { readonly kind: 'every'; readonly minutes: number } | { readonly kind: 'ticket' };

export interface SeverityPolicy {
  readonly meaning: string;
  readonly respond: Target;
  readonly mitigate: Target;
  readonly communicate: Cadence;
  /** Roles that must be filled. */
  readonly roles: readonly Role[];
  readonly postMortem: boolean;
  readonly review: boolean;
}

/** Working days in a time zone. */
export interface Calendar {
  /** IANA name. */
  readonly zone: string;
  /** ISO weekdays: 1 is Monday, 7 Sunday. */
  readonly workingDays: readonly number[];
  /** Dates, `2026-12-25`. */
  readonly holidays: readonly string[];
}

export interface CheckPolicy {
  readonly id: Check;
  readonly name: string;
  readonly looksAt: string;
}

export interface SymptomPolicy {
  readonly name: string;
  /** What to look at first, in order; `hint` is the protocol's "then". */
  readonly lookFirst: readonly { readonly checks: readonly Check[]; readonly hint: string }[];
  /** Ids of `mitigations`, the likeliest first. */
  readonly mitigations: readonly string[];
}

export interface MitigationPolicy {
  readonly id: string;
  /** What is wrong: "bad deploy". */
  readonly cause: string;
  readonly action: string;
  /** What is typically run; `<app>` and the like are for people to fill in. */
  readonly command?: string;
}

export interface VerificationItem {
  readonly id: string;
  readonly text: string;
}

/** How alerts are classified. */
export interface AlertPolicy {
  /** The label that says how bad an alert is. */
  readonly label: string;
  /** Levels by its values, in lower case. A value that is not here has none: a person is asked. */
  readonly severities: Readonly<Record<string, Severity>>;
}

/** The protocol as data: every number, word and list that a workspace may override. */
export interface Policy {
  readonly severities: Readonly<Record<Severity, SeverityPolicy>>;
  readonly classifyWithinMinutes: number;
  /** Share of a deadline's span after which it is *due soon*, in percent. */
  readonly warnAtPercent: number;
  readonly calendar: Calendar;
  readonly channelPrefix: string;
  readonly postMortemWithinHours: number;
  readonly reviewWithinBusinessDays: number;
  readonly sprintDays: number;
  readonly actionItemSprints: number;
  /** Length of the change window before impact start, in minutes. */
  readonly changeWindowMinutes: number;
  readonly roles: Readonly<Record<Role, { readonly name: string; readonly duty: string }>>;
  readonly checks: readonly CheckPolicy[];
  readonly symptoms: Readonly<Record<Symptom, SymptomPolicy>>;
  readonly mitigations: readonly MitigationPolicy[];
  readonly verification: readonly VerificationItem[];
  /** Absent in records of versions that knew no alerts. */
  readonly alerts?: AlertPolicy;
}
