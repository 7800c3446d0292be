import type { EvidenceRef } from '../incident/evidenceRef.ts';
import type { IncidentState } from '../incident/state.ts';

/**
 * Where a document finds the copy of a piece of evidence, relative to itself: `evidence/3f2a1b9c04de-deploy.log`. Unique
 * by content, and made of characters that need no escaping in a link and stay inside the folder on every system.
 */
export function evidencePath({ sha256, name }: EvidenceRef): string {
  const safe = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(-80);
  return `evidence/${sha256.slice(0, 12)}-${safe === '' ? 'evidence' : safe}`;
}

/** The evidence that events of an incident rest on, each once, retracted events included: the documents show them too. */
export function citedEvidence(state: IncidentState): readonly EvidenceRef[] {
  const byHash = new Map<string, EvidenceRef>();
  for (const { event, original } of state.entries) {
    for (const ref of [...evidenceOf(event.data), ...evidenceOf(original?.data)]) byHash.set(evidencePath(ref), ref);
  }
  return [...byHash.values()];
}

/** The evidence of an event's data; nothing where it has none or not of the right form. */
export function evidenceOf(data: unknown): readonly EvidenceRef[] {
  if (typeof data !== 'object' || data === null || !('evidence' in data) || !Array.isArray(data.evidence)) return [];
  return data.evidence.filter(isEvidenceRef);
}

function isEvidenceRef(value: unknown): value is EvidenceRef {
  if (typeof value !== 'object' || value === null) return false;
  const { sha256, name, bytes } = value as Record<string, unknown>;
  return (
    typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && typeof name === 'string' && Number.isFinite(bytes)
  );
}
