import type { DueTime, EventData, IncidentEvent, KnownEvent } from './events.ts';
import type { EvidenceRef } from './evidenceRef.ts';
import type { IncidentId, Ulid } from './ids.ts';
import type { IsoTime } from './isoTime.ts';
import type { Policy } from './policy.ts';
import type { Severity } from './severity.ts';
import type {
  Check,
  CloseOutcome,
  MitigationOutcome,
  MomentName,
  Role,
  Status,
  SuspectJudgement,
  Symptom,
  UpdateKind,
  Verdict,
  WorkingStatus,
} from './words.ts';

/** One clock of the ledger: what was promised when, and what became of it. */
export interface LedgerEntry extends DueTime {
  /** Stable whatever arrives later: `communicate-<id of the event that set it>`. */
  readonly id: string;
  /** The event that set it. */
  readonly setBy: Ulid;
  readonly outcome:
    | { readonly kind: 'pending' }
    | { readonly kind: 'met'; readonly at: IsoTime }
    /** `at`: when it was done at last; absent when it never was. */
    | { readonly kind: 'missed'; readonly at?: IsoTime }
    | { readonly kind: 'withdrawn' };
}

export interface RoleTerm {
  readonly role: Role;
  readonly person: string;
  readonly from: IsoTime;
  readonly to?: IsoTime;
}

export interface Handover extends Readonly<EventData['handover.offered']> {
  readonly id: Ulid;
  readonly offeredAt: IsoTime;
  readonly outcome:
    | { readonly kind: 'offered' }
    | { readonly kind: 'accepted'; readonly at: IsoTime; readonly by: string }
    | { readonly kind: 'declined'; readonly at: IsoTime; readonly reason: string };
}

export interface CheckResult {
  readonly event: Ulid;
  readonly check: Check;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly manual: boolean;
  readonly at: IsoTime;
  readonly by: string;
  readonly evidence: readonly EvidenceRef[];
}

export interface Finding extends Readonly<EventData['finding.added']> {
  readonly id: Ulid;
  readonly at: IsoTime;
  readonly by: string;
}

/** A picture of a chart, as it was exported last. */
export interface ExportedChart extends Readonly<EventData['chart.exported']> {
  readonly id: Ulid;
  readonly at: IsoTime;
  readonly by: string;
}

export interface Suspect {
  readonly commit: string;
  readonly subject: string;
  readonly judgement: SuspectJudgement;
  readonly reason: string;
  readonly at: IsoTime;
  readonly by: string;
}

/** A deploy that a source told; `at` is when it happened. */
export interface ObservedDeploy extends Readonly<EventData['deploy.observed']> {
  readonly at: IsoTime;
}

/** An alert that belongs to the incident. */
export interface AttachedAlert extends Readonly<EventData['alert.attached']> {
  readonly event: Ulid;
  readonly at: IsoTime;
  readonly by: string;
  /** When its source was first seen to tell of it no more. */
  readonly resolvedAt?: IsoTime;
}

/** What was done at a source of alerts; without an outcome nobody knows whether it was. */
export interface AlertAction extends Readonly<EventData['alertAction.started']> {
  readonly at: IsoTime;
  readonly by: string;
  readonly outcome:
    { readonly kind: 'unknown' } | { readonly kind: 'done' | 'failed'; readonly at: IsoTime; readonly note?: string };
}

export interface Mitigation {
  readonly id: Ulid;
  readonly what: string;
  readonly cause?: string;
  readonly startedAt?: IsoTime;
  readonly finishedAt?: IsoTime;
  /** `running` until an outcome is recorded. */
  readonly outcome: MitigationOutcome | 'running';
  readonly note?: string;
  readonly by: string;
}

export interface SentUpdate {
  readonly id: Ulid;
  readonly event: Ulid;
  readonly kind: UpdateKind;
  readonly status?: WorkingStatus;
  readonly text: string;
  readonly document?: string;
  readonly at: IsoTime;
  readonly by: string;
}

export type ItemVerification =
  | { readonly kind: 'checked'; readonly at: IsoTime; readonly by: string; readonly how?: string }
  | { readonly kind: 'waived'; readonly at: IsoTime; readonly by: string; readonly reason: string };

