import type { EvidenceRef } from './evidenceRef.ts';
import type { Ulid, WriterId } from './ids.ts';
import type { IsoTime } from './isoTime.ts';
import type { Policy } from './policy.ts';
import type { Severity } from './severity.ts';
import type {
  AlertActionKind,
  Check,
  CloseOutcome,
  DeadlineKind,
  DeploySource,
  MitigationOutcome,
  MomentName,
  Role,
  SuspectJudgement,
  Symptom,
  UpdateKind,
  Verdict,
  WorkingStatus,
} from './words.ts';

/** A due time as the policy in force gave it; stored, so that a later policy never rewrites history. */
export interface DueTime {
  readonly kind: Exclude<DeadlineKind, 'actionItem'>;
  /** What the clock counts from. */
  readonly from: IsoTime;
  readonly dueAt: IsoTime;
}

/** How far a writer's log reached when another event noted it: shorter later means altered. */
export interface LogHead {
  readonly writer: WriterId;
  readonly lines: number;
  /** Of the last line, without its line end. */
  readonly sha256: string;
}

/** What each type of event carries. Types are named `noun.pastTenseVerb`. */
export interface EventData {
  /** `continues` names the writer whose file this one follows (after a restart or a failed write). */
  'writer.opened': { incident: Ulid; host: string; continues?: WriterId; heads?: readonly LogHead[] };

  'incident.declared': {
    name: string;
    title: string;
    severity: Severity;
    impact: string;
    symptom?: Symptom;
    confidential: boolean;
    channel: string;
    service?: string;
    ticket?: string;
    impactStart?: IsoTime;
    detected: IsoTime;
    drill?: boolean;
    policy: Policy;
    due: readonly DueTime[];
  };
  'incident.acknowledged': { note?: string };
  'incident.edited': {
    title?: string;
    impact?: string;
    symptom?: Symptom;
    service?: string;
    ticket?: string;
    channel?: string;
  };
  'severity.changed': {
    from: Severity;
    to: Severity;
    reason: string;
    /** The earlier level was a mistake: duties follow the new one. */
    misclassified: boolean;
    due: readonly DueTime[];
    /** Clocks the new level does not have. */
    withdrawn: readonly DueTime['kind'][];
  };
  /** `time` undefined: no longer known. */
  'moment.corrected': { moment: MomentName; time?: IsoTime; reason: string };
  'status.changed': { to: WorkingStatus; note?: string };

  'role.assigned': { role: Role; person: string };
  'role.released': { role: Role; person: string };
  'handover.offered': {
    roles: readonly Role[];
    from: string;
    to: string;
    situation: string;
    tried: string;
    next: string;
    document?: string;
  };
  'handover.accepted': { handover: Ulid };
  'handover.declined': { handover: Ulid; reason: string };
  'deadline.snoozed': { deadline: string; until: IsoTime; reason: string };

  'check.completed': {
    check: Check;
    verdict: Verdict;
    summary: string;
    /** How it was done: by a person, or by Mayday. */
    manual: boolean;
    evidence?: readonly EvidenceRef[];
  };
  'finding.added': {
    check: Check;
    text: string;
    link?: string;
    /** `src/db.js:14-18` of the revision looked at. */
    place?: string;
    revision?: string;
    evidence?: readonly EvidenceRef[];
  };
  /** A chart that a check kept, drawn with the marks of that moment; the evidence is the picture. Names are strangers' text. */
  'chart.exported': {
    check: Check;
    /** The chart's id within its check. */
    chart: string;
    title: string;
    /** Where its numbers come from. */
    source: string;
    evidence: readonly EvidenceRef[];
  };
  'suspect.judged': { commit: string; subject: string; judgement: SuspectJudgement; reason: string };
  'change.inspected': { commits: readonly { id: string; subject: string; author: string; at: IsoTime }[] };

  /** What put a revision in production, as a source outside told it; `at` of the event is when that happened. */
  'deploy.observed': {
    commit: string;
    /** `v1.9.0`, `production #412`: a stranger's text. */
    name: string;
    source: DeploySource;
    service?: string;
  };

