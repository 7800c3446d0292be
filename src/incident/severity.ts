/** The four levels, worst first. */
export const severities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

export type Severity = (typeof severities)[number];

/** True when `a` is worse than `b`. */
export function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

/** The worse of two levels: the protocol takes it whenever both fit. */
export function worseOf(a: Severity, b: Severity): Severity {
  return isWorse(a, b) ? a : b;
}

/** The level as people write it in messages: `SEV-1`. */
export function severityLabel(severity: Severity): string {
  return `SEV-${severity.slice(3)}`;
}
