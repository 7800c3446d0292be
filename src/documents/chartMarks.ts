import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import { redactedLine } from '../safety/redactedLine.ts';
import type { ChartMark, ChartMarkKind } from './chartMark.ts';
import { chartMarkKinds } from './chartMark.ts';
import { mitigationOutcomeNames, statusNames, updateKindNames } from './wordNames.ts';

/** A change of configuration that is known to the minute. */
export type ConfigurationMoment = Pick<ChartMark, 'at' | 'label'>;

const labelLength = 80;

/**
 * What happened in an incident, as marks for its charts: in the order of time, each once. Deploys and mitigations are those of
 * the record; a branch that was merged and not seen running is told as merged.
 * @param configuration changes of configuration, which the record's state does not have
 */
export function chartMarks(
  state: IncidentState,
  configuration: readonly ConfigurationMoment[] = [],
): readonly ChartMark[] {
  const { impactStart, detected, impactEnd } = state.moments;
  const found: readonly ChartMark[] = [
    ...markAt(impactStart, 'impactStart', 'Impact start'),
    ...markAt(detected, 'detected', 'Detected'),
    ...state.deploys.flatMap(({ at, name, source, service }) =>
      markAt(
        at,
        'deploy',
        `${source === 'merge' ? 'Merged' : `Deployed${service === undefined ? '' : ` ${service}`}`} ${name}`,
      ),
    ),
    ...configuration.flatMap(({ at, label }) => markAt(at, 'configuration', `Configuration: ${label}`)),
    ...state.mitigations.flatMap(({ what, startedAt, finishedAt, outcome }) => [
      ...markAt(startedAt, 'mitigationStarted', `Mitigation started: ${what}`),
      ...markAt(finishedAt, 'mitigationFinished', `Mitigation ${mitigationOutcomeNames[outcome]}: ${what}`),
    ]),
    ...state.updates.flatMap(({ at, kind, status }) =>
      markAt(at, 'update', `${updateKindNames[kind]} sent${status === undefined ? '' : `: ${statusNames[status]}`}`),
    ),
    ...markAt(impactEnd, 'impactEnd', 'Impact end'),
    ...markAt(state.resolution?.at, 'resolved', 'Resolved'),
  ];
  const byKey = new Map(found.map((mark) => [`${mark.at} ${mark.kind} ${mark.label}`, mark]));
  return [...byKey.values()].sort(compareMarks);
}

function markAt(at: IsoTime | undefined, kind: ChartMarkKind, label: string): readonly ChartMark[] {
  return at === undefined ? [] : [{ at, kind, label: redactedLine(label, labelLength) }];
}

function compareMarks(a: ChartMark, b: ChartMark): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return chartMarkKinds.indexOf(a.kind) - chartMarkKinds.indexOf(b.kind);
}
