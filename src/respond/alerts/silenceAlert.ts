import * as z from 'zod';
import { incident, line } from '../../incident/argShapes.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentBrief } from '../../incident/incidentBrief.ts';
import { minuteMs, plusMs } from '../../incident/isoTime.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { inUtc } from '../../incident/refusals.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { personName } from '../../documents/wordNames.ts';
import { formatDuration } from '../../documents/timeText.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Matcher } from '../../signals/alerts/silence.ts';
import { matchersOf, matcherText } from '../../signals/alerts/silence.ts';
import { actOnAlert } from './actOnAlert.ts';
import type { AlertReader } from './alertReader.ts';
import type { ListedAlert } from './alertSight.ts';
import { findAlert } from './findAlert.ts';
import { sourceOf } from './sourceOf.ts';

const args = z.strictObject({
  /** Where it is recorded: the only open incident when absent; with none open it is not. */
  incident,
  alert: line(1000),
  /** The names of the labels that are matched; all of them when absent, so that only this alert is meant. */
  labels: z.array(line(200)).min(1).max(100).optional(),
  minutes: z.number().int().min(1).max(43_200).default(60),
  comment: line(500).default('Silenced with Mayday while somebody works on it'),
});

type SilenceAlertArgs = z.output<typeof args>;

export interface SilencedAlert extends Partial<IncidentBrief> {
  readonly alert: string;
  /** As the source calls it. */
  readonly silence: string;
  readonly matchers: readonly string[];
  readonly endsAt: IsoTime;
}

/** Keeps an alert quiet where it is told, for a time, after its matchers, its end and its target were shown. */
export function createSilenceAlert(reader: AlertReader): UseCase<SilenceAlertArgs, SilencedAlert> {
  return defineUseCase(args, async (wish, context, signal) => {
    const alert = await findAlert(reader, wish.alert, signal);
    const { silence, shown } = await sourceOf(reader, alert);
    if (silence === undefined) throw cannotSilence(shown);
    const matchers = matchersFor(alert, wish.labels);
    const texts = matchers.map((matcher) => redactedLine(matcherText(matcher)));
    const startsAt = context.host.clock.now();
    const endsAt = plusMs(startsAt, wish.minutes * minuteMs);
    const createdBy = personName(await context.person());
    const { comment } = wish;
    const name = redactedLine(alert.name);
    const { note, brief } = await actOnAlert(context, wish.incident, {
      intent: { kind: 'silence', name, source: shown, target: silence.target, matchers: texts, until: endsAt },
      effect: {
        what: `Silence “${name}” for ${formatDuration(wish.minutes * minuteMs)}, until ${inUtc(endsAt)}?`,
        target: silence.target,
        command: `Everything with\n${texts.join('\n')}\nComment: ${comment}`,
      },
      run: () => silence.run({ matchers, startsAt, endsAt, createdBy, comment }, signal),
    });
    return { ...brief, alert: alert.id, silence: note ?? '', matchers: texts, endsAt };
  });
}

function matchersFor(alert: ListedAlert, labels: readonly string[] | undefined): readonly Matcher[] {
  const unknown = labels?.filter((name) => !Object.hasOwn(alert.labels, name)) ?? [];
  if (unknown.length > 0) {
    throw new IncidentError('invalidArgument', `The alert has no label ${unknown.join(', ')}.`, {
      hint: `It has ${Object.keys(alert.labels).join(', ')}.`,
    });
  }
  const matchers = matchersOf(alert, labels);
  // Alertmanager refuses it as well: a silence of nothing would be one of everything.
  if (matchers.some(({ value }) => value !== '')) return matchers;
  throw new IncidentError('refused', 'A silence needs at least one label with a value.');
}

function cannotSilence(shown: string): IncidentError {
  return new IncidentError('refused', `${shown} knows no silences.`, {
    hint: 'Only Alertmanager does: name it at dataSources.alertmanager of mayday.yaml.',
  });
}
