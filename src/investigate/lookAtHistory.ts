import { isIncidentError } from '../incident/incidentError.ts';
import type { ChangeWindow } from './changeWindow.ts';
import type { ReadsHistory } from './readsHistory.ts';
import type { HistorySight } from './recentCommits.ts';

/** Passed on to `recentCommits`. */
export interface LookOptions {
  readonly max?: number;
  readonly withCounts?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Reads what check 1 judges. That git is missing, or the folder in no repository, is a sight too: its reason says so.
 * Throws IncidentError `cancelled` only.
 */
export async function lookAtHistory(
  reads: ReadsHistory,
  directory: string,
  window: ChangeWindow,
  options: LookOptions = {},
): Promise<HistorySight> {
  try {
    const ref = await reads.deployRef(directory, options.signal);
    const [history, isShallow] = await Promise.all([
      reads.recentCommits(directory, ref.ref, window.from, options),
      reads.isShallow(directory, options.signal),
    ]);
    return { kind: 'seen', ref, history, isShallow };
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { kind: 'none', reason: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}
