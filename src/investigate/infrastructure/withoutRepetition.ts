import type { Verdict } from '../../incident/words.ts';
import { recognisedResources } from '../../signals/infrastructure/recognisedResources.ts';
import type { Observation } from '../../signals/observation.ts';
import { observation } from '../../signals/observation.ts';
import type { SignalTargets } from '../signalCheck.ts';

const order: readonly Verdict[] = ['bad', 'suspicious', 'unknown', 'ok', 'notApplicable'];
const mostOfOneReason = 2;

/**
 * What is told once only: of a service's resource that both Prometheus and the service itself tell of, the worse, and that of
 * Prometheus where both are the same, since it knows what was before impact; and one reason for which much is unknown.
 */
export function withoutRepetition(
  observations: readonly Observation[],
  { services }: Pick<SignalTargets, 'services'>,
): readonly Observation[] {
  return oncePerReason(oncePerResource(observations, services));
}

function oncePerResource(
  observations: readonly Observation[],
  services: SignalTargets['services'],
): readonly Observation[] {
  const dropped = new Set<Observation>();
  for (const { name: service } of services) {
    const own = observations.filter(({ id, subject }) => subject === service && id.startsWith(`${service}/`));
    const stored = observations.filter(({ id }) => id.startsWith(`${service}@`));
    for (const one of own) {
      const same = stored.filter(({ name, id }) => name === one.name && resourceOf(id) === resourceOf(one.id));
      if (same.length === 0) continue;
      const worst = Math.min(...same.map(({ verdict }) => order.indexOf(verdict)));
      if (worst <= order.indexOf(one.verdict)) dropped.add(one);
      else for (const other of same) dropped.add(other);
    }
  }
  return observations.filter((one) => !dropped.has(one));
}

/** `checkout@Prometheus/pool.db/10.0.0.1` and `checkout/pool.db` are of one resource. */
function resourceOf(id: string): string {
  const parts = id.split('/');
  return recognisedResources.find((resource) => parts.includes(resource.id))?.id ?? id;
}

/** A server that does not answer is one thing that is unknown, not forty. */
function oncePerReason(observations: readonly Observation[]): readonly Observation[] {
  const reasonOf = ({ verdict, subject, source, text }: Observation) =>
    verdict === 'unknown' ? JSON.stringify([subject, source, text]) : undefined;
  const counts = new Map<string, Observation[]>();
  for (const one of observations) {
    const reason = reasonOf(one);
    if (reason !== undefined) counts.set(reason, [...(counts.get(reason) ?? []), one]);
  }
  return observations.flatMap((one) => {
    const same = counts.get(reasonOf(one) ?? '') ?? [];
    if (same.length <= mostOfOneReason) return [one];
    if (same[0] !== one) return [];
    const names = [...new Set(same.map(({ name }) => name))];
    return [
      observation({
        ...one,
        name: `${one.name} and ${String(same.length - 1)} more`,
        text: one.text.replace(/^is /, 'are '),
        details: [`Unknown for one reason: ${names.join(', ')}`],
      }),
    ];
  });
}
