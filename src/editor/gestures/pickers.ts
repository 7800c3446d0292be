import * as vscode from 'vscode';
import { formatTime } from '../../documents/timeText.ts';
import { personName, statusNames } from '../../documents/wordNames.ts';
import type { IncidentHandle, IncidentSummary } from '../../incident/incidentStore.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { toIncidentId } from '../../incident/ids.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { App } from '../app.ts';
import { parseTimeText } from '../parseTimeText.ts';
import type { Answer } from '../platform/prompts.ts';
import { askChoice, askText, valueOf } from '../platform/prompts.ts';
import { timeZone } from '../platform/settings.ts';
import type { Known } from './gesture.ts';
import { knownText } from './gesture.ts';

/**
 * The incident a gesture is about: the row's, else the only one that fits, else the person chooses. Undefined when the
 * person cancelled; an error when there is none.
 */
export async function pickIncident(
  app: App,
  known: Known,
  title: string,
  fits: (summary: IncidentSummary) => boolean = ({ open }) => open,
): Promise<IncidentHandle | undefined> {
  const id = toIncidentId(known['incident']);
  if (id !== undefined) return app.store.open(id);
  const fitting = app.store.list().filter(fits);
  // Ended incidents are a click away in the tree: here they must not stand between a person and the one that burns.
  const open = fitting.filter((summary) => summary.open);
  const candidates = open.length === 1 ? open : [...open, ...fitting.filter((summary) => !summary.open)];
  const [only] = candidates;
  if (only === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('There is no incident that this could be about.'), {
      hint: vscode.l10n.t('Declare Incident begins one.'),
    });
  }
  if (candidates.length === 1) return app.store.open(only.id);
  const chosen = await askChoice({
    title,
    placeholder: vscode.l10n.t('Which incident?'),
    active: app.focused(),
    choices: candidates.map((summary) => ({
      label: `${summary.severity} ${summary.title}`,
      description: [statusNames[summary.status], summary.name, summary.elsewhere ?? ''].filter(Boolean).join(' · '),
      value: summary.id,
    })),
  });
  const value = valueOf(chosen);
  return value === undefined ? undefined : app.store.open(value);
}

/** A person by name: those of mayday.yaml, of git and of earlier incidents are suggested; any other may be typed. */
export async function askPerson(
  app: App,
  options: { readonly title: string; readonly placeholder: string; readonly value?: string },
): Promise<string | undefined> {
  const people = await app.people();
  const me = await app.context.person();
  const names = [me, ...people.filter((person) => person !== me)];
  return valueOf(
    await askChoice<string>({
      title: options.title,
      placeholder: options.placeholder,
      ...(options.value === undefined ? {} : { active: options.value }),
      choices: names.map((person) => ({
        label: personName(person),
        description: person === me ? vscode.l10n.t('me') : person.replace(/^[^<]*/, ''),
        value: person,
      })),
      custom: (text) => ({ label: text, description: vscode.l10n.t('someone else'), value: text, alwaysShow: true }),
    }),
  );
}

/** A time as people type it; undefined when cancelled. */
export async function askTime(
  app: App,
  options: {
    readonly title: string;
    readonly prompt: string;
    readonly value?: string;
    readonly direction?: 'past' | 'future';
  },
): Promise<IsoTime | undefined> {
  const { direction = 'past' } = options;
  const read = (text: string): IsoTime | undefined =>
    parseTimeText(text, app.context.host.clock.now(), timeZone(), direction);
  const typed = valueOf(
    await askText({
      title: options.title,
      prompt: options.prompt,
      placeholder:
        direction === 'past'
          ? vscode.l10n.t('20m ago · 14:05 · 14:05 UTC · 2026-11-23 14:05')
          : vscode.l10n.t('30m · 14:05 · 14:05 UTC · 2026-11-23 14:05'),
      ...(options.value === undefined ? {} : { value: options.value }),
      describe: (text) => {
        const time = read(text);
        return time === undefined ? undefined : formatTime(time, timeZone());
      },
      validate: (text) => {
        const time = read(text);
        if (time === undefined) {
          return vscode.l10n.t('Not a time that Mayday can read. Try 20m, 14:05, 14:05 UTC or 2026-11-23 14:05.');
        }
        const now = app.context.host.clock.now();
        if (direction === 'past' && time > now) return vscode.l10n.t('That is in the future.');
        return direction === 'future' && time < now ? vscode.l10n.t('That is over already.') : undefined;
      },
    }),
  );
  return typed === undefined ? undefined : read(typed);
}

/** A line of text that may not be empty. */
export async function askReason(options: {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly optional?: boolean;
}): Promise<string | undefined> {
  return valueOf(
    await askText({
      title: options.title,
      prompt: options.prompt,
      ...(options.value === undefined ? {} : { value: options.value }),
      validate: (text) =>
        options.optional !== true && text.trim() === '' ? vscode.l10n.t('Please give a few words.') : undefined,
    }),
  );
}

/** A timeline entry that can be changed; the newest first. */
export async function pickEvent(
  handle: IncidentHandle,
  known: Known,
  options: { readonly title: string; describe(event: IncidentHandle['state']['entries'][number]): string },
  fits: (entry: IncidentHandle['state']['entries'][number]) => boolean,
): Promise<string | undefined> {
  const event = knownText(known, 'event');
  if (event !== undefined) return event;
  const entries = handle.state.entries.filter((entry) => entry.retraction === undefined && fits(entry)).reverse();
  if (entries.length === 0) {
    throw new IncidentError('notFound', vscode.l10n.t('No entry of this incident can be changed in this way.'));
  }
  return valueOf(
    await askChoice<string>({
      title: options.title,
      placeholder: vscode.l10n.t('Which entry?'),
      choices: entries.map((entry) => ({
        label: options.describe(entry),
        description: `${formatTime(entry.event.at, timeZone())} · ${personName(entry.event.by)}`,
        value: entry.event.id,
      })),
    }),
  );
}

/** The value of an answer of a step in the middle, with `back` as it is. */
export function isAnswer<T>(answer: Answer<T>): answer is { readonly kind: 'answer'; readonly value: T } {
  return answer.kind === 'answer';
}