export interface ActionItem {
  readonly id: Ulid;
  readonly title: string;
  readonly owner?: string;
  /** Date, `2026-12-07`: due at the end of that day in the policy's zone. */
  readonly dueOn: string;
  readonly link?: string;
  readonly addedAt: IsoTime;
  readonly outcome:
    | { readonly kind: 'open' }
    | { readonly kind: 'completed'; readonly at: IsoTime; readonly by: string }
    | { readonly kind: 'dropped'; readonly at: IsoTime; readonly reason: string };
}

/** An event as it counts, with what was said about it later. */
export interface TimelineEntry {
  /** With corrections applied. */
  readonly event: IncidentEvent;
  /** As first recorded, when it was corrected. */
  readonly original?: IncidentEvent;
  readonly corrections: readonly KnownEvent[];
  /** The retraction that took it out, if any: it is still shown, and no longer counts. */
  readonly retraction?: KnownEvent;
}

/** Something of the record that a person should know: it never stops the fold. */
export type RecordProblem =
  | { readonly kind: 'conflictingContents'; readonly event: Ulid }
  | { readonly kind: 'severalIncidents'; readonly incident: string }
  | { readonly kind: 'notDeclared' };

/** Everything that the events of one incident say. A value: the same events give the same state. */
export interface IncidentState {
  readonly id: IncidentId | undefined;
  readonly name: string;
  readonly title: string;
  readonly impact: string;
  readonly channel: string;
  readonly service: string | undefined;
  readonly ticket: string | undefined;
  readonly confidential: boolean;
  readonly drill: boolean;
  readonly symptom: Symptom | undefined;
  readonly policy: Policy;
  readonly severity: Severity;
  /** What duties follow: the highest level it had, unless that was marked misclassified. */
  readonly dutySeverity: Severity;
  readonly status: Status;
  readonly declared: { readonly event: Ulid; readonly at: IsoTime; readonly by: string } | undefined;
  readonly moments: Readonly<Partial<Record<MomentName, IsoTime>>>;
  readonly ledger: readonly LedgerEntry[];
  readonly snoozes: Readonly<Record<string, { readonly until: IsoTime; readonly reason: string }>>;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  readonly roleTerms: readonly RoleTerm[];
  readonly handovers: readonly Handover[];
  readonly checks: Readonly<Partial<Record<Check, CheckResult>>>;
  readonly findings: readonly Finding[];
  /** Each chart once, in the order in which they were first exported. */
  readonly charts: readonly ExportedChart[];
  readonly suspects: readonly Suspect[];
  /** Commits whose diff was opened, once each, in the order they were looked at. */
  readonly inspected: readonly {
    readonly id: string;
    readonly subject: string;
    readonly author: string;
    readonly at: IsoTime;
  }[];
  /** Each once, in the order in which they were heard of. */
  readonly deploys: readonly ObservedDeploy[];
  /** Each once, in the order in which they were attached; one that fires again stands where it stood. */
  readonly alerts: readonly AttachedAlert[];
  readonly alertActions: readonly AlertAction[];
  readonly mitigations: readonly Mitigation[];
  readonly updates: readonly SentUpdate[];
  readonly verification: Readonly<Record<string, ItemVerification>>;
  readonly resolution:
    { readonly at: IsoTime; readonly by: string; readonly rootCause?: string; readonly followUp?: string } | undefined;
  readonly closed:
    | {
        readonly at: IsoTime;
        readonly by: string;
        readonly outcome: CloseOutcome;
        readonly reason?: string;
        readonly duplicateOf?: Ulid;
      }
    | undefined;
  readonly postMortem: { readonly document?: string; readonly writtenAt?: IsoTime; readonly completedAt?: IsoTime };
  readonly review:
    { readonly heldAt: IsoTime; readonly attendees: readonly string[]; readonly notes?: string } | undefined;
  readonly actions: readonly ActionItem[];
  /** In the order of the record (`n`, then `id`), retracted ones included. */
  readonly entries: readonly TimelineEntry[];
  /** The greatest Lamport counter seen. */
  readonly greatestN: number;
  readonly problems: readonly RecordProblem[];
}
