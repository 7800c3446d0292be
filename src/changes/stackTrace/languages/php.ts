import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/** `#0 /app/Cart.php(12): Shop\Cart->add('x')` under the error and the place that threw it (Throwable::__toString). */
export const php: TraceParser = { language: 'php', name: 'PHP', parse };

interface Draft {
  readonly type: string;
  readonly message: string;
  /** Where it was thrown, then the places of the calls. */
  readonly places: { readonly path?: string; readonly line?: string }[];
  /** What was called from each place: what the place before it is in. */
  readonly calls: string[];
  readonly isNext: boolean;
}

const called = /^#\d{1,5} (?:([^\s(][^(]{0,1000})\((\d{1,9})\)|\[internal function\]): (.+)$/;
const thrown =
  /(?:^|Uncaught |: |^Next |\()((?:\\?[A-Z]\w{0,100}\\?){0,20}(?:Exception|Error|[A-Z]\w{0,100}))(?:\(code: [^)]{1,20}\))?: (.*?) (?:in|at) ((?:\/|[A-Za-z]:\\)[^:]{1,1000}?\.\w{2,5}):(\d{1,9})\)?$/;
const reported =
  /^(?:.{0,80}\] )?(?:PHP )?((?:Fatal|Parse|Recoverable fatal) error|Warning|Notice|Deprecated): {1,2}(.*?) in ((?:\/|[A-Za-z]:\\)[^:]{1,1000}?\.\w{2,5}) on line (\d{1,9})$/;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const drafts: Draft[] = [];
  const begin = (type: string, message: string, isNext: boolean): Draft => {
    const draft = { type, message, isNext, places: [], calls: [] };
    drafts.push(draft);
    return draft;
  };
  let current: Draft | undefined;
  for (const [index, raw] of lines.entries()) {
    if (isPause(index)) yield;
    const line = raw.trim().slice(0, 3000);
    const [, path, row, call] = called.exec(line) ?? [];
    if (call !== undefined) {
      current ??= begin('', '', false);
      current.places.push(path === undefined || row === undefined ? {} : { path, line: row });
      current.calls.push(call);
      continue;
    }
    if (/^#\d{1,5} \{main\}/.test(line)) {
      current?.calls.push('{main}');
      continue;
    }
    const error = reported.exec(line) ?? thrown.exec(line);
    const [, type = '', message = '', file, at] = error ?? [];
    if (file === undefined || at === undefined) continue;
    current = begin(type, message.replace(/^Uncaught /, ''), line.startsWith('Next '));
    current.places.push({ path: file, line: at });
  }
  return outermostFirst(drafts.filter(({ places }) => places.length > 0));
}

/** What `Next` introduces was thrown because of what stands before it. */
function outermostFirst(drafts: readonly Draft[]): TraceError[] {
  const chains: Draft[][] = [];
  for (const draft of drafts) {
    const last = chains.at(-1);
    if (draft.isNext && last !== undefined) last.unshift(draft);
    else chains.push([draft]);
  }
  return chains.flat().map((draft) => ({ type: draft.type, message: draft.message, frames: framesOf(draft) }));
}

/** A trace without the place that threw it has a call more than places. */
function framesOf({ places, calls }: Draft): TraceFrame[] {
  const isWhole = places.length > calls.filter((call) => call !== '{main}').length;
  return places.map(({ path, line }, index) => {
    const [, className, name = ''] =
      /^(?:(\\?[\w\\]{1,300}?)(?:->|::))?([\w\\{}]{1,300})/.exec(calls[isWhole ? index : index + 1] ?? '') ?? [];
    const isLibrary = path === undefined || /[\\/]vendor[\\/]/.test(path);
    return traceFrame({ function: name, className, path, line, isLibrary });
  });
}
