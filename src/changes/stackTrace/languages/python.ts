import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/** `File "/app/cart.py", line 12, in add` under `Traceback (most recent call last):` (traceback.print_exception). */
export const python: TraceParser = { language: 'python', name: 'Python', parse };

interface Draft {
  type: string;
  readonly message: string[];
  readonly frames: TraceFrame[];
  /** How far its heading is indented: the line that names the error is not further. */
  readonly indent: number;
  readonly innermostFirst: boolean;
  /** It came while the one before it was handled, or because of it: that one is its cause. */
  readonly isOuter: boolean;
  /** The error as it stood above the heading: AWS Lambda writes it there and nowhere else. */
  readonly announced: string;
}

const fileLine = /^File "([^"\n]{1,1000})", line (\d{1,9})(?:,? in (.+))?$/;
const heading =
  /(?:^|\s)(?:Exception Group )?(?:Traceback|Thread \S{1,40}|Current thread \S{1,40}|Stack) \(most recent call (last|first)\):/;
const chain = /^(?:The above exception was the direct cause of|During handling of the above exception)/;
/** `django.db.utils.OperationalError: …`, `socket.timeout`: a class with a capital, or one of a module. */
const errorLine =
  /^((?:[A-Za-z_]\w{0,100}\.){0,20}[A-Z_]\w{0,100}|(?:[a-z_]\w{0,100}\.){1,20}[a-z_]\w{0,100})(?:: (.*)|:)?$/;
const messageLines = 6;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const drafts: Draft[] = [];
  let open: Draft | undefined;
  let naming: Draft | undefined;
  let isOuter = false;
  let announced = '';
  const begin = (indent: number, innermostFirst: boolean): Draft => {
    const draft: Draft = { type: '', message: [], frames: [], indent, innermostFirst, isOuter, announced };
    isOuter = false;
    drafts.push(draft);
    return draft;
  };
  for (const [at, raw] of lines.entries()) {
    if (isPause(at)) yield;
    const text = withoutMargin(raw);
    const line = text.trim();
    const indent = text.length - text.trimStart().length;
    const [, order] = heading.exec(line) ?? [];
    const [, path, row, name] = fileLine.exec(line) ?? [];
    const isAbove = naming === undefined && open?.announced !== '' && heading.test(lines[at + 1]?.trim() ?? '');
    if (isAbove && indent <= (open?.indent ?? 0) && isErrorLine(line)) {
      announced = line;
      open = undefined;
      continue;
    }
    if (order !== undefined) {
      open = begin(indent, order === 'first');
      naming = undefined;
    } else if (path !== undefined) {
      // A syntax error of the first file has no heading.
      open ??= begin(Math.max(0, indent - 2), false);
      naming = undefined;
      open.frames.push(traceFrame({ path: real(path), line: row, function: name, isLibrary: isLibrary(path) }));
    } else if (open !== undefined && indent <= open.indent && isErrorLine(line)) {
      const [, type = '', message = ''] = errorLine.exec(line) ?? [];
      nameDraft(open, type, message);
      naming = open;
      open = undefined;
    } else if (line === '' || chain.test(line)) {
      isOuter = isOuter || line !== '';
      naming = undefined;
    } else if (naming !== undefined && naming.message.length < messageLines && !isLogLine(line)) {
      naming.message.push(line);
    }
    announced = '';
  }
  for (const draft of drafts) {
    const [, type = '', message = ''] = draft.type === '' ? (errorLine.exec(draft.announced) ?? []) : [];
    if (type !== '') nameDraft(draft, type, message);
  }
  return inOrder(drafts.filter(({ frames, type }) => frames.length > 0 || (type !== '' && drafts.length > 1)));
}

function nameDraft(draft: Draft, type: string, message: string): void {
  draft.type = type;
  draft.message.push(message);
}

/** Exception groups draw a margin of `|` and `+`. */
function withoutMargin(text: string): string {
  if (/^\s{0,200}\+[-+]{0,200}-{4}/.test(text)) return '';
  return text.replace(/^(\s{0,200})[|+](?: |$)/, '$1');
}

function isErrorLine(line: string): boolean {
  const [, type = ''] = errorLine.exec(line) ?? [];
  return type !== '' && (type.includes('.') || /[a-z]/.test(type) || line === type);
}

/** `2026-11-23 10:00:00 …`, `INFO: …`, `[web] …` */
function isLogLine(line: string): boolean {
  return /^(?:\d{4}-\d\d|\[|\{|(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL)\b|[+-]{4})/.test(line);
}

/** What was reported comes last in Python; here it stands first, and what it came from behind it. */
function inOrder(drafts: readonly Draft[]): TraceError[] {
  const chains: Draft[][] = [];
  for (const draft of drafts) {
    const last = chains.at(-1);
    if (draft.isOuter && last !== undefined) last.unshift(draft);
    else chains.push([draft]);
  }
  return chains.flat().map(({ type, message, frames, innermostFirst }) => ({
    type,
    message: message.join('\n').trim(),
    frames: innermostFirst ? frames : frames.toReversed(),
  }));
}

function real(path: string): string | undefined {
  return path.startsWith('<') ? undefined : path;
}

function isLibrary(path: string): boolean {
  return (
    path.startsWith('<') ||
    /[\\/](?:site|dist)-packages[\\/]/.test(path) ||
    /[\\/]lib(?:64)?[\\/]python\d(?:\.\d+)?[\\/]/.test(path) ||
    /[\\/]python[\d.]+[\\/]lib[\\/]/i.test(path)
  );
}
