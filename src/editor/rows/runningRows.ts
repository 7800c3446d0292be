import type { RunningRevision, ServiceRevision } from '../../changes/deployed/runningRevision.ts';
import type { CommandId } from '../../contributions.ts';
import { formatDuration, formatTime } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** A revision as far as it is remembered: the record keeps no more than who told of which commit. */
export type ShownRevision =
  | (Pick<Known, 'kind' | 'from' | 'commit'> & Partial<Pick<Known, 'version' | 'readAt' | 'missed' | 'unconfirmed'>>)
  | Extract<RunningRevision, { kind: 'unknown' }>;

/** What was told of what runs in one repository. */
export interface RunningSight {
  readonly services: readonly { readonly service: string | undefined; readonly running: ShownRevision }[];
  /** `origin/main`: what is assumed to run where nobody tells. */
  readonly branch: string;
  /** Sentences about deploys that could not be told. */
  readonly missed: readonly string[];
}

/** What was told of the repository of a folder. */
export interface PlacedDeployed {
  readonly folder: string;
  readonly services: readonly ServiceRevision[];
  readonly missed: readonly string[];
}

/** A row for each service: what runs, who says so and when; or that nobody does, why, and what is assumed. */
export function runningRows(context: RowContext, sight: RunningSight, prefix: readonly string[] = []): readonly Row[] {
  return sight.services.map(({ service, running }) => {
    const of = service === undefined ? '' : ` ${plainLine(service, 60)}`;
    const id = rowId(context, ...prefix, 'running', ...(service === undefined ? [] : [service]));
    const words = running.kind === 'known' ? knownWords(running, context) : unknownWords(running, sight);
    const label = `Running${of}: ${words.label}`;
    return {
      id,
      label,
      description: words.description,
      icon: words.icon,
      tooltip: [...words.tooltip, ...sight.missed].map((sentence) => redactedLine(sentence, 1000)).join('\n'),
      aria: `${label}, ${words.description}`,
      context: 'running',
      args: { incident: context.id },
      ...(words.command === undefined ? {} : { command: { id: words.command, args: { incident: context.id } } }),
    };
  });
}

type Known = Extract<RunningRevision, { kind: 'known' }>;
type Words = Required<Pick<Row, 'label' | 'description' | 'icon'>> & {
  readonly tooltip: readonly string[];
  readonly command?: CommandId;
};

function knownWords(running: Extract<ShownRevision, { kind: 'known' }>, { now, zone }: RowContext): Words {
  const { commit, from, readAt, missed = [] } = running;
  const short = commit.slice(0, 7);
  const version = running.version ?? short;
  const surer =
    missed.length === 1 ? 'a surer source did not answer' : `${String(missed.length)} surer sources did not answer`;
  return {
    label: /^[0-9a-f]{7,64}$/i.test(version) ? short : `${redactedLine(version, 60)} (${short})`,
    description: [
      `from ${redactedLine(from, 120)}`,
      ...(readAt === undefined ? [] : [`read ${agoText(readAt, now)}`]),
      ...(missed.length === 0 ? [] : [surer]),
    ].join(' · '),
    icon: missed.length === 0 ? { id: 'rocket' } : { id: 'rocket', color: 'problemsWarningIcon.foreground' },
    tooltip: [
      `${version} is commit ${commit}`,
      `Told by ${from}${readAt === undefined ? '' : `, ${formatTime(readAt, zone)}`}`,
      ...missed,
    ],
    ...(running.unconfirmed ? { command: 'mayday.confirmAddresses' as const } : {}),
  };
}

function unknownWords(
  { reason, unconfirmed }: Extract<ShownRevision, { kind: 'unknown' }>,
  { branch }: RunningSight,
): Words {
  return {
    label: `unknown, assuming the head of ${plainLine(branch, 80)}`,
    description: redactedLine(reason, 300),
    icon: { id: 'question' },
    tooltip: [reason],
    command: unconfirmed ? 'mayday.confirmAddresses' : 'mayday.openConfiguration',
  };
}

/** `12 s ago`: here seconds count. */
function agoText(at: IsoTime, now: IsoTime): string {
  const ms = Math.max(0, epochMsOf(now) - epochMsOf(at));
  if (ms < minuteMs) return `${String(Math.floor(ms / 1000))} s ago`;
  return `${formatDuration(Math.floor(ms / minuteMs) * minuteMs)} ago`;
}
