import type { Cadence, Policy, SeverityPolicy, SymptomPolicy, Target } from '../incident/policy.ts';
import { severities } from '../incident/severity.ts';
import { roles, symptoms } from '../incident/words.ts';
import type { PolicyOverrides, SeverityOverrides } from './policySchema.ts';
import { verificationItems } from './verificationItems.ts';

/** `base` with everything that `overrides` says in its place. Lists are replaced whole. */
export function mergePolicy(base: Policy, overrides: PolicyOverrides): Policy {
  const { calendar = {} } = overrides;
  const mitigations = overrides.mitigations?.map(({ command, ...rest }) => (command ? { ...rest, command } : rest));
  return {
    severities: mapped(severities, (level) => mergeSeverity(base.severities[level], overrides.severities?.[level])),
    classifyWithinMinutes: overrides.classifyWithin ?? base.classifyWithinMinutes,
    warnAtPercent: overrides.warnAtPercent ?? base.warnAtPercent,
    calendar: {
      zone: calendar.zone ?? base.calendar.zone,
      workingDays: calendar.workingDays?.toSorted((a, b) => a - b) ?? base.calendar.workingDays,
      holidays: calendar.holidays?.toSorted() ?? base.calendar.holidays,
    },
    channelPrefix: overrides.channelPrefix ?? base.channelPrefix,
    postMortemWithinHours: hours(overrides.postMortemWithin) ?? base.postMortemWithinHours,
    reviewWithinBusinessDays: overrides.reviewWithinBusinessDays ?? base.reviewWithinBusinessDays,
    sprintDays: overrides.sprintDays ?? base.sprintDays,
    actionItemSprints: overrides.actionItemSprints ?? base.actionItemSprints,
    changeWindowMinutes: overrides.changeWindow ?? base.changeWindowMinutes,
    roles: mapped(roles, (role) => ({
      name: overrides.roles?.[role]?.name ?? base.roles[role].name,
      duty: overrides.roles?.[role]?.duty ?? base.roles[role].duty,
    })),
    checks: overrides.checks?.map((item) => mergeCheck(base, item)) ?? base.checks,
    symptoms: mapped(symptoms, (symptom) => mergeSymptom(base, overrides, symptom)),
    mitigations: mitigations ?? base.mitigations,
    verification: overrides.verification
      ? verificationItems(overrides.verification, base.verification)
      : base.verification,
    ...mergeAlerts(base, overrides),
  };
}

function mergeSeverity(base: SeverityPolicy, overrides: SeverityOverrides = {}): SeverityPolicy {
  const { respond, mitigate, communicate } = overrides;
  return {
    meaning: overrides.meaning ?? base.meaning,
    respond: respond === undefined ? base.respond : target(respond),
    mitigate: mitigate === undefined ? base.mitigate : target(mitigate),
    communicate: communicate === undefined ? base.communicate : cadence(communicate),
    roles: overrides.roles === undefined ? base.roles : roleList(overrides.roles),
    postMortem: overrides.postMortem ?? base.postMortem,
    review: overrides.review ?? base.review,
  };
}

/** The team's words beside the built-in ones: only those they name change. */
function mergeAlerts({ alerts: base }: Policy, { alerts }: PolicyOverrides): Pick<Policy, 'alerts'> {
  if (base === undefined && alerts === undefined) return {};
  const own = Object.entries(alerts?.severities ?? {}).map(([word, level]) => [word.toLowerCase(), level] as const);
  return {
    alerts: {
      label: alerts?.label ?? base?.label ?? 'severity',
      severities: { ...base?.severities, ...Object.fromEntries(own) },
    },
  };
}

function target(value: number | 'next business day'): Target {
  return typeof value === 'number' ? { kind: 'within', minutes: value } : { kind: 'nextBusinessDay' };
}

function cadence(value: number | 'ticket'): Cadence {
  return typeof value === 'number' ? { kind: 'every', minutes: value } : { kind: 'ticket' };
}

function roleList(value: NonNullable<SeverityOverrides['roles']>): SeverityPolicy['roles'] {
  if (value === 'all') return roles;
  return value === 'none' ? [] : value;
}

function mergeCheck(base: Policy, item: NonNullable<PolicyOverrides['checks']>[number]): Policy['checks'][number] {
  const known = base.checks.find(({ id }) => id === item.id);
  return { id: item.id, name: item.name ?? known?.name ?? item.id, looksAt: item.looksAt ?? known?.looksAt ?? '' };
}

function mergeSymptom(base: Policy, overrides: PolicyOverrides, symptom: keyof Policy['symptoms']): SymptomPolicy {
  const known = base.symptoms[symptom];
  const asked = overrides.symptoms?.[symptom] ?? {};
  const listed = new Set((overrides.mitigations ?? base.mitigations).map(({ id }) => id));
  return {
    name: asked.name ?? known.name,
    lookFirst: asked.lookFirst ?? known.lookFirst,
    // A list of mitigations of the team's own need not have those that the built-in symptoms name.
    mitigations: (asked.mitigations ?? known.mitigations).filter((id) => listed.has(id)),
  };
}

function hours(minutes: number | undefined): number | undefined {
  return minutes === undefined ? undefined : minutes / 60;
}

function mapped<K extends string, V>(names: readonly K[], valueOf: (name: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<K, V>;
}
