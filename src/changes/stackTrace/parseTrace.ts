import { setImmediate } from 'node:timers/promises';
import { csharp } from './languages/csharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import type { ParsedTrace, TraceError, TraceParser } from './parsedTrace.ts';
import { isPause } from './pause.ts';
import { traceLimit, traceLines } from './traceLines.ts';

/** In the order of `TraceLanguage`: of those that find the same number of frames the first counts. */
const parsers: readonly TraceParser[] = [javascript, python, java, go, csharp, ruby, php, rust];

const mostErrors = 100;
const mostFrames = 500;

/**
 * Finds the stack traces of a text: pasted, copied from a terminal or a log, plain or in JSON lines. The language that has
 * the most frames in it counts. The same error many times is one error. Looks through the first megabyte; never throws.
 */
export function parseTrace(text: string): ParsedTrace {
  const work = parsing(text);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, in turns with everything else that the thread has to do: a megabyte takes a fifth of a second. */
export async function parseTraceInTurns(text: string): Promise<ParsedTrace> {
  const work = parsing(text);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** Pauses after every few milliseconds of work. */
function* parsing(text: string): Generator<undefined, ParsedTrace> {
  const isCut = text.length > traceLimit;
  const lines = yield* traceLines(text);
  let best:
    { readonly parser: TraceParser; readonly errors: readonly TraceError[]; readonly count: number } | undefined;
  for (const parser of parsers) {
    const errors = yield* parser.parse(lines);
    const count = frameCount(errors);
    if (count > (best?.count ?? 0)) best = { parser, errors, count };
    yield;
  }
  if (best === undefined) return { kind: 'nothing', lookedFor, isCut };
  return { kind: 'trace', language: best.parser.language, errors: yield* distinct(best.errors), isCut };
}

const lookedFor = `Looked for stack traces of ${parsers
  .map(({ name }) => name)
  .join(', ')}, as they are printed, and in the fields of JSON log lines.`;

/** A place counts more than a name: the shapes of names are much alike. */
function frameCount(errors: readonly TraceError[]): number {
  let count = 0;
  for (const { frames } of errors) for (const { path } of frames) count += path === undefined ? 1 : 3;
  return count;
}

function* distinct(errors: readonly TraceError[]): Generator<undefined, readonly TraceError[]> {
  const seen = new Map<string, TraceError & { readonly times: number }>();
  for (const [at, error] of errors.entries()) {
    if (isPause(at)) yield;
    const frames = error.frames.slice(0, mostFrames);
    const key = JSON.stringify([error.type, frames]);
    const known = seen.get(key);
    if (known !== undefined) seen.set(key, { ...known, times: known.times + 1 });
    else if (seen.size < mostErrors) seen.set(key, { ...error, frames, times: 1 });
  }
  return [...seen.values()].map(({ times, ...error }) => (times === 1 ? error : { ...error, times }));
}
