import { definedFields } from '../../incident/definedFields.ts';
import type { EventData } from '../../incident/events.ts';
import type { EvidenceRef } from '../../incident/evidenceRef.ts';
import type { Decide, IncidentHandle } from '../../incident/incidentStore.ts';
import { refuseClosed } from '../../incident/refusals.ts';
import type { AttachedAlert, IncidentState } from '../../incident/state.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import { redactValueOf } from '../../safety/redactValue.ts';
import type { ListedAlert } from './alertSight.ts';

const mostLabels = 50;
const longestValue = 300;
/** So much more of a value is looked at: what is taken out may be longer than what stands for it. */
const lookedAt = 16;
const longestDescription = 10_000;

/** Attaches an alert to an incident, with what was told of it as evidence; nothing happens when it is attached and fires still. */
export async function attachTo(handle: IncidentHandle, alert: ListedAlert): Promise<IncidentState> {
  if (attachedIn(handle.state, alert) !== undefined) return handle.state;
  const evidence = await handle.keepEvidence(evidenceName(alert), evidenceText(alert));
  return handle.record(decideAttach(alert, [evidence]));
}

/** The event of attaching; what it rests on is on disk before it. */
export function decideAttach(alert: ListedAlert, evidence: readonly EvidenceRef[]): Decide {
  return (state) => {
    refuseClosed(state);
    if (attachedIn(state, alert) !== undefined) return [];
    const again = state.alerts.some((known) => isSame(known, alert));
    return [{ type: 'alert.attached', data: { ...dataOf(alert, evidence), ...(again ? { again } : {}) } }];
  };
}

/** The alert as it is attached and fires still; undefined when it is not. */
export function attachedIn(
  { alerts }: Pick<IncidentState, 'alerts'>,
  alert: Pick<ListedAlert, 'toldBy' | 'fingerprint'>,
): AttachedAlert | undefined {
  return alerts.find((known) => isSame(known, alert) && known.resolvedAt === undefined);
}

function isSame({ source, fingerprint }: AttachedAlert, alert: Pick<ListedAlert, 'toldBy' | 'fingerprint'>): boolean {
  return source === alert.toldBy && fingerprint === alert.fingerprint;
}

/** Labels as they may be recorded and shown: credentials taken out, each a line. */
export function shownLabels(labels: ListedAlert['labels']): Readonly<Record<string, string>> {
  const entries = Object.entries(labels).slice(0, mostLabels);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const known = redactValueOf(name.slice(0, 200), value.slice(0, lookedAt * longestValue));
      return [plainLine(name, 100), plainLine(known, longestValue)];
    }),
  );
}

function dataOf(alert: ListedAlert, evidence: readonly EvidenceRef[]): EventData['alert.attached'] {
  const { toldBy, fingerprint, name, labels, summary, link, since } = alert;
  return {
    ...{ source: toldBy, fingerprint, name: redactedLine(name), labels: shownLabels(labels), evidence },
    ...definedFields({ summary: summary === '' ? undefined : redactedLine(summary, 500), link, startsAt: since }),
  };
}

function evidenceName({ name }: ListedAlert): string {
  return `alert-${plainLine(name, 60).replace(/[^\p{L}\p{N}._-]+/gu, '-')}.json`;
}

function evidenceText(alert: ListedAlert): string {
  const { toldBy, fingerprint, name, summary, description, labels, since, status, runbook, link, dashboard } = alert;
  const told = {
    ...{ toldBy, fingerprint, name: name.slice(0, longestDescription), since, status },
    ...{ summary: summary.slice(0, longestDescription), description: description.slice(0, longestDescription) },
    labels: shownLabels(labels),
  };
  return `${JSON.stringify({ v: 1, ...told, runbook, link, dashboard }, undefined, 1)}\n`;
}
