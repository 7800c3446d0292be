import type { Objective } from '../../config/signalConfiguration.ts';
import type { OpenSloDocument } from './openSloDocuments.ts';
import { isRecord, openSloDocuments, textAt, valueAt } from './openSloDocuments.ts';
import { openSloQueries } from './openSloQueries.ts';
import type { FileProblem, TeamFile } from './teamFiles.ts';

/** An objective of an OpenSLO file, and where it is. */
export interface OpenSloObjective {
  readonly objective: Objective;
  /** What is computed otherwise than the file says, a sentence. */
  readonly note?: string;
  readonly path: string;
  readonly line: number;
}

const knownKinds = ['SLO', 'SLI', 'DataSource', 'Service', 'AlertPolicy', 'AlertCondition', 'AlertNotificationTarget'];

/**
 * The objectives of OpenSLO v1 files (https://github.com/OpenSLO/OpenSLO) that a service's `openslo` names: ratio metrics of
 * Prometheus with budgets of occurrences. Where some bear the service's name as `spec.service`, only those. What cannot be
 * computed is told with file and line. Never throws.
 */
export async function openSloObjectives(
  files: readonly TeamFile[],
  service: string,
): Promise<{ readonly objectives: readonly OpenSloObjective[]; readonly problems: readonly FileProblem[] }> {
  const { documents, problems } = await openSloDocuments(files);
  const strangers = documents.filter(({ kind }) => !knownKinds.includes(kind));
  const told = strangers.map(({ path, kind, lineOf }) => ({
    ...{ path, line: lineOf(['kind']) },
    message: kind === '' ? 'Its kind is missing or no text.' : `The kind ${kind} is not one of OpenSLO v1.`,
  }));
  const slos = documents.filter(({ kind }) => kind === 'SLO');
  const own = slos.filter(({ value }) => textAt(value, ['spec', 'service']) === service);
  const read = (own.length === 0 ? slos : own).map((slo) => objectivesOf(slo, documents));
  return {
    objectives: read.flatMap(({ objectives }) => objectives),
    problems: [...problems, ...told, ...read.flatMap((one) => one.problems)],
  };
}

interface Read {
  readonly objectives: readonly OpenSloObjective[];
  readonly problems: readonly FileProblem[];
}

function objectivesOf(slo: OpenSloDocument, documents: readonly OpenSloDocument[]): Read {
  const { value, path, lineOf } = slo;
  const name = textAt(value, ['spec', 'displayName']) ?? textAt(value, ['metadata', 'displayName']) ?? nameOf(slo);
  const problem = (at: readonly (string | number)[], message: string): Read => ({
    objectives: [],
    problems: [{ path, line: lineOf(at), message: `${name} ${message}` }],
  });
  const method = valueAt(value, ['spec', 'budgetingMethod']);
  if (method !== undefined && method !== 'Occurrences') {
    return problem(['spec', 'budgetingMethod'], `is not computed: only the budgeting method Occurrences is.`);
  }
  const window = windowOf(slo);
  if ('message' in window) return problem(['spec', 'timeWindow'], window.message);
  const targets = valueAt(value, ['spec', 'objectives']);
  if (!Array.isArray(targets) || targets.length === 0) return problem(['spec', 'objectives'], 'has no objectives.');
  const read = targets.map((one: unknown, index): Read => {
    const at = ['spec', 'objectives', index];
    const target = targetOf(one);
    if (target === undefined) return problem(at, 'has an objective without a target between 0 and 1.');
    const queries = openSloQueries(slo, at, documents);
    if (queries.kind === 'problem') {
      const { kind: _, ...rest } = queries;
      return { objectives: [], problems: [{ ...rest, message: `${name} ${rest.message}` }] };
    }
    const { kind, ...asked } = queries;
    const title = textAt(one, ['displayName']);
    const shown = targets.length === 1 && title === undefined ? name : `${name}: ${title ?? percent(target)}`;
    const objective: Objective = { kind, name: shown, target, windowDays: window.days, ...asked };
    return { objectives: [{ objective, path, line: lineOf(at), ...window.note }], problems: [] };
  });
  return {
    objectives: read.flatMap(({ objectives }) => objectives),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function nameOf({ value, path }: OpenSloDocument): string {
  return textAt(value, ['metadata', 'name']) ?? path;
}

function targetOf(objective: unknown): number | undefined {
  const [target, inPercent] = [valueAt(objective, ['target']), valueAt(objective, ['targetPercent'])];
  const ratio = typeof target === 'number' ? target : typeof inPercent === 'number' ? inPercent / 100 : undefined;
  return ratio !== undefined && ratio > 0 && ratio < 1 ? ratio : undefined;
}

function percent(target: number): string {
  return `${String(Number((target * 100).toFixed(4)))} %`;
}

const daysOf: Readonly<Record<string, number>> = { m: 1 / 1440, h: 1 / 24, d: 1, w: 7, M: 30, Q: 90, Y: 365 };
const shortestDays = 1 / 24;
const longestDays = 366;

/** The first of `timeWindow`; there may be only one. 30 days, the usual, when absent. */
function windowOf({
  value,
}: OpenSloDocument):
  { readonly days: number; readonly note?: { readonly note: string } } | { readonly message: string } {
  const window = valueAt(value, ['spec', 'timeWindow', 0]);
  if (window === undefined) return { days: 30 };
  const [, count = '', unit = ''] = /^(\d{1,4})([mhdwMQY])$/.exec(textAt(window, ['duration']) ?? '') ?? [];
  const days = Number(count) * (daysOf[unit] ?? 0);
  if (!isRecord(window) || days < shortestDays || days > longestDays) {
    return { message: 'has a time window without a duration from 1h to 366d, such as 30d.' };
  }
  const isCalendar = window['isRolling'] === false || window['calendar'] !== undefined;
  const note = `Its window is one of the calendar: what is left is computed over the last ${String(days)} days instead.`;
  return { days, ...(isCalendar ? { note: { note } } : {}) };
}
