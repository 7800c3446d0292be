import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { FramePlace } from '../../changes/stackTrace/framePlace.ts';
import type { TraceError, TraceFrame } from '../../changes/stackTrace/parsedTrace.ts';
import type { StandingLine } from './lineStandings.ts';

/** A frame, where it is in a repository at the revision that runs, and who last changed that line. */
export interface TracedFrame extends TraceFrame, Partial<StandingLine> {
  readonly place: FramePlace;
  /** The root of the work tree that `place` is in; absent where it is in none. */
  readonly repository?: string;
  /** The revision that `place` is of. */
  readonly revision?: CommitId;
}

/** An error with its frames in code. */
export interface TracedError extends Omit<TraceError, 'frames'> {
  readonly frames: readonly TracedFrame[];
}

/** The revision whose files were looked through. */
export interface TracedRevision {
  readonly repository: string;
  readonly revision: CommitId;
  /** For people: `v1.9.0 (tag v1.9.0)`, or the assumption. */
  readonly name: string;
  /** Nothing tells what runs: the head of the deploy branch is assumed. */
  readonly isAssumed: boolean;
}

/** `src/cart.js:12` of a frame in the repository; the path alone where the line is not known. Undefined for other frames. */
export function placeText({ place }: TracedFrame): string | undefined {
  if (place.kind !== 'repository') return undefined;
  return place.line === undefined ? place.path : `${place.path}:${String(place.line)}`;
}

/** True for a frame whose line came to production within the change window. */
export function isInWindow({ standing }: TracedFrame): boolean {
  return standing?.kind === 'known' && standing.inWindow;
}
