import { IncidentError, isIncidentError } from '../../incident/incidentError.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { plusMs } from '../../incident/isoTime.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Alert } from '../../signals/alerts/alert.ts';
import { alertLevel } from '../../signals/alerts/alertLevel.ts';
import { mapInTurns } from '../../signals/alerts/inTurns.ts';
import { unitedAlerts } from '../../signals/alerts/unitedAlerts.ts';
import type { AlertSight, ListedAlert, PlacedSource, SourceSight } from './alertSight.ts';

/** How often what fires is asked for. */
export const alertRefreshMs = 30_000;
/** What was told longer ago may have ended: two looks of the poller. */
const recentForMs = 2 * alertRefreshMs;
/** A source that goes on failing is asked at least so often. */
const longestPauseMs = 300_000;
/** What a server may ask for with Retry-After. */
const longestRetryMs = 3_600_000;

export interface AlertReaderTools {
  sources(): Promise<readonly PlacedSource[]>;
  now(): IsoTime;
}

/** How to look at alerts. */
export interface LookOptions {
  readonly signal: AbortSignal;
  /** A person asks: a source that failed is not left alone. */
  readonly byPerson?: boolean;
  /** Called with what can be shown already: some have answered, of the others it has what they told before. */
  onPart?(sight: AlertSight): void;
}

/** Asks all sources of alerts at once. */
export interface AlertReader {
  /**
   * One that fails is said to, and the others go on; it is left alone for a while, twice as long each time, unless a person
   * asks. What a server asked for with Retry-After holds for people, too. Throws IncidentError `cancelled`, and what nobody foresaw.
   */
  read(options: LookOptions): Promise<AlertSight>;
  /** The sources as they are configured now. */
  sources(): Promise<readonly PlacedSource[]>;
  /** What was seen last; undefined before the first look. */
  last(): AlertSight | undefined;
  /** The same when all of it was told within the last minute. */
  recent(): AlertSight | undefined;
}

interface Memory {
  failures: number;
  told?: Told;
  againAt?: IsoTime;
  /** The server itself asked to be left alone until then. */
  isAskedFor: boolean;
  failed?: Extract<SourceSight['told'], { kind: 'failed' }>;
  last?: { readonly at: IsoTime; readonly count: number };
}

interface Told {
  readonly sight: SourceSight;
  readonly alerts: readonly ListedAlert[];
}

export function createAlertReader({ sources, now }: AlertReaderTools): AlertReader {
  const memories = new Map<string, Memory>();
  let last: AlertSight | undefined;
  return {
    sources,
    last: () => last,
    recent: () => (last !== undefined && isRecent(last, plusMs(now(), -recentForMs)) ? last : undefined),
    read: async ({ signal, byPerson = false, onPart }) => {
      const at = now();
      const placed = await sources();
      const known = placed.map((one) => memoryOf(memories, one).told ?? asking(one));
      let left = placed.length;
      const told = await Promise.all(
        placed.map(async (one, index) => {
          const memory = memoryOf(memories, one);
          const waits = memory.againAt !== undefined && memory.againAt > at && (!byPerson || memory.isAskedFor);
          const answer =
            waits && memory.failed !== undefined
              ? { sight: sightOf(one, memory.failed), alerts: [] }
              : await ask(one, memory, now, signal);
          memory.told = answer;
          known[index] = answer;
          left--;
          if (left > 0 && !signal.aborted) {
            last = united(at, known);
            onPart?.(last);
          }
          return answer;
        }),
      );
      // The look of a window that was closed meanwhile is nobody's.
      if (signal.aborted) throw new IncidentError('cancelled', 'Looking at alerts was cancelled.');
      last = united(at, told);
      return last;
    },
  };
}

async function ask(placed: PlacedSource, memory: Memory, now: () => IsoTime, signal: AbortSignal): Promise<Told> {
  const { source, folder, policy } = placed;
  try {
    const { alerts, left } = await source.read(signal);
    const at = now();
    memory.failures = 0;
    delete memory.againAt;
    memory.last = { at, count: alerts.length + left };
    const listed = await mapInTurns(alerts, (alert) => ({
      ...alert,
      ...{ folder, level: alertLevel(alert, policy.alerts), toldBy: source.shown, words: wordsOf(alert) },
    }));
    const byFingerprint = new Map(listed.map((alert) => [alert.fingerprint, alert] as const));
    return { sight: sightOf(placed, { kind: 'answered', at, alerts: byFingerprint, left }), alerts: listed };
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { sight: sightOf(placed, failedBy(error, memory, now())), alerts: [] };
  }
}

function failedBy(error: IncidentError, memory: Memory, at: IsoTime): Extract<SourceSight['told'], { kind: 'failed' }> {
  const unconfirmed = error.reason === 'needsConfirmation';
  const isOutside = error.reason === 'outside';
  const asked = retryAfterMs(error);
  memory.isAskedFor = asked !== undefined;
  memory.failures += 1;
  const pauseMs = Math.min(longestPauseMs, alertRefreshMs * 2 ** Math.min(memory.failures - 1, 10));
  // What a person has to set right is looked at again at once: nothing leaves before.
  const againAt = isOutside ? plusMs(at, Math.max(pauseMs, asked ?? 0)) : undefined;
  if (againAt === undefined) delete memory.againAt;
  else memory.againAt = againAt;
  memory.failed = {
    ...{ kind: 'failed', unconfirmed, reason: [error.message, error.hint].filter(Boolean).join(' ') },
    ...(againAt === undefined ? {} : { againAt }),
    ...(memory.last === undefined ? {} : { last: memory.last }),
  };
  return memory.failed;
}

/** HttpError has it; what is no HTTP does not. */
function retryAfterMs(error: IncidentError): number | undefined {
  const { retryAfterMs: asked } = error as { readonly retryAfterMs?: unknown };
  return typeof asked === 'number' && asked > 0 ? Math.min(asked, longestRetryMs) : undefined;
}

/** An alert's words as lines for people. */
export function wordsOf({ name, summary, description }: Alert): ListedAlert['words'] {
  return {
    name: redactedLine(name, 120),
    summary: redactedLine(summary, 200),
    description: redactedLine(description, 500),
  };
}

/** What is known of a source that has not answered yet. */
function asking(placed: PlacedSource): Told {
  return { sight: sightOf(placed, { kind: 'asking' }), alerts: [] };
}

/** While a look goes on, what a slow source told before stands for it. */
function isRecent({ at, sources }: AlertSight, since: IsoTime): boolean {
  return at >= since && sources.every(({ told }) => told.kind !== 'answered' || told.at >= since);
}

function united(at: IsoTime, told: readonly Told[]): AlertSight {
  const alerts = unitedAlerts(told.flatMap((one) => one.alerts)) as readonly ListedAlert[];
  return { at, alerts, sources: told.map(({ sight }) => sight) };
}

function sightOf({ source: { kind, name, shown } }: PlacedSource, told: SourceSight['told']): SourceSight {
  return { kind, name, shown, told };
}

function memoryOf(memories: Map<string, Memory>, { source: { kind, name, shown } }: PlacedSource): Memory {
  const key = JSON.stringify([kind, name, shown]);
  const memory = memories.get(key) ?? { failures: 0, isAskedFor: false };
  memories.set(key, memory);
  return memory;
}
