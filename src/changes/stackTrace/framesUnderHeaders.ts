import type { TraceError, TraceFrame } from './parsedTrace.ts';
import { isPause } from './pause.ts';

/** What a line is to a parser whose frames stand under a line that names the error. */
export type TraceLine =
  | { readonly kind: 'frame'; readonly frame: TraceFrame }
  /** Begins an error, wherever it stands. `isCause`: of the error before it. */
  | { readonly kind: 'header'; readonly type: string; readonly message: string; readonly isCause?: boolean }
  /** Begins an error when a frame follows at once: it may as well be anything. */
  | { readonly kind: 'perhapsHeader'; readonly type: string; readonly message: string }
  /** Belongs to the trace and says nothing: `... 12 more`. */
  | { readonly kind: 'filler' }
  | { readonly kind: 'other' };

interface Draft {
  readonly type: string;
  readonly messages: string[];
  readonly frames: TraceFrame[];
}

/** Lines of a message before the first frame; what comes later is another program's. */
const messageLines = 20;
/** Fewer where it is not certain that it is a message. */
const perhapsLines = 4;

/**
 * Errors of a trace that names each before its frames. Lines of others in between are passed over: a log often has two
 * programs' lines in it. An error without any frame is none, unless it is a cause.
 */
export function* framesUnderHeaders(
  lines: readonly string[],
  read: (line: string) => TraceLine,
): Generator<undefined, TraceError[]> {
  const drafts: Draft[] = [];
  const begin = (draft: Draft): Draft => {
    drafts.push(draft);
    return draft;
  };
  let current: Draft | undefined;
  /** A header whose frames did not come yet. */
  let named: Draft | undefined;
  let perhaps: Draft | undefined;
  for (const [at, text] of lines.entries()) {
    if (isPause(at)) yield;
    const line = read(text);
    if (line.kind === 'frame') {
      const next = named ?? perhaps;
      if (next !== undefined) current = next === current ? current : begin(next);
      current ??= begin(draftOf('', ''));
      current.frames.push(line.frame);
    } else if (line.kind === 'header') {
      named = draftOf(line.type, line.message);
      if (line.isCause === true) current = begin(named);
    } else if (
      (line.kind === 'other' || line.kind === 'perhapsHeader') &&
      named !== undefined &&
      named.messages.length < messageLines
    ) {
      named.messages.push(text.trim());
    } else if (
      line.kind === 'other' &&
      perhaps !== undefined &&
      current === undefined &&
      perhaps.messages.length < perhapsLines
    ) {
      perhaps.messages.push(text.trim());
      continue;
    }
    if (line.kind === 'frame' || line.kind === 'filler') named = undefined;
    perhaps = line.kind === 'perhapsHeader' && named === undefined ? draftOf(line.type, line.message) : undefined;
  }
  return drafts.map(({ type, messages, frames }) => ({ type, message: messages.join('\n').trim(), frames }));
}

function draftOf(type: string, message: string): Draft {
  return { type, messages: [message], frames: [] };
}
