import type { MitigationPolicy, Policy } from '../incident/policy.ts';
import type { Symptom } from '../incident/words.ts';

/** Every mitigation of the policy: those for the symptom first, the likeliest leading; then the rest in the policy's order. */
export function suggestMitigations(policy: Policy, symptom: Symptom | undefined): readonly MitigationPolicy[] {
  const first = symptom === undefined ? [] : policy.symptoms[symptom].mitigations;
  const suggested = first.flatMap((id) => policy.mitigations.find((mitigation) => mitigation.id === id) ?? []);
  return [...new Set([...suggested, ...policy.mitigations])];
}