  /** What fires, and belongs to the incident. With its labels redacted; as it was told it is evidence. */
  'alert.attached': {
    /** As mayday.yaml calls it. */
    source: string;
    /** What the source calls the alert as long as it fires. */
    fingerprint: string;
    name: string;
    labels: Readonly<Record<string, string>>;
    summary?: string;
    link?: string;
    startsAt?: IsoTime;
    /** It was attached before, had ended, and fires again. */
    again?: boolean;
    evidence?: readonly EvidenceRef[];
  };
  /** Its source told of it no more; `at` of the event is when that was first seen. */
  'alert.resolved': { source: string; fingerprint: string; name: string };
  /** What is about to be done at a source of alerts: without an end its outcome is unknown. */
  'alertAction.started': {
    action: Ulid;
    kind: AlertActionKind;
    /** Of the alert. */
    name: string;
    source: string;
    /** The request. */
    target: string;
    /** What a silence is for, `job="checkout"`, and when it ends. */
    matchers?: readonly string[];
    until?: IsoTime;
  };
  /** `note`: the id that the source gave, or why it was not done. */
  'alertAction.finished': { action: Ulid; kind: AlertActionKind; name: string; done: boolean; note?: string };

  'mitigation.started': { mitigation: Ulid; what: string; cause?: string };
  'mitigation.finished': {
    mitigation: Ulid;
    what: string;
    cause?: string;
    outcome: MitigationOutcome;
    note?: string;
    evidence?: readonly EvidenceRef[];
  };

  /** `status` is what the message says; a resolved message has none. */
  'update.copied': { update: Ulid; kind: UpdateKind; sha256: string };
  'update.sent': {
    update: Ulid;
    kind: UpdateKind;
    status?: WorkingStatus;
    text: string;
    document?: string;
    channel?: string;
    due: readonly DueTime[];
  };

  'verification.checked': { item: string; how?: string };
  'verification.unchecked': { item: string; reason?: string };
  'verification.waived': { items: readonly string[]; reason: string };
  'incident.resolved': {
    rootCause?: string;
    impactEnd?: IsoTime;
    followUp?: string;
    due: readonly DueTime[];
    heads?: readonly LogHead[];
  };
  'incident.reopened': { reason: string; due: readonly DueTime[] };
  'incident.closed': { outcome: CloseOutcome; reason?: string; duplicateOf?: Ulid; heads?: readonly LogHead[] };

  'postMortem.written': { document: string; sha256: string };
  'postMortem.completed': { document?: string };
  'review.recorded': { heldAt: IsoTime; attendees: readonly string[]; notes?: string };
  'action.added': { action: Ulid; title: string; owner?: string; dueOn: string; link?: string };
  'action.edited': { action: Ulid; title?: string; owner?: string; dueOn?: string; link?: string; reason?: string };
  'action.completed': { action: Ulid; note?: string };
  'action.reopened': { action: Ulid; reason: string };
  'action.dropped': { action: Ulid; reason: string };

  'note.added': { text: string; evidence?: readonly EvidenceRef[] };
  'event.corrected': { event: Ulid; at?: IsoTime; text?: string; reason: string };
  'event.retracted': { event: Ulid; reason: string };
}

export type EventType = keyof EventData;

interface Envelope {
  readonly v: 1;
  readonly id: Ulid;
  /** Lamport counter: 1 + the greatest the writer had seen. */
  readonly n: number;
  /** When it happened; when it was recorded is in `id`. */
  readonly at: IsoTime;
  /** `Name <mail>`. */
  readonly by: string;
}

/** An event of one type. */
export type EventOf<T extends EventType> = Envelope & { readonly type: T; readonly data: Readonly<EventData[T]> };

export type KnownEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event of a later version, or one whose data has not the form its type promises: kept and shown as it is. */
export type UnknownEvent = Envelope & {
  readonly type: 'unknown';
  readonly originalType: string;
  readonly data: unknown;
};

export type IncidentEvent = KnownEvent | UnknownEvent;

/** What a decision asks to be recorded. The journal adds id, counter, time and person. */
export type NewEvent = {
  [T in EventType]: {
    readonly type: T;
    readonly data: Readonly<EventData[T]>;
    readonly at?: IsoTime;
    readonly by?: string;
  };
}[EventType];

/** The moment of a decision: the only clock, person and source of ids that it may use. */
export interface Moment {
  readonly now: IsoTime;
  readonly by: string;
  newId(): Ulid;
}
