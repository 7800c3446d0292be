/** The words of the protocol that events store. What people see beside them is in the policy. */

/** The course of an incident; `resolved` and `closed` end it. */
export const statuses = ['investigating', 'identified', 'mitigating', 'monitoring', 'resolved', 'closed'] as const;
export type Status = (typeof statuses)[number];

/** The statuses that people set by hand and updates carry. */
export const workingStatuses = ['investigating', 'identified', 'mitigating', 'monitoring'] as const;
export type WorkingStatus = (typeof workingStatuses)[number];

export const roles = ['incidentCommander', 'technicalLead', 'communicationsLead', 'scribe'] as const;
export type Role = (typeof roles)[number];

/** The seven checks, in the order of the protocol. */
export const checks = [
  'deployments',
  'configuration',
  'dependencies',
  'infrastructure',
  'traffic',
  'logs',
  'metrics',
] as const;
export type Check = (typeof checks)[number];

export const verdicts = ['ok', 'suspicious', 'bad', 'notApplicable', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

export const symptoms = ['highErrorRate', 'highLatency', 'serviceDown', 'dataIssues'] as const;
export type Symptom = (typeof symptoms)[number];

export const deadlineKinds = ['respond', 'mitigate', 'communicate', 'postMortem', 'review', 'actionItem'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** The moments of an incident that durations are measured between. */
export const moments = ['impactStart', 'detected', 'acknowledged', 'mitigated', 'impactEnd', 'resolved'] as const;
export type MomentName = (typeof moments)[number];

export const mitigationOutcomes = ['worked', 'noEffect', 'madeWorse', 'unknown'] as const;
export type MitigationOutcome = (typeof mitigationOutcomes)[number];

/** The three messages of the protocol. */
export const updateKinds = ['initial', 'update', 'resolved'] as const;
export type UpdateKind = (typeof updateKinds)[number];

/** Who can tell of a deploy. */
export const deploySources = ['tag', 'github', 'kubernetes', 'merge'] as const;
export type DeploySource = (typeof deploySources)[number];

/** How an incident ended. All but `completed` end it with a reason and without further duties. */
export const closeOutcomes = ['completed', 'falseAlarm', 'cancelled', 'duplicate'] as const;
export type CloseOutcome = (typeof closeOutcomes)[number];

export const suspectJudgements = ['suspected', 'confirmed', 'cleared'] as const;
export type SuspectJudgement = (typeof suspectJudgements)[number];

/** What can be done about an alert where it is told. */
export const alertActionKinds = ['acknowledge', 'silence'] as const;
export type AlertActionKind = (typeof alertActionKinds)[number];
