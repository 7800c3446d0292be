import type { Cadence, Policy, Target } from '../../incident/policy.ts';
import type { Severity } from '../../incident/severity.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import type { Configuration } from '../configuration.ts';
import type { HealthProbe } from '../signalConfiguration.ts';

/** What applies at a path of mayday.yaml, in words; undefined for what has no value of its own. */
export function valueInForce(path: readonly string[], { policy, services }: Configuration): string | undefined {
  const [section, name, ...rest] = path;
  if (section === 'policy') return policyValue(path.slice(1), policy);
  if (section !== 'services' || rest.length !== 1) return undefined;
  const service = services.find((one) => one.name === name);
  if (service === undefined) return undefined;
  if (rest[0] === 'health') return service.health?.map(probeText).join(', ');
  if (rest[0] === 'url') {
    const asked = [
      ...(service.health ?? []).map(probeText),
      ...(service.metrics?.endpoint ? [shown(service.metrics.endpoint.url)] : []),
    ];
    return asked.length === 0 ? undefined : `asked: ${asked.join(', ')}`;
  }
  if (rest[0] === 'metrics')
    return service.metrics?.endpoint === undefined ? undefined : shown(service.metrics.endpoint.url);
  return undefined;
}

function policyValue([part = '', severity = '', duty]: readonly string[], policy: Policy): string | undefined {
  if (part === 'severities' && duty !== undefined && Object.hasOwn(policy.severities, severity)) {
    return severityValue(policy.severities[severity as Severity], duty);
  }
  if (part === 'calendar' && severity === 'zone') return policy.calendar.zone;
  const values: Readonly<Record<string, string>> = {
    classifyWithin: minutesText(policy.classifyWithinMinutes),
    warnAtPercent: `${String(policy.warnAtPercent)} %`,
    changeWindow: minutesText(policy.changeWindowMinutes),
    postMortemWithin: minutesText(policy.postMortemWithinHours * 60),
    reviewWithinBusinessDays: String(policy.reviewWithinBusinessDays),
    sprintDays: String(policy.sprintDays),
    actionItemSprints: String(policy.actionItemSprints),
    channelPrefix: policy.channelPrefix,
  };
  return severity === '' ? values[part] : undefined;
}

function severityValue(level: Policy['severities'][Severity], duty: string): string | undefined {
  if (duty === 'respond' || duty === 'mitigate') return targetText(level[duty]);
  if (duty === 'communicate') return cadenceText(level.communicate);
  if (duty === 'meaning') return level.meaning;
  if (duty === 'roles') return level.roles.length === 0 ? 'none' : level.roles.join(', ');
  return duty === 'postMortem' || duty === 'review' ? String(level[duty]) : undefined;
}

function targetText(target: Target): string {
  return target.kind === 'within' ? minutesText(target.minutes) : 'next business day';
}

function cadenceText(cadence: Cadence): string {
  return cadence.kind === 'every' ? minutesText(cadence.minutes) : 'ticket';
}

function minutesText(minutes: number): string {
  const units = [
    ['d', 24 * 60],
    ['h', 60],
    ['m', 1],
  ] as const;
  let left = Math.round(minutes);
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${String(count)}${unit}`];
  });
  return parts.join(' ') || '0m';
}

function probeText(probe: HealthProbe): string {
  if (probe.kind === 'http') return shown(probe.url);
  return probe.kind === 'tcp' ? `TCP ${probe.host}:${String(probe.port)}` : `DNS of ${probe.host}`;
}

function shown(url: string): string {
  const address = webAddressOf(url);
  return address === undefined ? url : shownAddress(address);
}
