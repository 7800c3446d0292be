import type { Policy } from '../incident/policy.ts';
import type {
  Check,
  CloseOutcome,
  DeadlineKind,
  DeploySource,
  MitigationOutcome,
  MomentName,
  Role,
  Status,
  SuspectJudgement,
  UpdateKind,
  Verdict,
} from '../incident/words.ts';

/** Statuses as people read them. */
export const statusNames: Readonly<Record<Status, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  mitigating: 'Mitigating',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  closed: 'Closed',
};

/** Verdicts of checks as people read them. */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  ok: 'ok',
  suspicious: 'suspicious',
  bad: 'bad',
  notApplicable: 'not applicable',
  unknown: 'unknown',
};

/** What became of a mitigation. */
export const mitigationOutcomeNames: Readonly<Record<MitigationOutcome | 'running', string>> = {
  worked: 'worked',
  noEffect: 'no effect',
  madeWorse: 'made it worse',
  unknown: 'outcome unknown',
  running: 'not finished in the record',
};

/** The moments that durations are measured between. */
export const momentNames: Readonly<Record<MomentName, string>> = {
  impactStart: 'impact start',
  detected: 'detection',
  acknowledged: 'acknowledgement',
  mitigated: 'mitigation',
  impactEnd: 'impact end',
  resolved: 'resolution',
};

/** Who told of a deploy. */
export const deploySourceNames: Readonly<Record<DeploySource, string>> = {
  tag: 'a tag',
  github: 'GitHub',
  kubernetes: 'Kubernetes',
  merge: 'a merge',
};

/** What people think of a suspect. */
export const judgementNames: Readonly<Record<SuspectJudgement, string>> = {
  suspected: 'suspected',
  confirmed: 'confirmed as a cause',
  cleared: 'cleared',
};

/** The three messages. */
export const updateKindNames: Readonly<Record<UpdateKind, string>> = {
  initial: 'Initial notification',
  update: 'Update',
  resolved: 'Resolution',
};

/** What is due. */
export const deadlineNames: Readonly<Record<DeadlineKind, string>> = {
  respond: 'Response',
  mitigate: 'Mitigation',
  communicate: 'Next message',
  postMortem: 'Post-mortem',
  review: 'Review',
  actionItem: 'Action item',
};

/** How an incident ended. */
export const closeOutcomeNames: Readonly<Record<CloseOutcome, string>> = {
  completed: 'completed',
  falseAlarm: 'false alarm',
  cancelled: 'cancelled',
  duplicate: 'duplicate',
};

/** The name of `Name <mail>`: the address stays in the record. */
export function personName(person: string): string {
  const name = person.replace(/<[^<>]*>\s*$/, '').trim();
  return name === '' ? person.trim() : name;
}

/** A role as the policy calls it. */
export function roleName(role: Role, policy: Policy): string {
  return policy.roles[role].name;
}

/** A check as the policy calls it; its id when the policy has none of that id. */
export function checkName(check: Check, policy: Policy): string {
  return policy.checks.find(({ id }) => id === check)?.name ?? check;
}

/** What is verified, in plain text; the item's id when the policy has none of that id. */
export function verificationText(item: string, policy: Policy): string {
  return (policy.verification.find(({ id }) => id === item)?.text ?? item).replaceAll('`', '');
}
